package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.argondb.Lsn;
import dev.argondb.Ref;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SystemSchemaTest extends JdbcTest {

    private Connection connection;
    private long firstRow;

    @BeforeEach
    void createTable() throws SQLException {
        setUp("create table t(id int primary key, name varchar)", "insert into t values(1, 'a')");
        firstRow = argon.lastLsn();
        connection = connect();
    }

    @Test
    void functions_ofTheConnection_sayWhereItStands() throws SQLException {
        assertThat(rows(connection, "select argon_ref(), argon_branch(), argon_lsn()"))
                .containsExactly("main main " + firstRow);
        assertThat(rows(connect("?at=main@" + firstRow), "select argon_ref(), argon_branch(), argon_lsn()"))
                .containsExactly("main@" + firstRow + " main " + firstRow);
    }

    @Test
    void functions_inAnotherSchema_foundAllTheSame() throws SQLException {
        run(connection, "create schema other", "set schema other");
        assertThat(value(connection, "select argon_branch()")).isEqualTo("main");
    }

    @Test
    void lsn_insideATransaction_thatOfItsSnapshot() throws SQLException {
        Connection transaction = transaction();
        assertThat(value(transaction, "select argon_lsn()")).isEqualTo("" + firstRow);
        setUp("insert into t values(2, 'b')");
        assertThat(value(transaction, "select argon_lsn()")).isEqualTo("" + firstRow);
        transaction.commit();
        assertThat(value(transaction, "select argon_lsn()")).isEqualTo("" + argon.lastLsn());
    }

    @Test
    void branches_createdCheckedOutRenamedAndDeleted_bySql() throws SQLException {
        assertThat(value(connection, "call argon_create_branch('feature')")).isEqualTo("feature");
        assertThat(value(connection, "call argon_checkout('feature')")).isEqualTo("feature");
        run(connection, "update t set name = 'on feature'");
        assertThat(rows(connection, "select name, parent, is_current from argon.branches order by name"))
                .containsExactly("feature main TRUE", "main null FALSE");
        assertThat(rows(connect(), "select name from t")).containsExactly("a");
        run(connection, "call argon_rename_branch('main', 'trunk')", "call argon_checkout('trunk')");
        assertThat(rows(connection, "select name from t")).containsExactly("a");
        run(connection, "call argon_delete_branch('feature')");
        assertThat(argon.findBranch("feature")).isEmpty();
    }

    @Test
    void createBranch_fromARef_standsThere() throws SQLException {
        run(connection, "insert into t values(2, 'b')");
        run(connection, "call argon_create_branch('before', 'main@" + firstRow + "')");
        assertThat(rows(connect("?branch=before"), "select id from t")).containsExactly("1");
        assertThat(argon.branch("before").baseLsn()).contains(new Lsn(firstRow));
    }

    @Test
    void deleteBranch_ofTheConnection_refused() throws SQLException {
        assertFails(
                connection,
                "call argon_delete_branch('main')",
                SqlStates.INVALID_VALUE,
                "`main` is the branch of this connection and cannot be deleted from it; check out another one first");
    }

    @Test
    void resetBranch_toAnLsn_rowsOfThenAreBack() throws SQLException {
        run(connection, "update t set name = 'wrong'");
        assertThat(value(connection, "call argon_reset_branch('main', " + firstRow + ")"))
                .isEqualTo("" + firstRow);
        assertThat(rows(connection, "select name from t")).containsExactly("a");
        assertThat(value(connection, "select epoch from argon.branches where name = 'main'"))
                .isEqualTo("1");
    }

    @Test
    void checkout_firstInATransaction_switchesIt() throws SQLException {
        argon.createBranch("feature", "main");
        Connection transaction = transaction();
        run(transaction, "call argon_checkout('feature')", "insert into t values(2, 'b')");
        transaction.commit();
        assertThat(rows(connection, "select id from t")).containsExactly("1");
        assertThat(rows(connect("?branch=feature"), "select id from t order by id"))
                .containsExactly("1", "2");
    }

    @Test
    void checkout_aPastMoment_readOnly() throws SQLException {
        run(connection, "insert into t values(2, 'b')", "call argon_checkout('main@" + firstRow + "')");
        assertThat(rows(connection, "select id from t")).containsExactly("1");
        failure(SqlStates.READ_ONLY, () -> run(connection, "insert into t values(3, 'c')"));
    }

    @Test
    void tags_createdReadAndDeleted_bySql() throws SQLException {
        assertThat(value(connection, "call argon_tag('v1')")).isEqualTo("" + firstRow);
        run(connection, "insert into t values(2, 'b')", "call argon_tag('v2', 'main')");
        assertThat(rows(connection, "select name, lsn from argon.tags order by lsn"))
                .containsExactly(
                        "v1 " + firstRow,
                        "v2 " + argon.resolve(Ref.parse("main")).orElseThrow());
        assertThat(rows(connect("?at=tag:v1"), "select id from t")).containsExactly("1");
        run(connection, "call argon_delete_tag('v1')");
        assertThat(rows(connection, "select name from argon.tags")).containsExactly("v2");
    }

    @Test
    void commits_ofTheConnectionsRef_newestFirst() throws SQLException {
        Connection named = connect("?author=ada");
        run(named, "call argon_message('Second row')", "insert into t values(2, 'b'), (3, 'c')");
        assertThat(rows(named, "select branch, author, message, entries from argon.commits limit 1"))
                .containsExactly("main ada Second row 2");
        assertThat(rows(named, "select lsn, parent_lsn from argon.commits where lsn = " + firstRow))
                .hasSize(1)
                .allMatch(row -> row.startsWith(firstRow + " "));
        assertThat(rows(connect("?at=main@" + firstRow), "select max(lsn) from argon.commits"))
                .containsExactly("" + firstRow);
    }

    @Test
    void commits_ofALongChain_allOrFromALowerBound() throws SQLException {
        int before = rows(connection, "select lsn from argon.commits").size();
        for (int i = 0; i < 600; i++) {
            run(connection, "insert into t values(" + (1000 + i) + ", 'x')");
        }
        run(connection, "call argon_tag('end')");
        assertThat(value(connection, "select count(*) from argon.commits")).isEqualTo("" + (before + 600));
        assertThat(value(connection, "select count(*) from argon.commits where lsn > " + firstRow))
                .isEqualTo("600");
        assertThat(value(connect("?at=tag:end"), "select count(*) from argon.commits"))
                .isEqualTo("" + (before + 600));
        assertThat(rows(connection, "select lsn from argon.commits where lsn = " + firstRow))
                .containsExactly("" + firstRow);
    }

    @Test
    void entries_ofACommit_carryBeforeAndAfter() throws SQLException {
        run(connection, "update t set name = 'b' where id = 1", "delete from t where id = 1");
        String columns = "select operation, collection, document_id, previous_lsn, after, before from argon.entries"
                + " where commit_lsn = ";
        assertThat(rows(connection, columns + firstRow))
                .containsExactly("INSERT t 1 null {\"id\":1,\"name\":\"a\"} null");
        assertThat(rows(connection, columns + (firstRow + 1)))
                .containsExactly("UPDATE t 1 " + firstRow + " {\"id\":1,\"name\":\"b\"} {\"name\":\"a\"}");
        assertThat(rows(connection, columns + (firstRow + 2)))
                .containsExactly("DELETE t 1 " + (firstRow + 1) + " null {\"id\":1,\"name\":\"b\"}");
    }

    @Test
    void systemTables_written_refused() throws SQLException {
        for (String sql : new String[] {
            "insert into argon.tags(name) values('x')", "delete from argon.branches", "drop table argon.commits"
        }) {
            SQLException failure = catchThrowableOfType(SQLException.class, () -> run(connection, sql));
            assertThat((Throwable) failure).as(sql).isNotNull();
        }
        assertThat(rows(connection, "select name from argon.branches")).containsExactly("main");
    }

    @Test
    void systemSchema_asTools_seeNoUserObjects() throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();
        assertThat(rows(metadata.getTables(null, connection.getSchema(), null, null)))
                .hasSize(1);
        assertThat(argon.entries(new Ref.AtLsn("main", new Lsn(1))))
                .noneMatch(entry ->
                        entry.documentId().toString().toLowerCase(Locale.ROOT).contains("argon"));
    }

    @Test
    void storage_ofADatabaseInMemory_noRowsAndCallsRefused() throws SQLException {
        assertThat(rows(connection, "select * from argon.storage")).isEmpty();
        assertThat(rows(connection, "select * from argon.findings")).isEmpty();
        for (String function : List.of("argon_snapshot()", "argon_retain()", "argon_pack()")) {
            assertThat(failure("0A000", () -> run(connection, "call " + function)))
                    .hasMessage("a database in memory has no snapshots and keeps all history; use one in files");
        }
    }
}
