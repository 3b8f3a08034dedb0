package dev.argondb.benchmarks;

import static dev.argondb.benchmarks.IsolationSuite.BRANCH;
import static dev.argondb.benchmarks.IsolationSuite.CLEAN_UP;
import static dev.argondb.benchmarks.IsolationSuite.DIRTIES;
import static dev.argondb.benchmarks.IsolationSuite.NOTHING;
import static dev.argondb.benchmarks.IsolationSuite.POSTGRES;
import static dev.argondb.benchmarks.IsolationSuite.ROLLBACK;

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

/**
 * Goal 9 through Spring: what a test of a Spring Boot application pays for data of its own.
 *
 * <pre>benchmarks/run spring-test-isolation [--quick]</pre>
 *
 * <p>The test of {@link Isolation} is run by Jupiter and Spring's own extension, 1,000 times over a fixture of 100,000 rows, as a suite in
 * a process of its own ({@link IsolationSuite}), in rounds that take turns: on a branch of Argon's; on H2 with {@code @Transactional} and a
 * rollback, where the test must not commit; on H2 with {@code @Sql} that deletes and inserts again exactly the rows the test changes, which
 * somebody has to know; on an embedded PostgreSQL (from Maven Central, without fsync) with a database copied from a template; and on H2
 * with {@code @DirtiesContext}, which makes context and fixture anew, a few times only. The time of a test is that between the ends of two:
 * creating and dropping what isolates it is within. Contexts that are shared start before anything is measured.
 *
 * <p>{@code ARGON_BENCHMARK_JVM='-Dargon.benchmark.only=@ArgonBranch'}, or a part of another one's name, runs it alone, in the
 * process itself, for a profiler.
 *
 * <p>Most of that time is Spring's and Hibernate's, whatever isolates the test, in code that is mostly not compiled yet. What isolation costs by
 * itself is what a test that does nothing takes longer than one that nothing isolates; those are run at the end of each suite.
 *
 * <p>Where PostgreSQL cannot run (it refuses to as root, unless {@code unshare -U} works) the report says so and leaves it out.
 */
final class SpringTestIsolation {

    private static final String HEAP = "1g";

    private final Scale scale;
    private final int rows;
    private final Map<String, Samples> millis = new LinkedHashMap<>();
    /** Of tests that do nothing. */
    private final Map<String, Samples> idleMillis = new LinkedHashMap<>();

    private SpringTestIsolation(Scale scale) {
        this.scale = scale;
        this.rows = rows(scale);
    }

    private static int rows(Scale scale) {
        return scale.pick(100_000, 100_000, 100);
    }

    public static void main(String[] arguments) {
        Scale scale = Scale.of(arguments);
        String only = System.getProperty("argon.benchmark.only");
        System.out.print(
                only == null ? run(scale) : IsolationSuite.runAlone(only, rows(scale), scale.pick(5_000, 1_000, 2)));
    }

    static Report run(Scale scale) {
        return new SpringTestIsolation(scale).measure();
    }

    private Report measure() {
        List<String> sides = new ArrayList<>(List.of(BRANCH, ROLLBACK, CLEAN_UP, NOTHING));
        int tests = scale.pick(1_000, 250, 2);
        int rounds = scale.pick(3, 1, 1);
        for (int round = 0; round < rounds; round++) {
            Collections.rotate(sides, 1);
            for (String side : sides) {
                measure(side, tests, tests);
            }
        }
        if (canRunPostgres()) {
            int copies = scale.pick(100, 20, 2);
            measure(POSTGRES, copies, copies);
        }
        measure(DIRTIES, scale.pick(5, 2, 1), 0);
        print();
        return report();
    }

    private void measure(String side, int tests, int idleTests) {
        Map<String, Double> results = Fork.run(
                IsolationSuite.class,
                HEAP,
                side,
                Integer.toString(rows),
                Integer.toString(tests),
                Integer.toString(idleTests));
        results.forEach((name, value) -> {
            Map<String, Samples> kind = name.startsWith(IsolationSuite.IDLE) ? idleMillis : millis;
            kind.computeIfAbsent(side, any -> new Samples()).add(value);
        });
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
                seconds(samples.mean()),
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
                .atMost("whole test: branch / clean-up", ratio(CLEAN_UP), "", 1)
                .atMost("isolation: branch / clean-up", isolation(BRANCH) / isolation(CLEAN_UP), "", 1)
                .note("isolation: branch / rollback", isolation(BRANCH) / isolation(ROLLBACK), "")
                .note("isolation: branch", isolation(BRANCH), " ms")
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
}
