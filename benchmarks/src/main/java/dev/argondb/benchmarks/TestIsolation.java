package dev.argondb.benchmarks;

import dev.argondb.Argon;
import dev.argondb.BranchOptions;
import dev.argondb.Ref;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Goal 9: what it costs to give one test data of its own.
 *
 * <pre>benchmarks/run test-isolation [--quick]</pre>
 *
 * <p>A test is five inserts, an update, a query and a commit over JDBC. On Argon it gets a branch with private sequences,
 * opens a connection on it, runs, closes it and drops the branch; all of that is measured, with a fixture of 1,000 rows,
 * with one of 100,000, and in two threads at once. Beside it stand what people do today: a fresh in-memory H2 database
 * with the 1,000 rows inserted, and a shared H2 database with a rollback at the end, where the test must not commit. The
 * p99 of the latter is the control: above a millisecond it says that other processes had the processor, not the test.
 */
final class TestIsolation {

    private static final String BRANCH = "argon branch";
    private static final String BRANCH_LARGE = "argon branch, 100 times the fixture";
    private static final String FRESH = "h2 fresh + seed";
    private static final String ROLLBACK = "h2 rollback (hides commits)";

    private final Scale scale;
    private final int rows;
    private final AtomicInteger names = new AtomicInteger();

    private TestIsolation(Scale scale) {
        this.scale = scale;
        this.rows = scale.pick(1_000, 1_000, 50);
    }

    public static void main(String[] arguments) {
        System.out.print(run(Scale.of(arguments)));
    }

    static Report run(Scale scale) {
        return new TestIsolation(scale).measure();
    }

    private Report measure() {
        try (Fixture small = Fixture.open("mem:test-isolation-small", rows);
                Fixture large = Fixture.open("mem:test-isolation-large", rows * 100);
                Sql shared = Sql.open("jdbc:h2:mem:shared")) {
            shared.createItems(rows);
            Alternation times = new Alternation()
                    .side(BRANCH, () -> onBranch(small))
                    .side(BRANCH_LARGE, () -> onBranch(large))
                    .side(ROLLBACK, () -> rolledBack(shared))
                    .run(scale.pick(50, 40, 0), scale.pick(100, 40, 1), scale.pick(100, 50, 2));
            Alternation fresh = new Alternation()
                    .side(FRESH, this::onFreshDatabase)
                    .run(scale.pick(20, 10, 0), scale.pick(50, 20, 1), 2);
            Parallel parallel = inParallel(small);
            print(times, fresh, parallel);
            return report(times, fresh, parallel)
                    .note("p99 of processor time / 1000 µs", processorMicros(small) / 1000, "");
        }
    }

    private void onBranch(Fixture fixture) {
        String name = "test-" + names.incrementAndGet();
        fixture.argon.createBranch(name, Fixture.MAIN, BranchOptions.PRIVATE_SEQUENCES);
        try (Sql sql = Sql.open(fixture.url + "?branch=" + name)) {
            sql.inTransaction(TestIsolation::test);
        }
        fixture.argon.deleteBranch(name);
    }

