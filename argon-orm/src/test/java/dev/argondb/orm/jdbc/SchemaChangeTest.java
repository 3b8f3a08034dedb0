package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** DDL of one connection under the open statements and transactions of others. */
class SchemaChangeTest extends JdbcTest {

    private Connection reader;

    @BeforeEach
    void createTable() throws SQLException {
        setUp("create table t(id int primary key, name varchar)", "insert into t values(1, 'a')");
        reader = connect();
    }

    @Test
    void preparedStatement_columnAddedByAnother_seesIt() throws SQLException {
        try (PreparedStatement statement = reader.prepareStatement("select * from t where id = ?")) {
            statement.setInt(1, 1);
            assertThat(rows(statement.executeQuery())).containsExactly("1 a");
            setUp("alter table t add column n int default 7");
            assertThat(rows(statement.executeQuery())).containsExactly("1 a 7");
        }
    }

    @Test
    void preparedStatement_parametersSetBeforeTheChange_keepTheirValues() throws SQLException {
        try (PreparedStatement statement = reader.prepareStatement("insert into t(id, name) values(?, ?)")) {
            statement.setInt(1, 2);
            statement.setString(2, "b");
            setUp("alter table t add column n int");
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
        assertThat(rows(reader, "select id, name from t order by id")).containsExactly("1 a", "2 b");
    }

    @Test
    void preparedStatement_itsTableDropped_failsAsH2Does() throws SQLException {
        try (PreparedStatement statement = reader.prepareStatement("select * from t")) {
            setUp("drop table t");
            failure("42S04", statement::executeQuery);
        }
        setUp("create table t(x int)");
        assertThat(rows(reader, "select * from t")).isEmpty();
    }

    @Test
    void openTransaction_schemaChangedByAnother_staysOnItsSnapshot() throws SQLException {
        reader.setAutoCommit(false);
        assertThat(rows(reader, "select * from t")).containsExactly("1 a");
        setUp("alter table t add column n int default 7", "create table u(id int)");
        assertThat(rows(reader, "select * from t")).containsExactly("1 a");
        failure("42S02", () -> rows(reader, "select * from u"));
        reader.commit();
        assertThat(rows(reader, "select * from t")).containsExactly("1 a 7");
    }

    @Test
    void openTransaction_wroteToATableThatWasAltered_conflicts() throws SQLException {
        reader.setAutoCommit(false);
        run(reader, "insert into t values(2, 'b')");
        setUp("alter table t add column n int default 7");
        assertThat(failure(SqlStates.CONFLICT, reader::commit)).hasMessageStartingWith("`t` was altered on `main`");
        run(reader, "insert into t values(2, 'b', 8)");
        reader.commit();
        assertThat(rows(reader, "select * from t order by id")).containsExactly("1 a 7", "2 b 8");
    }

    @Test
    void openTransaction_wroteToAnotherTableThanTheAlteredOne_commits() throws SQLException {
        setUp("create table u(id int)");
        reader.setAutoCommit(false);
        run(reader, "insert into u values(2)");
        setUp("alter table t add column n int default 7");
        reader.commit();
        assertThat(rows(reader, "select * from u")).containsExactly("2");
        assertThat(rows(reader, "select * from t")).containsExactly("1 a 7");
    }

    @Test
    void preparedStatement_ownDdl_preparedAgain() throws SQLException {
        try (PreparedStatement statement = reader.prepareStatement("select * from t")) {
            run(reader, "alter table t rename column name to title");
            ResultSet rows = statement.executeQuery();
            assertThat(rows.getMetaData().getColumnLabel(2)).isEqualToIgnoringCase("title");
        }
    }

    @Test
    void settings_schemaChangedByAnother_stay() throws SQLException {
        setUp("create schema other", "create table other.x(id int)");
        reader.setSchema(reader.getSchema().equals("PUBLIC") ? "OTHER" : "other");
        String schema = reader.getSchema();
        try (Statement statement = reader.createStatement()) {
            statement.setQueryTimeout(5);
        }
        run(reader, "set @answer = 42");
        setUp("alter table t add column n int");
        assertThat(reader.getSchema()).isEqualTo(schema);
        assertThat(rows(reader, "select * from x")).isEmpty();
        assertThat(value(reader, "select @answer")).isEqualTo("42");
        try (Statement statement = reader.createStatement()) {
            assertThat(statement.getQueryTimeout()).isEqualTo(5);
        }
    }

    @Test
    void branches_ofDifferentSchemas_eachSeesItsOwn() throws SQLException {
        argon.createBranch("feature", "main");
        Connection feature = connect("?branch=feature");
        run(feature, "alter table t add column n int default 7");
        assertThat(rows(feature, "select * from t")).containsExactly("1 a 7");
        assertThat(rows(reader, "select * from t")).containsExactly("1 a");
        ArgonConnection moving = reader.unwrap(ArgonConnection.class);
        try (PreparedStatement statement = reader.prepareStatement("select * from t")) {
            moving.checkout("feature");
            assertThat(rows(statement.executeQuery())).containsExactly("1 a 7");
            moving.checkout("main");
            assertThat(rows(statement.executeQuery())).containsExactly("1 a");
        }
    }

    @Test
    void ddl_fromSeveralThreadsAtOnce_allDone() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String table = "made_by_" + i;
                done.add(threads.submit(() -> {
                    setUp("create table " + table + "_1(id int)", "create table " + table + "_2(id int)");
                    return table;
                }));
            }
            for (Future<?> each : done) {
                String table = (String) each.get();
                assertThat(rows(reader, "select * from " + table + "_1")).isEmpty();
                assertThat(rows(reader, "select * from " + table + "_2")).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void temporaryTable_inATransaction_itsOwnAndNotLogged() throws SQLException {
        long before = argon.lastLsn();
        reader.setAutoCommit(false);
        run(
                reader,
                "create local temporary table tmp(id int primary key) on commit delete rows transactional",
                "insert into tmp values(1), (2)");
        assertThat(rows(reader, "select id from tmp")).containsExactly("1", "2");
        failure("42S02", () -> rows(connect(), "select * from tmp"));
        reader.commit();
        assertThat(rows(reader, "select id from tmp")).isEmpty();
        assertThat(argon.lastLsn()).isEqualTo(before);
    }

    @Test
    void temporaryTable_withRowsWhenTheSchemaChanges_lossIsSaidOnce() throws SQLException {
        run(reader, "create local temporary table tmp(id int primary key)", "insert into tmp values(1)");
        setUp("alter table t add column n int");
        assertThat(failure(SqlStates.TEMPORARY_TABLE_LOST, () -> rows(reader, "select * from t")))
                .hasMessage(
                        "the schema of `main` was changed by another connection, and the temporary table `public.tmp` is"
                                + " gone with its rows; create and fill it again");
        assertThat(rows(reader, "select id from t")).containsExactly("1");
        failure("42S02", () -> rows(reader, "select * from tmp"));
    }
}
