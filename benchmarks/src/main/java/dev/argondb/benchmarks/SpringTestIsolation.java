package dev.argondb.benchmarks;

import dev.argondb.benchmarks.spring.Isolation;
import dev.argondb.benchmarks.spring.PostgresTemplates;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
 * Goal 9 through Spring: what a test of a Spring Boot application pays for data of its own.
 *
 * <pre>benchmarks/run spring-test-isolation [--quick]</pre>
 *
 * <p>The test of {@link Isolation} is run by Jupiter and Spring's own extension, 1,000 times over a fixture of 100,000 rows, in
 * rounds that take turns: on a branch of Argon's; on H2 with {@code @Transactional} and a rollback, where the test must not commit; on H2
 * with {@code @Sql} that deletes and inserts again exactly the rows the test changes, which somebody has to know; on H2 with
 * {@code @DirtiesContext}, which makes context and fixture anew, a few times only; and on an embedded PostgreSQL (from Maven Central,
 * without fsync) with a database copied from a template. The time of a test is that between the ends of two: creating and dropping what
 * isolates it is within. Contexts that are shared start before anything is measured.
 *
 * <p>{@code ARGON_BENCHMARK_JVM='-Dargon.benchmark.only=@ArgonBranch'}, or a part of another one's name, runs it by itself, for a profiler.
 *
 * <p>Most of that time is Spring's and Hibernate's, whatever isolates the test. What isolation costs by itself is what a test that does
 * nothing takes longer than one that nothing isolates; those are run in the same rounds.
 *
 * <p>Where PostgreSQL cannot run (it refuses to as root, unless {@code unshare -U} works) the report says so and leaves it out.
 */
final class SpringTestIsolation {

    private static final String BRANCH = "@ArgonBranch";
    private static final String ROLLBACK = "@Transactional (hides commits)";
    private static final String CLEAN_UP = "@Sql clean-up";
    private static final String NOTHING = "nothing";
    private static final String DIRTIES = "@DirtiesContext";
    private static final String POSTGRES = "PostgreSQL template";

    private static final Map<String, Class<?>> IN_ROUNDS = Map.of(
            BRANCH, Isolation.OnBranch.class,
            ROLLBACK, Isolation.RolledBack.class,
            CLEAN_UP, Isolation.CleanedUp.class,
            POSTGRES, Isolation.OnPostgresCopy.class,
            NOTHING, Isolation.NotIsolated.class);

    private final Scale scale;
    private final int rows;
    private final Map<String, Samples> millis = new LinkedHashMap<>();
    /** Of tests that do nothing. */
    private final Map<String, Samples> idleMillis = new LinkedHashMap<>();

    private SpringTestIsolation(Scale scale) {
        this.scale = scale;
        this.rows = scale.pick(100_000, 100_000, 100);
    }

    public static void main(String[] arguments) {
        Scale scale = Scale.of(arguments);
        String only = System.getProperty("argon.benchmark.only");
        System.out.print(only == null ? run(scale) : runOnly(scale, only));
    }

