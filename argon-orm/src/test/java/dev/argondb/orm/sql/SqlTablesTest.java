package dev.argondb.orm.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows through H2: keys of all kinds, indexes, constraints, statements that fail. */
class SqlTablesTest {

    private final TestSql sql = new TestSql();

    @AfterEach
    void close() {
        sql.close();
    }

    private void numbers(int count) throws SQLException {
        sql.commit("create table n(id int primary key, v int, name varchar(20))", "create index n_v on n(v)");
        sql.commit("insert into n select x, mod(x * 7, 1000), 'n' || x from system_range(1, " + count + ")");
    }

    @Test
    void integerKey_allKindsOfRanges_rowsInOrder() throws SQLException {
        numbers(10);
        assertThat(sql.rows("select id from n where id = 3")).containsExactly("3");
        assertThat(sql.rows("select id from n where id > 8")).containsExactly("9", "10");
        assertThat(sql.rows("select id from n where id between 2 and 3")).containsExactly("2", "3");
        assertThat(sql.rows("select id from n where id < 3 order by id desc")).containsExactly("2", "1");
        assertThat(sql.rows("select id from n where id in (9, 1, 77)")).containsExactly("1", "9");
        assertThat(sql.rows("select id from n where id = 2.5")).isEmpty();
        assertThat(sql.rows("select id from n where id > 9.5")).containsExactly("10");
        assertThat(sql.rows("select min(id), max(id), count(*) from n")).containsExactly("1|10|10");
    }

    @Test
    void tupleKey_prefixAndWholeKey_found() throws SQLException {
        sql.commit("create table t(a varchar(10), b int, c varchar(10), primary key(a, b))");
        sql.commit("insert into t values ('x', 2, 'b'), ('x', 1, 'a'), ('y', 1, 'c'), ('', -1, 'd')");
        assertThat(sql.rows("select c from t where a = 'x' and b = 2")).containsExactly("b");
        assertThat(sql.rows("select c from t where a = 'x' order by b")).containsExactly("a", "b");
        assertThat(sql.rows("select c from t order by a, b")).containsExactly("d", "a", "b", "c");
        assertThat(sql.rows("select c from t order by a desc, b desc")).containsExactly("c", "b", "a", "d");
    }

    @Test
    void tupleKey_updateOfKeyAndValue_rowMoves() throws SQLException {
        sql.commit("create table t(u uuid primary key, v int)");
        sql.commit("insert into t values ('00000000-0000-0000-0000-000000000001', 1)");
        sql.commit("update t set v = 2", "update t set u = 'ffffffff-0000-0000-0000-000000000001'");
        assertThat(sql.rows("select * from t")).containsExactly("ffffffff-0000-0000-0000-000000000001|2");
    }

    @Test
    void noKey_duplicatesAndRowIds_allRows() throws SQLException {
        sql.commit("create table t(v int)", "insert into t values (1), (1), (2)");
        sql.commit("delete from t where v = 2", "update t set v = v + 10");
        assertThat(sql.rows("select v, count(*) from t group by v")).containsExactly("11|2");
        assertThat(sql.rows("select count(distinct _rowid_) from t")).containsExactly("2");
    }

    @Test
    void keyUpdate_valuesChangeHandsInOneStatement_noViolation() throws SQLException {
        sql.commit(
                "create table t(id int primary key, u int unique)", "insert into t values (1, 10), (2, 20), (3, 30)");
        sql.commit("update t set id = id + 1, u = 40 - u");
        assertThat(sql.rows("select * from t order by id")).containsExactly("2|30", "3|20", "4|10");
    }

    @Test
    void duplicateKeys_everyKind_23505WithTheConstraintsName() throws SQLException {
        sql.commit(
                "create table i(id int primary key)",
                "create table c(a int, b int, constraint pk_c primary key(a, b))",
                "create table u(id int primary key, n varchar(9), constraint uq_n unique(n))",
                "insert into i values (1)",
                "insert into c values (1, 2)",
                "insert into u values (1, 'x'), (2, null), (3, null)");
        assertThatThrownBy(() -> sql.run("insert into i values (1)"))
                .hasMessageContaining("PRIMARY KEY ON public.i(id)")
                .extracting("SQLState")
                .isEqualTo("23505");
        assertThatThrownBy(() -> sql.run("insert into c values (1, 2)"))
                .hasMessageContaining("pk_c")
                .extracting("SQLState")
                .isEqualTo("23505");
        assertThatThrownBy(() -> sql.run("update u set n = 'x' where id = 2"))
                .hasMessageContaining("uq_n")
                .extracting("SQLState")
                .isEqualTo("23505");
    }

