package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * H2 may answer a query from its last result: never across branches, moments, own writes or rewinds. The queries ask for the same, and H2
 * keeps what it needs for each in another place.
 */
@ParameterizedClass
@ValueSource(
        strings = {
            "select sum(n) from t",
            "select sum(n) from t where id in (select id from t where n > 0)",
            "select sum(n) from t where exists (select 1 from t other where other.id = t.id)",
            "select sum(n) from (select n from t where n > 0) d",
            "select sum(n) from (select n from t where mod(id, 2) = 0 union all select n from t where mod(id, 2) = 1) d",
            "select sum(d.n) from (select max(n) as n, id from (select n, id from t) e group by id) d",
            "with d as (select n from t) select sum(n) from d",
            "select sum(n) from v"
        })
class ResultReuseTest {

    private final String query;

    private final Argon argon = Argon.open("mem:result-reuse");
    private final Connection connection;

    ResultReuseTest(String query) throws SQLException {
        this.query = query;
        connection = DriverManager.getConnection("jdbc:argon:mem:result-reuse");
    }

    @BeforeEach
    void createTable() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table t(id bigint primary key, n int)");
            if (query.endsWith("from v")) { // no result is kept of tables that a view reads, whatever the query
                statement.execute("create view v as select n from t where n > 0");
            }
            statement.execute("insert into t values(1, 1), (2, 2)");
        }
        argon.createBranch("feature", "main");
    }

    @AfterEach
    void discard() throws SQLException {
        connection.close();
        argon.close();
        Argon.discard("mem:result-reuse");
    }

    private long sum() throws SQLException {
        return sum(connection);
    }

    private long sum(Connection on) throws SQLException {
        try (PreparedStatement statement = on.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void executeElsewhere(String branch, String sql) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:argon:mem:result-reuse?branch=" + branch);
                Statement statement = other.createStatement()) {
            statement.execute(sql);
        }
    }

    private void checkout(String ref) throws SQLException {
        connection.unwrap(ArgonConnection.class).checkout(Ref.parse(ref));
    }

    /** Sessions of H2 go from connection to connection, with the statements they have planned and their last results. */
    @Test
    void query_repeatedOnConnectionsToRefs_seesEachRef() throws SQLException {
        long early = argon.lastLsn();
        executeElsewhere("feature", "update t set n = 100");
        execute("insert into t values(3, 10)");
        for (int i = 0; i < 3; i++) {
            assertThat(sumOn("main")).isEqualTo(13);
            assertThat(sumOn("feature")).isEqualTo(200);
            assertThat(sumOn("main@" + early)).isEqualTo(3);
            assertThat(sumOn("feature@" + early)).isEqualTo(3);
            assertThat(sumOn("feature@" + argon.lastLsn())).isEqualTo(200);
            assertThat(sumOn("main@" + argon.lastLsn())).isEqualTo(13);
        }
    }

    private long sumOn(String ref) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:argon:mem:result-reuse")) {
            other.unwrap(ArgonConnection.class).checkout(Ref.parse(ref));
            return sum(other);
        }
    }

    @Test
    void query_repeated_seesWhatOthersCommitted() throws SQLException {
        assertThat(sum()).isEqualTo(3);
        executeElsewhere("main", "insert into t values(3, 10)");
        assertThat(sum()).isEqualTo(13);
    }

    @Test
    void query_repeatedOnAnotherBranchAndBack_seesEachBranch() throws SQLException {
        executeElsewhere("feature", "update t set n = 100");
        for (int i = 0; i < 3; i++) {
            checkout("main");
            assertThat(sum()).isEqualTo(3);
            checkout("feature");
            assertThat(sum()).isEqualTo(200);
        }
    }

    @Test
    void query_repeatedInThePastAndBack_seesEachMoment() throws SQLException {
        Lsn before = argon.branch("main").headLsn().orElseThrow();
        execute("update t set n = 50");
        for (int i = 0; i < 3; i++) {
            checkout("main@" + before);
            assertThat(sum()).isEqualTo(3);
            checkout("main");
            assertThat(sum()).isEqualTo(100);
        }
    }

    @Test
    void query_repeatedAfterOwnWritesAndRollbacks_seesEach() throws SQLException {
        connection.setAutoCommit(false);
        assertThat(sum()).isEqualTo(3);
        execute("update t set n = n + 10");
        assertThat(sum()).isEqualTo(23);
        Savepoint savepoint = connection.setSavepoint();
        execute("delete from t where id = 1");
        assertThat(sum()).isEqualTo(12);
        connection.rollback(savepoint);
        assertThat(sum()).isEqualTo(23);
        connection.rollback();
        assertThat(sum()).isEqualTo(3);
        execute("update t set n = 7 where id = 1");
        connection.commit();
        assertThat(sum()).isEqualTo(9);
    }

    @Test
    void query_repeatedAfterEachKindOfWrite_seesIt() throws SQLException {
        connection.setAutoCommit(false);
        assertThat(sum()).isEqualTo(3);
        execute("insert into t values(3, 10)");
        assertThat(sum()).isEqualTo(13);
        execute("delete from t where id = 1");
        assertThat(sum()).isEqualTo(12);
        execute("merge into t values(1, 5)");
        assertThat(sum()).isEqualTo(17);
        execute("merge into t using (select cast(4 as bigint) id, 8 n) s on t.id = s.id"
                + " when not matched then insert (id, n) values (s.id, s.n)");
        assertThat(sum()).isEqualTo(25);
        execute("truncate table t");
        assertThat(sum()).isZero();
    }

    @Test
    void query_repeatedAfterAReset_seesTheEarlierState() throws SQLException {
        Lsn before = argon.branch("main").headLsn().orElseThrow();
        execute("update t set n = 50");
        assertThat(sum()).isEqualTo(100);
        argon.resetBranch("main", before);
        assertThat(sum()).isEqualTo(3);
    }

    @Test
    void query_repeatedAfterAFailedStatement_seesNothingOfIt() throws SQLException {
        connection.setAutoCommit(false);
        assertThat(sum()).isEqualTo(3);
        try {
            execute("insert into t values(9, 9), (1, 1)");
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("23505");
        }
        assertThat(sum()).isEqualTo(3);
        connection.rollback();
    }
}
