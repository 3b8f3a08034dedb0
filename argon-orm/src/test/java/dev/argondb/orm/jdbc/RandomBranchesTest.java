package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random transactions on branches give the same answers as those on an H2 database for each branch, and past moments answer as they did
 * then: H2's sessions go from branch to branch, with the statements they have planned and the results they keep. Every other seed is on
 * pages of a directory, under a cache that holds nothing, and opens it anew now and then.
 *
 * <p>{@code -Dargon.random.branches=N} runs so many seeds; {@code -Dargon.random.seed=S} runs one.
 */
class RandomBranchesTest {

    private static final int STEPS = 120;
    private static final int MOST_BRANCHES = 4;
    private static final int MOST_STATEMENTS = 5;
    private static final int VALUE_THEN = 4;
    private static final int STEPS_PER_OPENING = 15;
    private static final String ON_PAGES = ";cache.size=1;snapshot.entries=10;sync=relaxed";

    private final Random random = new Random();
    private final Map<String, Connection> peers = new TreeMap<>();
    private final List<Moment> moments = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private String name = "";
    private String location = "";
    private @Nullable Argon argon;
    private int named;

    @TempDir
    private Path directory;

    /** A commit of a branch, what its tables held, and what queries answered. */
    private record Moment(String branch, Lsn lsn, List<String> t, List<String> u, Map<String, List<String>> answers) {}

    static IntStream seeds() {
        return RandomSql.seeds("argon.random.branches", 16);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answers_onEachBranchAndMoment_areThoseOfH2(int seed) throws SQLException {
        random.setSeed(seed);
        name = "random-branches-" + seed;
        boolean onPages = seed % 2 == 1;
        location = onPages ? "file:" + directory.resolve("data") + ON_PAGES : "mem:" + name;
        argon = Argon.open(location);
        try {
            try (Connection main = connect("main")) {
                RandomSql.createTables(main);
            }
            RandomSql.createTables(newPeer("main"));
            for (int step = 0; step < STEPS; step++) {
                if (onPages && random.nextInt(STEPS_PER_OPENING) == 0) {
                    reopen();
                }
                step(pick(List.copyOf(peers.keySet())));
            }
        } finally {
            for (Connection peer : peers.values()) {
                peer.close();
            }
            open().close();
            if (!onPages) {
                Argon.discard(location);
            }
        }
    }

    private Argon open() {
        return Objects.requireNonNull(argon);
    }

    private void reopen() {
        did("reopen");
        open().close();
        argon = Argon.open(location);
    }

    private void step(String branch) throws SQLException {
        int kind = random.nextInt(100);
        if (kind < 60) {
            transact(branch);
        } else if (kind < 70) {
            remember(branch);
        } else if (kind < 82 && !moments.isEmpty()) {
            askThePast(pick(moments));
        } else if (kind < 90 && peers.size() < MOST_BRANCHES) {
            fork(branch);
        } else if (kind < 94 && !branch.equals("main")) {
            delete(branch);
        } else if (!moments.isEmpty()) {
            reset(pick(moments));
        }
    }

    private void transact(String branch) throws SQLException {
        Connection peer = peer(branch);
        try (Connection connection = connect(branch)) {
            connection.setAutoCommit(false);
            for (int i = 1 + random.nextInt(MOST_STATEMENTS); i > 0; i--) {
                if (random.nextBoolean()) {
                    ask(branch, connection, peer);
                } else {
                    String write = RandomSql.write(random);
                    int[] values = RandomSql.values(random);
                    did(branch + ": " + write + " <- " + Arrays.toString(values));
                    same(RandomSql.write(connection, write, values), RandomSql.write(peer, write, values));
                }
            }
            boolean commits = random.nextInt(5) > 0;
            did(branch + (commits ? ": commit" : ": rollback"));
            if (commits) {
                connection.commit();
                peer.commit();
            } else {
                connection.rollback();
                peer.rollback();
            }
            ask(branch, connection, peer);
            peer.rollback();
        }
    }

    private void ask(String branch, Connection connection, Connection peer) throws SQLException {
        String query = RandomSql.query(random);
        int value = random.nextInt(RandomSql.IDS);
        did(branch + ": " + query + " <- " + value);
        same(RandomSql.rows(connection, query, value), RandomSql.rows(peer, query, value));
    }

    private void remember(String branch) throws SQLException {
        Connection peer = peer(branch);
        Map<String, List<String>> answers = new HashMap<>();
        for (String query : RandomSql.QUERIES) {
            answers.put(query, RandomSql.rows(peer, query, VALUE_THEN));
        }
        Lsn lsn = open().resolve(new Ref.Head(branch)).orElseThrow();
        did(branch + ": remembered at " + lsn);
        moments.add(new Moment(branch, lsn, contents(peer, "t"), contents(peer, "u"), answers));
    }

    private static List<String> contents(Connection peer, String table) throws SQLException {
        return RandomSql.rows(peer, "select * from " + table + " order by id", 0);
    }

    private void askThePast(Moment moment) throws SQLException {
        try (Connection connection = connect(moment.branch() + "@" + moment.lsn())) {
            for (int i = 0; i < MOST_STATEMENTS; i++) {
                String query = RandomSql.query(random);
                did(moment.branch() + "@" + moment.lsn() + ": " + query);
                same(
                        RandomSql.rows(connection, query, VALUE_THEN),
                        Objects.requireNonNull(moment.answers().get(query)));
            }
        }
    }

    private void fork(String from) throws SQLException {
        String branch = "b" + ++named;
        did("fork " + branch + " from " + from);
        open().createBranch(branch, from);
        Connection peer = newPeer(branch);
        RandomSql.createTables(peer);
        fill(peer, contents(peer(from), "t"), contents(peer(from), "u"));
    }

    private void delete(String branch) throws SQLException {
        did("delete " + branch);
        open().deleteBranch(branch);
        peer(branch).close();
        peers.remove(branch);
        moments.removeIf(moment -> moment.branch().equals(branch));
    }

    private void reset(Moment to) throws SQLException {
        did("reset " + to.branch() + " to " + to.lsn());
        open().resetBranch(to.branch(), to.lsn());
        moments.removeIf(
                moment -> moment.branch().equals(to.branch()) && moment.lsn().compareTo(to.lsn()) > 0);
        fill(peer(to.branch()), to.t(), to.u());
    }

    private static void fill(Connection peer, List<String> t, List<String> u) throws SQLException {
        try (Statement statement = peer.createStatement()) {
            fill(statement, "t", t);
            fill(statement, "u", u);
        }
        peer.commit();
    }

    private static void fill(Statement statement, String table, List<String> rows) throws SQLException {
        statement.execute("delete from " + table);
        for (String row : rows) {
            statement.execute("insert into " + table + " values (" + row.substring(1, row.length() - 1) + ")");
        }
    }

    private void did(String what) {
        done.add(what);
    }

    private void same(Object actual, Object expected) {
        assertThat(actual).as(() -> String.join("\n", done)).isEqualTo(expected);
    }

    private Connection connect(String ref) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:argon:" + location);
        connection.unwrap(ArgonConnection.class).checkout(Ref.parse(ref));
        return connection;
    }

    private Connection newPeer(String branch) throws SQLException {
        Connection peer = DriverManager.getConnection("jdbc:h2:mem:" + name + "-" + branch);
        peer.setAutoCommit(false);
        peers.put(branch, peer);
        return peer;
    }

    private Connection peer(String branch) {
        return Objects.requireNonNull(peers.get(branch));
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