    @Test
    void statement_failsAtItsThirdRow_leavesNothing() throws SQLException {
        sql.commit("create table t(id int primary key, v int check (v < 100))", "insert into t values (1, 1)");
        assertThatThrownBy(() -> sql.run("insert into t values (2, 2), (3, 3), (1, 4)"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> sql.run("update t set v = v * 1000")).isInstanceOf(SQLException.class);
        assertThat(sql.rows("select * from t")).containsExactly("1|1");
    }

    @Test
    void batch_elementsFail_onlyTheseAreUndone() throws SQLException {
        sql.commit(
                "create table p(id int primary key)",
                "create table c(id int primary key, p int references p)",
                "insert into p values (1)");
        try (var batch = sql.prepare("insert into c values (?, ?), (?, ?)")) {
            for (int i = 0; i < 3; i++) {
                batch.setInt(1, i * 2);
                batch.setInt(2, 1);
                batch.setInt(3, i * 2 + 1);
                batch.setInt(4, i == 1 ? 99 : 1);
                batch.addBatch();
            }
            assertThatThrownBy(batch::executeBatch).isInstanceOf(SQLException.class);
        }
        assertThat(sql.rows("select id from c order by id")).containsExactly("0", "1", "4", "5");
    }

    @Test
    void insertSelect_fromTheSameTable_seesNoneOfItsOwnRows() throws SQLException {
        numbers(100);
        assertThat(sql.run("insert into n select id + 100, v, name from n")).isEqualTo(100);
        assertThat(sql.rows("select count(*), max(id) from n")).containsExactly("200|200");
    }

    @Test
    void largeScan_bothDirectionsAndByIndex_everyRowOnce() throws SQLException {
        numbers(20_000);
        List<String> up = sql.rows("select id from n order by id");
        List<String> down = sql.rows("select id from n order by id desc");
        assertThat(up).hasSize(20_000).startsWith("1", "2").endsWith("20000");
        assertThat(down).hasSize(20_000).startsWith("20000").endsWith("1");
        assertThat(sql.rows("select count(*) from n where v between 100 and 199"))
                .containsExactly("2000");
        assertThat(sql.rows("select v from n order by v desc limit 1")).containsExactly("999");
        assertThat(sql.rows("select distinct v from n where v < 3 order by v")).containsExactly("0", "1", "2");
    }

    @Test
    void index_descendingWithNulls_orderOfSql() throws SQLException {
        sql.commit(
                "create table t(id int primary key, v int)",
                "create index t_v on t(v desc nulls last)",
                "insert into t values (1, 5), (2, null), (3, 7), (4, 6)");
        assertThat(sql.rows("select v from t order by v desc nulls last")).containsExactly("7", "6", "5", "null");
        assertThat(sql.rows("select v from t where v >= 6 order by v desc")).containsExactly("7", "6");
        assertThat(sql.rows("select id from t where v is null")).containsExactly("2");
        assertThat(sql.rows("select min(v), max(v) from t")).containsExactly("5|7");
    }

    @Test
    void foreignKeys_allActions_carriedOut() throws SQLException {
        sql.commit(
                "create table p(id int primary key, code varchar(9) unique)",
                "create table r(id int primary key, p int references p)",
                "create table c(id int primary key, p int references p on delete cascade)",
                "create table n(id int primary key, code varchar(9) references p(code) on update cascade on delete set null)",
                "insert into p values (1, 'a'), (2, 'b'), (3, 'c')",
                "insert into r values (1, 1)",
                "insert into c values (1, 2), (2, 2), (3, 1)",
                "insert into n values (1, 'b'), (2, 'c')");
        assertThatThrownBy(() -> sql.run("delete from p where id = 1"))
                .extracting("SQLState")
                .isEqualTo("23503");
        assertThatThrownBy(() -> sql.run("insert into r values (9, 9)"))
                .extracting("SQLState")
                .isEqualTo("23506");
        sql.commit("update p set code = 'z' where id = 3", "delete from p where id = 2");
        assertThat(sql.rows("select id from c")).containsExactly("3");
        assertThat(sql.rows("select * from n order by id")).containsExactly("1|null", "2|z");
    }

    @Test
    void truncate_tableWithRows_emptyAndCounted() throws SQLException {
        numbers(500);
        assertThat(sql.run("truncate table n")).isEqualTo(500);
        assertThat(sql.rows("select count(*) from n where v >= 0")).containsExactly("0");
    }

    @Test
    void merge_existingAndNewRows_updatedAndInserted() throws SQLException {
        sql.commit("create table t(k varchar(5) primary key, v int)", "insert into t values ('a', 1), ('b', 2)");
        sql.commit("merge into t key(k) values ('b', 20), ('c', 30)");
        sql.commit("merge into t using (values ('a', 5), ('d', 6)) s(k, v) on t.k = s.k"
                + " when matched then update set v = s.v when not matched then insert values (s.k, s.v)");
        assertThat(sql.rows("select * from t order by k")).containsExactly("a|5", "b|20", "c|30", "d|6");
    }

    @Test
    void temporaryTable_inASession_outsideOfTheUnitOfWork() throws SQLException {
        sql.commit("create table t(id int primary key)");
        sql.run("create local temporary table tmp(id int primary key)", "insert into tmp values (1), (2)");
        sql.run("insert into t select id from tmp");
        assertThat(sql.entriesOf()).isEqualTo(2);
        assertThat(sql.rows("select count(*) from t")).containsExactly("2");
    }

    @Test
    void branches_sameSql_ownRows() throws SQLException {
        sql.commit("create table t(id int primary key)", "insert into t values (1)");
        sql.database().createBranch("b", dev.argondb.Ref.parse("main"), dev.argondb.BranchOptions.DEFAULT);
        try (TestSql other = sql.other().at("b")) {
            other.commit("insert into t values (2)");
            assertThat(other.rows("select id from t order by id")).containsExactly("1", "2");
        }
        assertThat(sql.rows("select id from t order by id")).containsExactly("1");
    }

    @Test
    void sameQuery_betweenWritesRollbacksAndBranches_neverAnOldResult() throws SQLException {
        String query = "select count(*), max(v) from t";
        sql.commit("create table t(id int primary key, v int)", "insert into t values (1, 1)");
        sql.database().createBranch("b", dev.argondb.Ref.parse("main"), dev.argondb.BranchOptions.DEFAULT);
        assertThat(sql.rows(query)).containsExactly("1|1");
        sql.run("insert into t values (2, 2)");
        assertThat(sql.rows(query)).containsExactly("2|2");
        sql.run("insert into t values (3, 3)");
        assertThat(sql.rows(query)).containsExactly("3|3");
        assertThatThrownBy(() -> sql.run("insert into t values (4, 4), (1, 1)")).isInstanceOf(SQLException.class);
        assertThat(sql.rows(query)).containsExactly("3|3");
        sql.rollback();
        assertThat(sql.rows(query)).containsExactly("1|1");
        sql.commit("update t set v = 9");
        assertThat(sql.rows(query)).containsExactly("1|9");
        assertThat(sql.at("b").rows(query)).containsExactly("1|1");
        assertThat(sql.at("main").rows(query)).containsExactly("1|9");
        sql.run("delete from t");
        assertThat(sql.rows(query)).containsExactly("0|null");
    }

    @Test
    void pastMoment_write_25006() throws SQLException {
        sql.commit("create table t(id int primary key)", "insert into t values (1)");
        String past = "main@" + sql.database().lastLsn();
        sql.commit("insert into t values (2)");
        sql.at(past);
        assertThat(sql.rows("select id from t")).containsExactly("1");
        for (String write :
                List.of("insert into t values (3)", "delete from t", "update t set id = 5", "create table x(i int)")) {
            assertThatThrownBy(() -> sql.run(write))
                    .hasMessageContaining("`" + past + "` is a past moment and read-only")
                    .extracting("SQLState")
                    .isEqualTo("25006");
        }
    }
}
