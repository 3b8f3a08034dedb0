package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The result of a subquery is kept within one statement, and never for another one, another branch or after a write. */
class KeptResultTest extends JdbcTest {

    private static final int ROWS = 100;
    private static final String CHOSEN = "select id from t where v + 0 in (select v + 0 from chosen) order by id";
    private static final Pattern SCANS = Pattern.compile("scanCount: (\\d+)");

    @BeforeEach
    void createTables() throws SQLException {
        setUp(
                "create table t(id int primary key, v int)",
                "create table chosen(v int)",
                "insert into t select x, x from system_range(1, " + ROWS + ")",
                "insert into chosen values (1), (2)");
    }

    private static List<Integer> scanCounts(Connection connection, String sql) throws SQLException {
        List<Integer> counts = new ArrayList<>();
        Matcher matcher = SCANS.matcher(value(connection, "explain analyze " + sql));
        while (matcher.find()) {
            counts.add(Integer.valueOf(matcher.group(1)));
        }
        return counts;
    }

    @Test
    void subquery_inEveryRow_readsItsTableAtMostTwice() throws SQLException {
        List<Integer> scans = scanCounts(
                connect(), "select count(*) from t where v + 0 not in (select max(u.v) - 200 from t u group by u.id)");
        assertThat(scans).isNotEmpty().allMatch(count -> count <= 2 * (ROWS + 1));
    }

    @Test
    void existsSubquery_inEveryRow_readsItsTableAtMostTwice() throws SQLException {
        List<Integer> scans =
                scanCounts(connect(), "select count(*) from t where v < 0 or exists(select 1 from t u where u.v > 99)");
        assertThat(scans).isNotEmpty().allMatch(count -> count <= 2 * (ROWS + 1));
    }

    @Test
    void subquery_ofAPreparedStatement_followsWritesRollbacksAndBranches() throws SQLException {
        argon.createBranch("other", "main");
        setUp("insert into chosen values (9)");
        Connection connection = transaction();
        try (PreparedStatement query = connection.prepareStatement(CHOSEN)) {
            assertThat(rows(query.executeQuery())).containsExactly("1", "2", "9");
            run(connection, "insert into chosen values (3)");
            assertThat(rows(query.executeQuery())).containsExactly("1", "2", "3", "9");
            connection.rollback();
            assertThat(rows(query.executeQuery())).containsExactly("1", "2", "9");
            connection.commit();
            setUp("delete from chosen where v = 1");
            assertThat(rows(query.executeQuery())).containsExactly("2", "9");
            connection.commit();
            rows(connection, "select argon_checkout('other')");
            connection.commit();
            assertThat(rows(query.executeQuery())).containsExactly("1", "2");
        }
    }

    @Test
    void existsSubquery_ofAPreparedStatement_followsWritesRollbacksAndSavepoints() throws SQLException {
        Connection connection = transaction();
        try (PreparedStatement query =
                connection.prepareStatement("select count(*) from t where exists(select 1 from chosen where v > 5)")) {
            assertThat(rows(query.executeQuery())).containsExactly("0");
            Savepoint before = connection.setSavepoint();
            run(connection, "insert into chosen values (6)");
            assertThat(rows(query.executeQuery())).containsExactly("100");
            connection.rollback(before);
            assertThat(rows(query.executeQuery())).containsExactly("0");
            run(connection, "insert into chosen values (7)");
            assertThat(rows(query.executeQuery())).containsExactly("100");
            connection.rollback();
            assertThat(rows(query.executeQuery())).containsExactly("0");
        }
    }

    @Test
    void existsSubquery_afterAFailedStatement_seesNothingOfIt() throws SQLException {
        setUp("create unique index one on chosen(v)");
        Connection connection = transaction();
        String query = "select count(*) from t where exists(select 1 from chosen where v > 5)";
        assertThat(value(connection, query)).isEqualTo("0");
        failure("23505", () -> run(connection, "insert into chosen values (6), (1)"));
        assertThat(value(connection, query)).isEqualTo("0");
    }

    @Test
    void defaultWithQuery_onTwoBranches_readsTheBranchOfTheInsert() throws SQLException {
        setUp("create table d(id int primary key, n int default (select count(*) from chosen))");
        argon.createBranch("other", "main");
        Connection main = connect();
        Connection other = connect("?branch=other");
        run(other, "insert into chosen values (3)");
        for (int id = 1; id <= 3; id++) {
            run(main, "insert into d(id) values (" + id + ")");
            run(other, "insert into d(id) values (" + id + ")");
        }
        assertThat(rows(main, "select distinct n from d")).containsExactly("2");
        assertThat(rows(other, "select distinct n from d")).containsExactly("3");
    }

    @Test
    void view_onTwoBranches_showsItsBranch() throws SQLException {
        setUp("create view c as select sum(v) as s from chosen");
        argon.createBranch("other", "main");
        Connection main = connect();
        Connection other = connect("?branch=other");
        run(other, "insert into chosen values (3)");
        String query = "select count(*) from t where v + 0 = (select s from c) or exists(select 1 from c where s = 6)";
        for (int i = 0; i < 3; i++) {
            assertThat(value(main, query)).isEqualTo("1");
            assertThat(value(other, query)).isEqualTo(Integer.toString(ROWS));
        }
    }

    @Test
    void threadsOnTwoBranches_defaultWithQuery_neverMixed() throws Exception {
        setUp("create table d(id int primary key, n int default (select max(v) from chosen))");
        setUp(
                "alter table d add constraint c check (id >= (select min(v) from chosen) and n = (select max(v) from chosen))");
        setUp("create view biggest as select max(v) as m from chosen");
        argon.createBranch("other", "main");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Boolean> main = threads.submit(defaults(connect(), 1000));
            Future<Boolean> other = threads.submit(defaults(connect("?branch=other"), 5000));
            assertThat(main.get()).isTrue();
            assertThat(other.get()).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Chooses a bigger value in each round, and asks for it through a default and through a view. */
    private static Callable<Boolean> defaults(Connection connection, int offset) {
        return () -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "select d.id from d where d.n = (select m from biggest) and exists(select 1 from biggest where m = d.id)")) {
                for (int id = offset; id < offset + 300; id++) {
                    run(
                            connection,
                            "update chosen set v = " + id + " where v <> 1",
                            "insert into d(id) values (" + id + ")");
                    assertThat(value(connection, "select n from d where id = " + id))
                            .isEqualTo(Integer.toString(id));
                    assertThat(rows(query.executeQuery())).containsExactly(Integer.toString(id));
                }
            }
            return true;
        };
    }

    @Test
    void threadsOnTwoBranches_subqueriesAndWrites_neverMixed() throws Exception {
        argon.createBranch("other", "main");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Boolean> main = threads.submit(rounds(connect(), 0));
            Future<Boolean> other = threads.submit(rounds(connect("?branch=other"), 50));
            assertThat(main.get()).isTrue();
            assertThat(other.get()).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Chooses another value in each round, and asks for it twice. */
    private static Callable<Boolean> rounds(Connection connection, int offset) {
        return () -> {
            try (PreparedStatement query = connection.prepareStatement(CHOSEN)) {
                for (int round = 0; round < 200; round++) {
                    int wanted = offset + 1 + round % 50;
                    run(connection, "delete from chosen", "insert into chosen values (" + wanted + ")");
                    assertThat(rows(query.executeQuery())).containsExactly(Integer.toString(wanted));
                    assertThat(rows(query.executeQuery())).containsExactly(Integer.toString(wanted));
                }
            }
            return true;
        };
    }
}
