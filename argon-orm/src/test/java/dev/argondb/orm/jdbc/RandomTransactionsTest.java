package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Arrays;
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
    private static final int CONNECTIONS = 2;

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
            RandomSql.createTables(connections.get(0));
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
        return RandomSql.seeds("argon.random.transactions", 60);
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
            String query = RandomSql.query(random);
            int value = random.nextInt(RandomSql.IDS);
            both(query + " <- " + value, (side, on) -> RandomSql.rows(on, query, value));
        } else if (kind < 80) {
            String write = RandomSql.write(random);
            int[] values = RandomSql.values(random);
            both(write + " <- " + Arrays.toString(values), (side, on) -> RandomSql.write(on, write, values));
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
}
