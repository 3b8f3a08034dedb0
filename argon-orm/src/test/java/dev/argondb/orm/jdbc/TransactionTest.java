package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.argondb.Commit;
import dev.argondb.Ref;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionTest extends JdbcTest {

    private static final String IDS = "select id from t order by id";

    @BeforeEach
    void createTable() throws SQLException {
        setUp("create table t(id int primary key, name varchar unique)");
    }

    private List<String> committed() throws SQLException {
        return rows(connect(), IDS);
    }

    private List<Commit> commits() {
        return argon.commits(new Ref.Head("main"), 100);
    }

    @Test
    void autocommit_eachStatement_aCommit() throws SQLException {
        int before = commits().size();
        Connection connection = connect();
        run(connection, "insert into t values(1, 'a')", "insert into t values(2, 'b')");
        assertThat(committed()).containsExactly("1", "2");
        assertThat(commits()).hasSize(before + 2);
    }

    @Test
    void autocommit_failedStatement_leavesNoTraceAndTheConnectionGoesOn() throws SQLException {
        Connection connection = connect();
        run(connection, "insert into t values(1, 'a')");
        failure(SqlStates.UNIQUE, () -> run(connection, "insert into t values(2, 'b'), (3, 'a')"));
        run(connection, "insert into t values(3, 'c')");
        assertThat(committed()).containsExactly("1", "3");
    }

    @Test
    void transaction_uncommitted_seenByItselfOnly() throws SQLException {
        Connection connection = transaction();
        run(connection, "insert into t values(1, 'a')");
        assertThat(rows(connection, IDS)).containsExactly("1");
        assertThat(committed()).isEmpty();
        connection.commit();
        assertThat(committed()).containsExactly("1");
    }

    @Test
    void transaction_severalStatements_oneCommitWithAuthorAndMessage() throws SQLException {
        Connection connection = transaction("?author=ada&message=standing");
        run(connection, "insert into t values(1, 'a')", "insert into t values(2, 'b')");
        connection.unwrap(ArgonConnection.class).commit("two rows");
        run(connection, "insert into t values(3, 'c')");
        connection.commit();
        assertThat(commits().subList(0, 2))
                .extracting(Commit::author, Commit::message)
                .containsExactly(tuple("ada", "standing"), tuple("ada", "two rows"));
    }

    @Test
    void transaction_failedStatement_takesBackItsOwnRowsOnly() throws SQLException {
        Connection connection = transaction();
        run(connection, "insert into t values(1, 'a')");
        failure(SqlStates.UNIQUE, () -> run(connection, "insert into t values(2, 'b'), (3, 'a')"));
        assertThat(rows(connection, IDS)).containsExactly("1");
        connection.commit();
        assertThat(committed()).containsExactly("1");
    }

    @Test
    void transaction_closedConnection_rollsBack() throws SQLException {
        try (Connection connection = transaction()) {
            run(connection, "insert into t values(1, 'a')");
        }
        assertThat(committed()).isEmpty();
    }

    @Test
    void setAutoCommit_insideATransaction_commitsIt() throws SQLException {
        Connection connection = transaction();
        run(connection, "insert into t values(1, 'a')");
        connection.setAutoCommit(true);
        assertThat(committed()).containsExactly("1");
    }

    @Test
    void savepoints_rolledBack_laterChangesAndSavepointsAreGone() throws SQLException {
        Connection connection = transaction();
        run(connection, "insert into t values(1, 'a')");
        Savepoint first = connection.setSavepoint();
        run(connection, "insert into t values(2, 'b')");
        Savepoint second = connection.setSavepoint("second");
        run(connection, "insert into t values(3, 'c')");
        connection.rollback(second);
        assertThat(rows(connection, IDS)).containsExactly("1", "2");
        connection.rollback(first);
        assertThat(rows(connection, IDS)).containsExactly("1");
        assertThat(failure(SqlStates.UNKNOWN_SAVEPOINT, () -> connection.rollback(second)))
                .hasMessage("savepoint `second` is of another transaction, released or rolled back over");
        run(connection, "insert into t values(4, 'd')");
        connection.rollback(first);
        connection.commit();
        assertThat(committed()).containsExactly("1");
    }

    @Test
    void savepoints_released_noLongerKnown() throws SQLException {
        Connection connection = transaction();
        Savepoint savepoint = connection.setSavepoint("a");
        run(connection, "insert into t values(1, 'a')");
        connection.releaseSavepoint(savepoint);
        failure(SqlStates.UNKNOWN_SAVEPOINT, () -> connection.rollback(savepoint));
        connection.commit();
        assertThat(committed()).containsExactly("1");
    }

    @Test
    void savepoint_inAutocommit_refused() throws SQLException {
        Connection connection = connect();
        assertThat(failure(SqlStates.WRONG_MOMENT, connection::setSavepoint))
                .hasMessage("cannot set a savepoint in autocommit mode: each statement is a transaction of its own;"
                        + " call setAutoCommit(false) or run BEGIN first");
    }

    @Test
    void sql_beginAndCommit_autocommitComesBack() throws SQLException {
        Connection connection = connect();
        run(connection, "begin", "insert into t values(1, 'a')");
        assertThat(connection.getAutoCommit()).isFalse();
        assertThat(committed()).isEmpty();
        run(connection, "commit");
        assertThat(committed()).containsExactly("1");
        assertThat(connection.getAutoCommit()).isTrue();
    }

    @Test
    void sql_savepointsAndRollback_asTheirJdbcCalls() throws SQLException {
        Connection connection = connect();
        run(
                connection,
                "set autocommit off",
                "insert into t values(1, 'a')",
                "savepoint s",
                "insert into t values(2, 'b')",
                "rollback to savepoint s");
        assertThat(rows(connection, IDS)).containsExactly("1");
        run(connection, "release savepoint s");
        assertFails(
                connection,
                "rollback to savepoint s",
                SqlStates.UNKNOWN_SAVEPOINT,
                "savepoint `s` is not set in this transaction");
        run(connection, "rollback");
        assertThat(committed()).isEmpty();
    }

    @Test
    void sql_severalStatementsInOneText_eachRunsRight() throws SQLException {
        Connection connection = connect();
        run(
                connection,
                "insert into t values(1, 'a;b'); begin; insert into t values(2, 'b'); rollback;"
                        + " create table u(id int); insert into u values(9) -- ; end");
        assertThat(committed()).containsExactly("1");
        assertThat(value(connection, "select id from u")).isEqualTo("9");
    }

    @Test
    void sql_severalStatementsInOneText_resultOfTheFirst() throws SQLException {
        try (Statement statement = connect().createStatement()) {
            assertThat(statement.executeUpdate("insert into t values(1, 'a'), (2, 'b'); delete from t where id = 2"))
                    .isEqualTo(2);
        }
        assertThat(committed()).containsExactly("1");
    }

    @Test
    void ddl_insideATransaction_commitsBeforeAndAfter() throws SQLException {
        Connection connection = transaction();
        run(connection, "insert into t values(1, 'a')", "create table u(id int)");
        assertThat(committed()).containsExactly("1");
        connection.rollback();
        assertThat(rows(connect(), "select * from u")).isEmpty();
    }

    @Test
    void ddl_failed_leavesTheSchemaAsItWas() throws SQLException {
        Connection connection = connect();
        run(connection, "insert into t values(1, null)");
        failure("90081", () -> run(connection, "alter table t alter column name set not null"));
        run(connection, "insert into t values(2, null)");
        assertThat(committed()).containsExactly("1", "2");
    }

    @Test
    void commit_afterAConflict_connectionGoesOnWithNothingWritten() throws SQLException {
        setUp("insert into t values(1, 'a')");
        Connection loser = transaction();
        run(loser, "update t set name = 'loser' where id = 1");
        setUp("update t set name = 'winner' where id = 1");
        assertThat(failure(SqlStates.CONFLICT, loser::commit))
                .isInstanceOf(SQLTransactionRollbackException.class)
                .hasMessageContaining("retry the transaction");
        assertThat(rows(loser, "select name from t")).containsExactly("winner");
        run(loser, "update t set name = 'second try' where id = 1");
        loser.commit();
        assertThat(value(connect(), "select name from t")).isEqualTo("second try");
    }

    @Test
    void isolationLevels_asked_reportedAsGiven() throws SQLException {
        Connection connection = connect();
        assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
        run(connection, "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE");
        assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        failure(SqlStates.INVALID_VALUE, () -> connection.setTransactionIsolation(Connection.TRANSACTION_NONE));
    }

    @Test
    void sql_unknownTransactionStatement_refused() throws SQLException {
        assertFails(
                connect(),
                "commit transaction xa",
                SqlStates.UNSUPPORTED,
                "`commit transaction xa` is not supported: a transaction is begun with BEGIN and ended with COMMIT or"
                        + " ROLLBACK, with SAVEPOINT, RELEASE and ROLLBACK TO between");
    }

    @Test
    void abort_openTransaction_rollsBackAndRefusesFurtherCalls() throws SQLException {
        Connection connection = transaction();
        run(connection, "insert into t values(1, 'a')");
        connection.abort(Runnable::run);
        assertThat(connection.isClosed()).isTrue();
        assertThat(failure(SqlStates.CLOSED, connection::createStatement))
                .hasMessage("the connection is closed; open another");
        assertThat(committed()).isEmpty();
    }
}