    /** Runs one of the ways by itself, for a profiler. */
    private static String runOnly(Scale scale, String part) {
        String side = IN_ROUNDS.keySet().stream()
                .filter(name -> name.contains(part))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("none of " + IN_ROUNDS.keySet() + " has `" + part + "`"));
        Class<?> tests = tests(side);
        Samples samples = new SpringTestIsolation(scale).run(tests, scale.pick(5_000, 1_000, 2), false);
        return side + ": median ms " + Report.number(samples.median()) + "\n";
    }

    static Report run(Scale scale) {
        return new SpringTestIsolation(scale).measure();
    }

    private Report measure() {
        List<String> sides = new ArrayList<>(List.of(BRANCH, ROLLBACK, CLEAN_UP));
        if (canRunPostgres()) {
            sides.add(POSTGRES);
        }
        int rounds = scale.pick(10, 4, 1);
        for (int round = -1; round < rounds; round++) {
            Collections.rotate(sides, 1); // who comes after a server with its processes finds caches cold
            for (String side : sides) {
                measure(side, round >= 0);
            }
            measureIdle(NOTHING, scale.pick(100, 25, 2), round >= 0);
        }
        run(Isolation.FreshContext.class, 1, false);
        millis.put(DIRTIES, run(Isolation.FreshContext.class, scale.pick(5, 2, 1), false));
        print();
        return report();
    }

    private void measure(String side, boolean counts) {
        int times = scale.pick(100, 25, 2);
        Samples samples = run(tests(side), times, false);
        if (counts) {
            millis.computeIfAbsent(side, name -> new Samples()).addAll(samples);
        }
        measureIdle(side, side.equals(POSTGRES) ? times / 5 + 1 : times, counts);
    }

    private void measureIdle(String side, int times, boolean counts) {
        Samples samples = run(tests(side), times, true);
        if (counts) {
            idleMillis.computeIfAbsent(side, name -> new Samples()).addAll(samples);
        }
    }

    private static Class<?> tests(String side) {
        return Objects.requireNonNull(IN_ROUNDS.get(side));
    }

    /** Runs a class, and returns the milliseconds of its tests. */
    private Samples run(Class<?> tests, int times, boolean isIdle) {
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

    private static boolean canRunPostgres() {
        try (EmbeddedPostgres postgres = PostgresTemplates.start()) {
            return postgres.getPort() > 0;
        } catch (IOException | IllegalStateException e) {
            System.out.println("PostgreSQL is left out, it cannot run here: " + e.getMessage() + "\n");
            return false;
        }
    }

    private void print() {
        TextTable table = new TextTable("one test", "median ms", "p99 ms", "isolation, ms", "1,000 tests", "tests");
        millis.forEach((side, samples) -> table.row(
                side,
                Report.number(samples.median()),
                Report.number(samples.percentile(99)),
                idleMillis.containsKey(side) ? Report.number(isolation(side)) : "",
                seconds(samples.median()),
                String.valueOf(samples.count())));
        System.out.println(table);
        Map<String, Double> bars = new LinkedHashMap<>();
        millis.forEach((side, samples) -> bars.put(side, samples.median()));
        BarChart chart = new BarChart("milliseconds per test, logarithmic", bars);
        System.out.println(chart);
        System.out.println("the same as a picture: " + write(chart.toSvg()) + "\n");
    }

    private static String seconds(double millisPerTest) {
        return String.format(Locale.ROOT, "%,.1f s", millisPerTest);
    }

    private static Path write(String svg) {
        try {
            Path file = Path.of(System.getProperty("java.io.tmpdir"), "spring-test-isolation.svg");
            return Files.writeString(file, svg);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Report report() {
        Report report = new Report("spring-test-isolation")
                .atMost("isolation: branch / clean-up", isolation(BRANCH) / isolation(CLEAN_UP), "", 1)
                .note("isolation: branch / rollback", isolation(BRANCH) / isolation(ROLLBACK), "")
                .note("isolation: branch", isolation(BRANCH), " ms")
                .atMost("whole test: branch / clean-up", ratio(CLEAN_UP), "", 1)
                .atMost("whole test: branch / rollback, which hides commits", ratio(ROLLBACK), "", 1.5)
                .atMost("whole test: branch / context made anew", ratio(DIRTIES), "", 0.01);
        if (millis.containsKey(POSTGRES)) {
            report.atMost("whole test: branch / PostgreSQL template", ratio(POSTGRES), "", 0.1);
        }
        return report;
    }

    /** Returns how many milliseconds longer a test that does nothing takes than one that nothing isolates. */
    private double isolation(String side) {
        return idle(side) - idle(NOTHING);
    }

    private double idle(String side) {
        return idleMillis.getOrDefault(side, new Samples()).median();
    }

    private double ratio(String side) {
        return median(BRANCH) / median(side);
    }

    private double median(String side) {
        return millis.getOrDefault(side, new Samples()).median();
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