    /** Returns the 99th percentile of the processor time of tests, which no other process can lengthen, in microseconds. */
    private double processorMicros(Fixture fixture) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Samples micros = new Samples();
        for (int test = 0; test < scale.pick(5000, 2000, 5); test++) {
            long start = threads.getCurrentThreadCpuTime();
            onBranch(fixture);
            micros.add((threads.getCurrentThreadCpuTime() - start) / 1e3);
        }
        return micros.percentile(99);
    }

    private void onFreshDatabase() {
        try (Sql sql = Sql.open("jdbc:h2:mem:fresh-" + names.incrementAndGet())) {
            sql.createItems(rows);
            sql.inTransaction(TestIsolation::test);
        }
    }

    private static void rolledBack(Sql shared) {
        shared.call(connection -> {
            connection.setAutoCommit(false);
            long result = test(connection);
            connection.rollback();
            connection.setAutoCommit(true);
            return result;
        });
    }

    private static long test(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into item (id, name, price) values (?, ?, 1.00)")) {
            for (int i = 1; i <= 5; i++) {
                insert.setLong(1, -i);
                insert.setString(2, "new item");
                insert.executeUpdate();
            }
        }
        try (PreparedStatement update = connection.prepareStatement("update item set price = ? where id = ?")) {
            update.setBigDecimal(1, BigDecimal.TEN);
            update.setLong(2, 7);
            update.executeUpdate();
        }
        long found = Sql.number(connection, "select count(*) from item where name = 'new item'");
        if (found != 5) {
            throw new IllegalStateException("a test sees the rows of another one: " + found + " instead of 5");
        }
        return found;
    }

    /** Runs rounds of tests in two threads at once; the time of a round is a percentile of its tests, in microseconds. */
    private Parallel inParallel(Fixture fixture) {
        Parallel rounds = new Parallel(new Samples(), new Samples());
        int warmUps = scale.pick(20, 10, 0);
        for (int round = 0; round < warmUps + scale.pick(100, 40, 1); round++) {
            Samples tests = roundInParallel(fixture, scale.pick(50, 50, 3));
            if (round >= warmUps) {
                rounds.medians().add(tests.median());
                rounds.p99s().add(tests.percentile(99));
            }
        }
        return rounds;
    }

    /** The medians and 99th percentiles of rounds of tests, in microseconds. */
    private record Parallel(Samples medians, Samples p99s) {}

    private Samples roundInParallel(Fixture fixture, int testsPerThread) {
        Samples own = new Samples();
        Samples others = new Samples();
        Thread thread = new Thread(() -> runTests(fixture, testsPerThread, others));
        thread.start();
        runTests(fixture, testsPerThread, own);
        join(thread);
        own.addAll(others);
        if (own.count() != 2 * testsPerThread) {
            throw new IllegalStateException("a parallel test failed: " + own.count() + " ended");
        }
        return own;
    }

    private void runTests(Fixture fixture, int tests, Samples micros) {
        for (int test = 0; test < tests; test++) {
            long start = System.nanoTime();
            onBranch(fixture);
            micros.add((System.nanoTime() - start) / 1e3);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void print(Alternation times, Alternation fresh, Parallel parallel) {
        TextTable table = new TextTable("one test", "median µs", "p99 µs");
        for (String side : List.of(BRANCH, BRANCH_LARGE, ROLLBACK)) {
            table.row(side, Report.number(times.micros(side)), Report.number(times.micros(side, 99)));
        }
        table.row(
                "argon branch, two threads",
                Report.number(parallel.medians().median()),
                Report.number(parallel.p99s().median()));
        System.out.println(
                table.row(FRESH, Report.number(fresh.micros(FRESH)), Report.number(fresh.micros(FRESH, 99))));
        System.out.printf(
                Locale.ROOT,
                "A branch is %.0f times faster than a fresh database.%n%n",
                fresh.micros(FRESH) / times.micros(BRANCH));
    }

    private static Report report(Alternation times, Alternation fresh, Parallel parallel) {
        return new Report("test-isolation")
                .atMost("median / 200 µs", times.micros(BRANCH) / 200, "", 1)
                .atMost("p99 / 1000 µs", times.micros(BRANCH, 99) / 1000, "", 1)
                .atMost("100 times the fixture: median / 200 µs", times.micros(BRANCH_LARGE) / 200, "", 1)
                .atMost("two threads: p99 / 1000 µs", parallel.p99s().median() / 1000, "", 1)
                .atMost("median / h2 fresh + seed", times.micros(BRANCH) / fresh.micros(FRESH), "", 1)
                .note("control: p99 of h2 rollback / 1000 µs", times.micros(ROLLBACK, 99) / 1000, "");
    }

    /** A database whose main branch is what every test starts from. */
    private static final class Fixture implements AutoCloseable {
        private static final Ref MAIN = Ref.parse(Argon.MAIN);

        private final Argon argon;
        private final String url;

        private Fixture(String location) {
            this.argon = Argon.open(location);
            this.url = "jdbc:argon:" + location;
        }

        static Fixture open(String location, int rows) {
            Fixture fixture = new Fixture(location);
            try (Sql sql = Sql.open(fixture.url)) {
                sql.createItems(rows);
            }
            return fixture;
        }

        @Override
        public void close() {
            String location = argon.location();
            argon.close();
            Argon.discard(location);
        }
    }
}
