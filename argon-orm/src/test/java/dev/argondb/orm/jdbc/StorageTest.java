package dev.argondb.orm.jdbc;

import static dev.argondb.orm.jdbc.JdbcTest.failure;
import static dev.argondb.orm.jdbc.JdbcTest.rows;
import static dev.argondb.orm.jdbc.JdbcTest.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.ArgonListener.Work;
import dev.argondb.Lsn;
import dev.argondb.Pin;
import dev.argondb.Ref;
import dev.argondb.StorageStatus;
import dev.argondb.UnknownRefException;
import dev.argondb.UnsupportedException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots, retention and reopening as a user of JDBC and of the API meets them. */
class StorageTest {

    private static final String NOTHING_KEPT = ";retention=lsn:1000000;cache.size=1";

    @TempDir
    Path directory;

    private Argon argon;
    private Lsn old;

    @BeforeEach
    void fillTable() throws SQLException {
        argon = Argon.open("file:" + directory + NOTHING_KEPT);
        try (Connection connection = connect("")) {
            run(
                    connection,
                    "create table t(id int primary key, name varchar)",
                    "insert into t values(1, 'a'), (2, 'b')");
            old = argon.branch(Argon.MAIN).headLsn().orElseThrow();
            run(connection, "update t set name = 'new' where id = 1", "delete from t where id = 2");
        }
    }

    @AfterEach
    void close() {
        argon.close();
    }

    private Connection connect(String parameters) throws SQLException {
        return DriverManager.getConnection("jdbc:argon:file:" + directory + parameters);
    }

    private Connection connectInThePast() throws SQLException {
        return connect("?at=main@" + old);
    }

    /** Each entry that is replayed may read a leaf: whoever opens a large database would wait for it. */
    @Test
    void firstRead_afterClosing_replaysNextToNothing() throws SQLException {
        try (Connection connection = connect("")) {
            run(connection, "insert into t select x, 'many' from system_range(10, 1000)");
            run(connection, "insert into t select x, 'few' from system_range(2000, 2020)");
        }
        argon.close();
        argon = Argon.open("file:" + directory);
        List<Integer> replayed = new ArrayList<>();
        argon.listen(work -> (count, failure) -> {
            if (work == Work.MATERIALIZE) {
                replayed.add(count);
            }
        });
        try (Connection connection = connect("")) {
            assertThat(rows(connection, "select count(*) from t")).containsExactly("1013");
        }
        assertThat(replayed).allMatch(entries -> entries <= 64);
    }

    @Test
    void snapshot_dueForTheBytesOfFewEntries_isTaken(@TempDir Path other) throws Exception {
        String location = "file:" + other + ";snapshot.bytes=65536";
        try (Argon large = Argon.open(location);
                Connection connection = DriverManager.getConnection("jdbc:argon:" + location)) {
            run(connection, "create table t(id int primary key, text varchar)");
            for (int i = 0; i < 20; i++) {
                run(
                        connection,
                        "insert into t values(" + i + ", '"
                                + String.valueOf((char) ('a' + i)).repeat(20_000) + "')");
            }
            for (int i = 0; i < 1000 && large.storage().snapshots() == 0; i++) {
                Thread.sleep(10);
            }
            assertThat(large.storage().snapshots()).isPositive();
        }
    }

    @Test
    void past_beforeRetention_readByKeyByScanAndAfterReopening() throws SQLException {
        argon.snapshot();
        argon.close();
        argon = Argon.open("file:" + directory);
        try (Connection past = connectInThePast();
                Connection head = connect("")) {
            assertThat(rows(past, "select name from t where id = 1")).containsExactly("a");
            assertThat(rows(past, "select name from t where id = 2")).containsExactly("b");
            assertThat(rows(past, "select name from t where id = 3")).isEmpty();
            assertThat(rows(past, "select name from t order by name desc")).containsExactly("b", "a");
            assertThat(rows(past, "select argon_lsn(), count(*) from t")).containsExactly(old + " 2");
            assertThat(rows(head, "select name from t")).containsExactly("new");
        }
    }

