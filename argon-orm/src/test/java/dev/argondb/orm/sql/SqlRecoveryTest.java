package dev.argondb.orm.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory opened again: the same rows, indexes, constraints and definitions. */
class SqlRecoveryTest {

    private static final String ALL_TYPES =
            "create table a(id int primary key, b boolean, t tinyint, s smallint, l bigint,"
                    + " n numeric(30, 10), d decfloat(40), r real, f double precision, c char(5), v varchar(50),"
                    + " i varchar_ignorecase(50), x varbinary(50), dt date, tm time(9), tz time(9) with time zone,"
                    + " ts timestamp(9), tstz timestamp(9) with time zone, ym interval year to month, ds interval day to second,"
                    + " u uuid, e enum('p', 'q'), j json, arr int array, rw row(p int, q varchar(5)), bl blob, cl clob)";

    private static final String VALUES =
            "insert into a values (?, true, -7, 300, 9999999999, 1.25, 1e50, 0.5, 0.1, 'ab', 'äöü😀',"
                    + " 'MiXed', x'00ff01', date '-0044-03-15', time '23:59:59.123456789', time with time zone '10:00:00+05:45',"
                    + " timestamp '2026-11-23 10:00:00.123456789', timestamp with time zone '2026-11-23 10:00:00.5-08:00',"
                    + " interval '-3-4' year to month, interval '5 06:07:08.9' day to second,"
                    + " '11111111-2222-3333-4444-555555555555', 'q', json '{\"a\": [1.0, null]}', array[1, null, 3],"
                    + " row(1, 'z'), x'0102', 'long text')";

    @Test
    void allTypes_closedAndOpened_sameRows(@TempDir Path directory) throws SQLException {
        TestSql first = new TestSql(directory);
        first.commit(ALL_TYPES);
        for (int i = 0; i < 20; i++) {
            first.update(VALUES, i);
        }
        first.run("insert into a(id) values (99)");
        first.commit();
        List<String> before = first.rows("select * from a order by id");
        try (TestSql second = first.reopened()) {
            assertThat(second.rows("select * from a order by id"))
                    .isEqualTo(before)
                    .hasSize(21);
            second.commit("update a set v = v || '!' where id = 3");
            try (TestSql third = second.reopened()) {
                assertThat(third.rows("select v from a where id = 3")).containsExactly("äöü😀!");
                assertThat(third.rows("select a.* from a where id = 4")).containsExactly(before.get(4));
            }
        }
    }

    @Test
    void keysAndIndexes_closedAndOpened_stillWork(@TempDir Path directory) throws SQLException {
        TestSql first = new TestSql(directory);
        first.commit(
                "create table p(u uuid primary key, n varchar(20) unique, d date)",
                "create index p_d on p(d desc)",
                "create table r(v int, u uuid references p on delete cascade)",
                "create view w as select count(*) c from p",
                "insert into p select random_uuid(), 'n' || x, dateadd(day, x, date '2026-01-01') from system_range(1, 500)",
                "insert into r select 1, u from p where n in ('n7', 'n8')");
        try (TestSql second = first.reopened()) {
            assertThat(second.rows("select c from w")).containsExactly("500");
            assertThat(second.rows("select d from p where n = 'n7'")).containsExactly("2026-01-08");
            assertThat(second.rows("select n from p order by d desc limit 2")).containsExactly("n500", "n499");
            assertThatThrownBy(() -> second.run("insert into p values (random_uuid(), 'n8', null)"))
                    .extracting("SQLState")
                    .isEqualTo("23505");
            assertThatThrownBy(() -> second.run("insert into r values (1, random_uuid())"))
                    .extracting("SQLState")
                    .isEqualTo("23506");
            second.commit("delete from p where n = 'n7'");
            assertThat(second.rows("select count(*) from r")).containsExactly("1");
        }
    }

    @Test
    void alteredTable_closedAndOpened_oldRowsReadUnderTheNewColumns(@TempDir Path directory) throws SQLException {
        TestSql first = new TestSql(directory);
        first.commit(
                "create table t(id int primary key, a int, b varchar(9))",
                "insert into t values (1, 10, 'x'), (2, 20, 'y')");
        String past = "main@" + first.database().lastLsn();
        first.commit(
                "alter table t add column c decimal(8, 2) default 1.50",
                "alter table t alter column a bigint",
                "alter table t drop column b");
        first.commit("alter table t add column b int default 4", "insert into t values (3, 30, 2.5, 5)");
        List<String> before = first.rows("select * from t order by id");
        List<String> old = first.at(past).rows("select * from t order by id");
        try (TestSql second = first.reopened()) {
            assertThat(second.rows("select * from t order by id"))
                    .isEqualTo(before)
                    .containsExactly("1|10|1.50|4", "2|20|1.50|4", "3|30|2.50|5");
            assertThat(second.at(past).rows("select * from t order by id")).isEqualTo(old);
        }
    }

    @Test
    void beforeAndAfterAlter_sameRecords_eachReadsItsOwn(@TempDir Path directory) throws SQLException {
        TestSql first = new TestSql(directory);
        first.commit("create table t(id int primary key, a int)", "insert into t values (1, 10)");
        String past = "main@" + first.database().lastLsn();
        first.commit("alter table t drop column a", "alter table t add column a varchar(5) default 'z'");
        try (TestSql second = first.reopened()) {
            assertThat(second.rows("select * from t")).containsExactly("1|z");
            assertThat(second.at(past).rows("select * from t")).containsExactly("1|10");
            assertThat(second.at("main").rows("select * from t")).containsExactly("1|z");
        }
    }
}
