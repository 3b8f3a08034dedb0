package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random transactions on Argon and on H2 give the same answers: the same queries are asked again and again between writes, savepoints,
 * rollbacks and commits, by connections that take turns.
 *
 * <p>{@code -Dargon.random.transactions=N} runs so many seeds; {@code -Dargon.random.seed=S} runs one.
 */
class RandomTransactionsTest {

    private static final int STEPS = 150;
    private static final int IDS = 8;
    private static final int CONNECTIONS = 2;

    private static final List<String> QUERIES = List.of(
            "select id, n, ref from t order by id",
            "select n from t where id = ?",
            "select count(*), sum(n) from t where ref = ?",
            "select d.id, d.n from (select id, n from t) d where d.id = ?",
            "select sum(n) from (select n from t where n > 3) d",
            "select p.k, p.id, p.n from (select 1 as k, id, n from t union all select 2 as k, id, n from u) p where p.id = ?"
                    + " order by 1, 2",
            "select ref, count(*), max(n) from t group by ref order by ref",
            "select t.id, u.n from t join u on t.ref = u.id order by t.id",
            "select t.id, u.n from t left join u on t.ref = u.id where u.n is null or u.n < ? order by t.id",
            "select id from t where exists (select 1 from u where u.id = t.ref and u.n > 4) order by id",
            "select id from t where ref in (select id from u where n < ?) order by id",
            "select id, (select max(n) from u where u.id = t.ref) from t order by id",
            "with d as (select ref, sum(n) as s from t group by ref) select u.id, d.s from u left join d on d.ref = u.id order by u.id",
            "select d.r, d.c from (select e.ref as r, count(*) as c from (select ref from t where n > 1) e group by e.ref) d order by 1",
            "select id, row_number() over (order by n, id) from u order by id",
            "select distinct n from (select n from t union select n from u) x order by n");

    private static final List<String> WRITES = List.of(
            "merge into t (id, n, ref) values (?, ?, ?)",
            "merge into u (id, n) values (?, ?)",
            "update t set n = n + ? where id >= ?",
            "update t set ref = ? where n < ?",
            "update u set n = ? where id = ?",
            "delete from t where id = ?",
            "delete from t where n > ?",
            "delete from u where id = ?",
            "insert into t (id, n, ref) select u.id + 100 + ?, u.n, u.id from u where not exists (select 1 from t where t.id = u.id + 100 + ?)",
            "merge into u using (select id, sum(n) as s from t where id < ? group by id) d on u.id = d.id"
                    + " when matched then update set n = d.s when not matched then insert (id, n) values (d.id, d.s)");

    private final Random random = new Random();
    private final List<Side> sides = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    /** Connections take turns with whole transactions: what they see of each other's is another matter. */
    private int connection;

    /** One of the two databases, with its connections. */
    private static final class Side {

        private final List<Connection> connections = new ArrayList<>();
        private final List<Savepoint> savepoints = new ArrayList<>();

        Side(String url) throws SQLException {
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(DriverManager.getConnection(url));
            }
            try (Statement statement = connections.get(0).createStatement()) {
                statement.execute("create table u (id int primary key, n int)");
                statement.execute("create table t (id int primary key, n int, ref int)");
                statement.execute("create index t_ref on t (ref)");
            }
            for (Connection connection : connections) {
                connection.setAutoCommit(false);
            }
        }

        void close() throws SQLException {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    /** Something to do on each side, which answers. */
    @FunctionalInterface
    private interface Step {
        Object run(Side side, Connection connection) throws SQLException;
    }

    static IntStream seeds() {
        Integer one = Integer.getInteger("argon.random.seed");
        return one != null
                ? IntStream.of(one)
                : IntStream.range(0, Integer.getInteger("argon.random.transactions", 60));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answers_areThoseOfH2(int seed) throws SQLException {
        random.setSeed(seed);
        String name = "random-transactions-" + seed;
        try {
            sides.add(new Side("jdbc:h2:mem:" + name));
            sides.add(new Side("jdbc:argon:mem:" + name));
            for (int step = 0; step < STEPS; step++) {
                step();
            }
        } finally {
            for (Side side : sides) {
                side.close();
            }
            Argon.discard("mem:" + name);
        }
    }

    private void step() throws SQLException {
        int kind = random.nextInt(100);
        if (kind < 55) {
            String query = QUERIES.get(random.nextInt(QUERIES.size()));
            int value = random.nextInt(IDS);
            both(query + " <- " + value, (side, on) -> rows(on, query, value));
        } else if (kind < 80) {
            String write = WRITES.get(random.nextInt(WRITES.size()));
            int[] values = random.ints(3, 0, IDS).toArray();
            both(write + " <- " + List.of(values[0], values[1], values[2]), (side, on) -> write(on, write, values));
        } else if (kind < 86) {
            both("savepoint", (side, on) -> side.savepoints.add(on.setSavepoint()));
        } else if (kind < 92) {
            int size = sides.get(0).savepoints.size();
            if (size > 0) {
                int to = random.nextInt(size);
                both("rollback to " + to, (side, on) -> {
                    on.rollback(side.savepoints.get(to));
                    side.savepoints.subList(to + 1, size).clear();
                    return to;
                });
            }
        } else {
            boolean commits = kind < 97;
            both(commits ? "commit" : "rollback", (side, on) -> {
                side.savepoints.clear();
                if (commits) {
                    on.commit();
                } else {
                    on.rollback();
                }
                return commits;
            });
            connection = random.nextInt(CONNECTIONS);
        }
    }

    private void both(String what, Step step) throws SQLException {
        done.add(connection + ": " + what);
        Object expected = step.run(sides.get(0), sides.get(0).connections.get(connection));
        Object actual = step.run(sides.get(1), sides.get(1).connections.get(connection));
        assertThat(actual).as(() -> String.join("\n", done)).isEqualTo(expected);
    }

    private static Object rows(Connection on, String query, int value) throws SQLException {
        try (PreparedStatement statement = on.prepareStatement(query)) {
            bind(statement, new int[] {value});
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    List<Object> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        row.add(result.getObject(i));
                    }
                    rows.add(row.toString());
                }
            }
            if (!query.contains("order by")) {
                Collections.sort(rows);
            }
            return rows;
        }
    }

    private static Object write(Connection on, String sql, int[] values) throws SQLException {
        try (PreparedStatement statement = on.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private static void bind(PreparedStatement statement, int[] values) throws SQLException {
        int parameters = statement.getParameterMetaData().getParameterCount();
        for (int i = 0; i < parameters; i++) {
            statement.setInt(i + 1, values[i]);
        }
    }
}