    @Test
    void past_afterRetention_refusedAsEveryRefThatNamesNothing() throws SQLException {
        try (Connection past = connectInThePast()) {
            argon.retain();
            Lsn watermark = argon.storage().watermark().orElseThrow();
            String message = "lsn " + old + " of `main` cannot be read: history before lsn ";
            assertThat(watermark).isGreaterThan(old);
            assertThat(failure(SqlStates.UNKNOWN_REF, () -> rows(past, "select * from t")))
                    .hasMessageStartingWith(message)
                    .hasMessageContaining(" was reclaimed by retention; ");
            assertThat(failure(SqlStates.UNKNOWN_REF, this::connectInThePast)).hasMessageStartingWith(message);
            assertThatThrownBy(() -> argon.createBranch("b", "main@" + old))
                    .isInstanceOf(UnknownRefException.class)
                    .hasMessageStartingWith(message);
        }
        try (Connection head = connect("")) {
            assertThat(rows(head, "select name from t")).containsExactly("new");
            assertThat(failure(SqlStates.UNKNOWN_REF, () -> run(head, "call argon_checkout('main@" + old + "')")))
                    .hasMessageContaining("reclaimed");
            assertThat(rows(head, "select count(*) from argon.findings")).containsExactly("0");
        }
    }

    @Test
    void past_insideATransaction_notCutOffByRetention() throws SQLException {
        try (Connection past = connectInThePast()) {
            past.setAutoCommit(false);
            assertThat(rows(past, "select name from t where id = 1")).containsExactly("a");
            argon.retain();
            assertThat(rows(past, "select name from t order by id")).containsExactly("a", "b");
            past.commit();
            argon.retain();
            failure(SqlStates.UNKNOWN_REF, () -> rows(past, "select * from t"));
        }
    }

    @Test
    void pin_beforeRetention_keepsTheStateUntilItIsClosed() throws SQLException {
        try (Connection past = connectInThePast()) {
            try (Pin pin = argon.pin("main@" + old)) {
                assertThat(pin.lsn()).contains(old);
                argon.retain();
                assertThat(rows(past, "select name from t order by id")).containsExactly("a", "b");
            }
            argon.retain();
            assertThatThrownBy(() -> argon.pin(Ref.parse("main@" + old)))
                    .isInstanceOf(UnknownRefException.class)
                    .hasMessageContaining("reclaimed");
        }
    }

    @Test
    void status_beforeAndAfterASnapshot_saysWhatThereIs() {
        StorageStatus before = argon.storage();
        assertThat(before.checkpoint()).isEmpty();
        assertThat(before.logBytes()).isPositive();
        argon.snapshot();
        StorageStatus after = argon.storage();
        assertThat(after.checkpoint()).contains(new Lsn(argon.lastLsn()));
        assertThat(after.snapshots()).isPositive();
        assertThat(after.pageBytes()).isPositive();
        assertThat(after.watermark()).isEmpty();
        assertThat(after.coldBytes()).isZero();
        assertThat(after.failure()).isEmpty();
        assertThat(argon.verify()).isEmpty();
    }

    @Test
    void storage_inMemory_refused() {
        try (Argon memory = Argon.open("mem:storage-test")) {
            String message = "a database in memory has no snapshots and keeps all history; use one in files";
            assertThatThrownBy(memory::snapshot)
                    .isInstanceOf(UnsupportedException.class)
                    .hasMessage(message);
            assertThatThrownBy(memory::retain).hasMessage(message);
            assertThatThrownBy(memory::pack).hasMessage(message);
            assertThatThrownBy(memory::verify).hasMessage(message);
            assertThatThrownBy(memory::storage).hasMessage(message);
            assertThatThrownBy(() -> memory.pin("main")).hasMessage(message);
        }
        Argon.discard("mem:storage-test");
    }
}
