package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionControlTest {

    private static void assertParsed(TransactionControl expected, String... texts) {
        for (String text : texts) {
            assertThat(TransactionControl.parse(text)).as(text).isEqualTo(Optional.of(expected));
        }
    }

    @Test
    void parse_everyForm_itsMeaning() {
        assertParsed(new TransactionControl.Begin(), "begin", "BEGIN WORK", "begin transaction", "START TRANSACTION");
        assertParsed(new TransactionControl.Commit(), "commit", "commit work");
        assertParsed(new TransactionControl.Rollback(), "rollback", "ROLLBACK WORK");
        assertParsed(new TransactionControl.Mark("a"), "savepoint A", "SAVEPOINT \"a\"");
        assertParsed(new TransactionControl.RollbackTo("a"), "rollback to savepoint a", "rollback work to a");
        assertParsed(new TransactionControl.Release("a"), "release savepoint a", "release a");
        assertParsed(new TransactionControl.AutoCommit(true), "set autocommit true", "AUTOCOMMIT ON");
        assertParsed(new TransactionControl.AutoCommit(false), "set autocommit off", "autocommit false");
        assertParsed(new TransactionControl.Nothing(), "checkpoint", "checkpoint sync");
        assertParsed(
                new TransactionControl.Isolate(Connection.TRANSACTION_SERIALIZABLE),
                "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit transaction a", "rollback transaction a", "savepoint", "set lock_mode 1", ""})
    void parse_anythingElse_nothing(String text) {
        assertThat(TransactionControl.parse(text)).isEmpty();
    }
}
