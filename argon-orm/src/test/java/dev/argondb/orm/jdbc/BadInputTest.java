package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BadInputTest extends JdbcTest {

    @BeforeEach
    void createTable() throws SQLException {
        setUp("create table t(id int primary key)", "insert into t values(1)");
        argon.createBranch("feature", "main");
    }

    @Test
    void connect_unknownBranch_namesItTheNearestAndHowToListThem() {
        assertThat(failure(SqlStates.UNKNOWN_REF, () -> connect("?branch=featrue")))
                .hasMessage("branch `featrue` does not exist; nearest: `feature`, `main`; list them with"
                        + " `Argon.branches()` or `SELECT * FROM argon.branches`");
    }

    @Test
    void connect_unknownTag_namesIt() {
        assertThat(failure(SqlStates.UNKNOWN_REF, () -> connect("?at=tag:v1")))
                .hasMessage("tag `v1` does not exist; list them with `Argon.tags()` or `SELECT * FROM argon.tags`");
    }

    @Test
    void connect_lsnBeyondTheLog_namesTheLast() {
        assertThat(failure(SqlStates.UNKNOWN_REF, () -> connect("?at=main@999999")))
                .hasMessageStartingWith("lsn 999999 of `main` is beyond the end of the log at lsn " + argon.lastLsn());
    }

    @Test
    void connect_malformedRef_refused() {
        assertThat(failure(SqlStates.MALFORMED, () -> connect("?at=main@soon")))
                .hasMessage(
                        "ref `main@soon` has `soon` after `@`: expected an LSN such as `main@1234` or a time such as"
                                + " `main@2026-11-23T10:00:00Z`");
    }

    @Test
    void connect_unknownParameter_namesItTheNearestAndAllowed() {
        assertThat(failure(SqlStates.MALFORMED, () -> connect(";DB_CLOSE_DELAY=-1")))
                .hasMessage("URL `jdbc:argon:" + location + ";DB_CLOSE_DELAY=-1` has the unknown parameter"
                        + " `DB_CLOSE_DELAY`; nearest: `cold`, `cache.size`, `message`; allowed: `branch`, `at`, `author`,"
                        + " `message`, `isolation`, `sync`, `cache.size`, `retention`,"
                        + " `snapshot.entries`, `snapshot.bytes`, `cold`");
    }

    @Test
    void connect_malformedLocation_refused() {
        assertThat(failure(SqlStates.MALFORMED, () -> DriverManager.getConnection("jdbc:argon:shop")))
                .hasMessage(
                        "`shop` is not a location: expected `mem:NAME`, or `file:PATH` with settings such as `;sync=relaxed` or nothing"
                                + " after it");
    }

    @Test
    void write_onAPastMoment_refusedAtTheStatement() throws SQLException {
        String at = "main@" + argon.lastLsn();
        Connection past = transaction("?at=" + at);
        String message = "`" + at + "` is a past moment and read-only; create a branch there (`CALL"
                + " argon_create_branch('name', '" + at + "')`) and write on it";
        assertFails(past, "insert into t values(2)", SqlStates.READ_ONLY, message);
        assertFails(past, "delete from t where 1 = 0", SqlStates.READ_ONLY, message);
        assertFails(past, "create table u(id int)", SqlStates.READ_ONLY, message);
        try (PreparedStatement statement = past.prepareStatement("update t set id = ?")) {
            statement.setInt(1, 3);
            assertThat(failure(SqlStates.READ_ONLY, statement::executeUpdate)).hasMessage(message);
        }
        assertThat(past.isReadOnly()).isTrue();
        assertThat(rows(past, "select id from t")).containsExactly("1");
    }

    @Test
    void write_hiddenInAQueryOnAPastMoment_refused() throws SQLException {
        Connection past = connect("?at=main@" + argon.lastLsn());
        failure(SqlStates.READ_ONLY, () -> rows(past, "select * from final table (insert into t values(2))"));
    }

    @Test
    void write_onAReadOnlyConnection_refused() throws SQLException {
        Connection connection = transaction();
        connection.setReadOnly(true);
        assertFails(
                connection,
                "insert into t values(2)",
                SqlStates.READ_ONLY,
                "the connection to `main` is read-only; call setReadOnly(false) or use another one");
        connection.setReadOnly(false);
        run(connection, "insert into t values(2)");
        connection.commit();
    }

    @Test
    void setReadOnly_insideATransaction_refused() throws SQLException {
        Connection connection = transaction();
        run(connection, "insert into t values(2)");
        assertThat(failure(SqlStates.WRONG_MOMENT, () -> connection.setReadOnly(true)))
                .hasMessage("cannot make the connection read-only inside a transaction; commit or roll back first");
    }

    @Test
    void checkout_insideATransaction_refusedNamingBothBranches() throws SQLException {
        Connection connection = transaction();
        run(connection, "insert into t values(2)");
        String message =
                "cannot switch from `main` to `feature` inside a transaction: a unit of work belongs to one branch;"
                        + " commit or roll back first";
        assertThat(failure(
                        SqlStates.WRONG_MOMENT,
                        () -> connection.unwrap(ArgonConnection.class).checkout("feature")))
                .hasMessage(message);
        assertFails(connection, "call argon_checkout('feature')", SqlStates.WRONG_MOMENT, message);
        connection.commit();
        assertThat(rows(connection, "select id from t")).containsExactly("1", "2");
    }

    @Test
    void checkout_unknownBranch_connectionStaysWhereItWas() throws SQLException {
        ArgonConnection connection = connect().unwrap(ArgonConnection.class);
        failure(SqlStates.UNKNOWN_REF, () -> connection.checkout("nowhere"));
        failure(SqlStates.INVALID_VALUE, () -> connection.checkout("main@"));
        assertThat(connection.ref()).hasToString("main");
        assertThat(rows(connection, "select id from t")).containsExactly("1");
    }

    @Test
    void statement_onADeletedBranch_saysSo() throws SQLException {
        Connection connection = connect("?branch=feature");
        argon.deleteBranch("feature");
        assertThat(failure(SqlStates.UNKNOWN_REF, () -> rows(connection, "select id from t")))
                .hasMessageStartingWith("branch `feature` does not exist");
        connection.unwrap(ArgonConnection.class).checkout("main");
        assertThat(rows(connection, "select id from t")).containsExactly("1");
    }

    @Test
    void statement_refusedSql_namesWhy() throws SQLException {
        Connection connection = connect();
        assertThat(failure(SqlStates.REFUSED, () -> run(connection, "script to 'x.sql'")))
                .hasMessageContaining("SCRIPT");
        failure(SqlStates.REFUSED, () -> connection.prepareStatement("create alias f for 'java.lang.Math.abs'"));
    }

    @Test
    void parameter_outOfRange_namesTheNumber() throws SQLException {
        try (PreparedStatement statement = connect().prepareStatement("select ? + ?")) {
            assertThat(failure("90008", () -> statement.setInt(3, 1)))
                    .hasMessage("parameter 3 does not exist: the statement has 2");
        }
    }

    @Test
    void executeQuery_ofAStatementWithoutRows_refused() throws SQLException {
        Connection connection = connect();
        assertThat(failure("90002", () -> connection.createStatement().executeQuery("create table u(id int)")))
                .hasMessage("the statement returns no rows; use execute or executeUpdate");
        failure("42S02", () -> rows(connection, "select * from u"));
    }
}
