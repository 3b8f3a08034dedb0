package dev.argondb.benchmarks;

import dev.argondb.benchmarks.spring.Isolation;
import java.io.PrintStream;
import java.util.Map;
import java.util.Objects;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What {@link SpringTestIsolation} does in a process of its own: the tests of one way to isolate them, run by Jupiter. First one test
 * that is not counted, which starts the context; then the tests; then tests that do nothing.
 *
 * <p>Confined to one thread.
 */
final class IsolationSuite {

    static final String BRANCH = "@ArgonBranch";
    static final String ROLLBACK = "@Transactional (hides commits)";
    static final String CLEAN_UP = "@Sql clean-up";
    static final String NOTHING = "nothing";
    static final String DIRTIES = "@DirtiesContext";
    static final String POSTGRES = "PostgreSQL template";

    /** What the names of results begin with: tests, and those that do nothing. */
    private static final String TEST = "test ";

    static final String IDLE = "idle ";

    private static final Map<String, Class<?>> SIDES = Map.of(
            BRANCH, Isolation.OnBranch.class,
            ROLLBACK, Isolation.RolledBack.class,
            CLEAN_UP, Isolation.CleanedUp.class,
            NOTHING, Isolation.NotIsolated.class,
            DIRTIES, Isolation.FreshContext.class,
            POSTGRES, Isolation.OnPostgresCopy.class);

    private final Class<?> tests;
    private final int rows;

    private IsolationSuite(String side, int rows) {
        this.tests = Objects.requireNonNull(SIDES.get(side), side);
        this.rows = rows;
    }

    /** Runs {@code SIDE ROWS TESTS IDLE-TESTS}, and tells of each test how many milliseconds it took. */
    public static void main(String[] arguments) {
        PrintStream results = System.out;
        System.setOut(System.err); // what the application logs is no result
        IsolationSuite suite = new IsolationSuite(arguments[0], Integer.parseInt(arguments[1]));
        boolean isIsolated = !arguments[0].equals(NOTHING);
        suite.run(1, !isIsolated);
        int times = Integer.parseInt(arguments[2]);
        Samples tests = isIsolated ? suite.run(times, false) : suite.warmUp(times);
        Samples idle = suite.run(Integer.parseInt(arguments[3]), true);
        System.setOut(results);
        tests.forEach((number, millis) -> Fork.tell(TEST + number, millis));
        idle.forEach((number, millis) -> Fork.tell(IDLE + number, millis));
    }

    /** Tests that nothing isolates cannot be run; those of a neighbour make Spring and Hibernate as warm as they are elsewhere. */
    private Samples warmUp(int times) {
        new IsolationSuite(CLEAN_UP, rows).run(times, false);
        return new Samples();
    }

    /** Runs the tests of the side whose name has a part, in this process, and returns what they took. */
    static String runAlone(String part, int rows, int tests) {
        String side = SIDES.keySet().stream()
                .filter(name -> name.contains(part))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("none of " + SIDES.keySet() + " has `" + part + "`"));
        Samples samples = new IsolationSuite(side, rows).run(tests, false);
        return side + ": median ms " + Report.number(samples.median()) + "\n";
    }

    /** Runs tests, and returns the milliseconds of each. */
    private Samples run(int times, boolean isIdle) {
        if (times == 0) {
            return new Samples();
        }
        Isolation.scale(times, rows, isIdle);
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tests))
                .build();
        Stopwatch stopwatch = new Stopwatch();
        LauncherFactory.create().execute(request, stopwatch);
        if (stopwatch.millis.count() != times) {
            throw new IllegalStateException(
                    "`" + tests.getSimpleName() + "` ran " + stopwatch.millis.count() + " of " + times + " tests");
        }
        return stopwatch.millis;
    }

    /** Times tests, from the end of the one before: what is made for a test before Jupiter announces it counts as well. */
    private static final class Stopwatch implements TestExecutionListener {

        private final Samples millis = new Samples();
        private long last = System.nanoTime();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            result.getThrowable().ifPresent(failure -> {
                throw new IllegalStateException("`" + test.getDisplayName() + "` failed", failure);
            });
            if (test.isTest()) {
                long now = System.nanoTime();
                millis.add((now - last) / 1e6);
                last = now;
            }
        }
    }
}
