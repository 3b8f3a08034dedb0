package dev.argondb.benchmarks;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.argondb.Argon;
import dev.argondb.benchmarks.shop.Shop;
import dev.argondb.benchmarks.shop.Shop.Part;
import dev.argondb.benchmarks.shop.Shop.Size;
import jakarta.persistence.EntityManagerFactory;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.cfg.Configuration;

/**
 * Goal 4: one Hibernate program on Argon in memory and on plain in-memory H2, part by part.
 *
 * <pre>benchmarks/run jpa-workload [--quick]</pre>
 *
 * <p>Both sides run {@link Shop} with the same seed on the same Hibernate, the same dialect, the same settings and the
 * same pool (HikariCP as it comes: ten connections, auto-commit on, as Spring Boot sets it up); they differ in the JDBC
 * URL alone, and their answers are compared. A round opens a fresh database on each side, runs a small program to warm
 * the query plans, then runs the parts in lockstep: a part on one side, the same part on the other, the sides taking
 * turns in going first. Measured is wall time; a ratio is the median over the rounds of Argon's time divided by H2's of
 * the same round. The column {@code cpu} gives the same ratio of the thread's processor time, which other load on the
 * machine does not disturb as much.
 *
 * <p>{@code ARGON_BENCHMARK_JVM='-Dargon.benchmark.only=argon'} runs one side alone, for a profiler.
 */
final class JpaWorkload {

    private static final String H2 = "h2";
    private static final String ARGON = "argon";

    private final Size size;
    private final int warmUps;
    private final int rounds;
    private final List<Contestant> contestants;

    JpaWorkload(Scale scale, List<Contestant> contestants) {
        this.size = SIZE.times(scale.pick(15, 10, 1));
        this.warmUps = scale.pick(3, 2, 0);
        this.rounds = scale.pick(15, 5, 1);
        this.contestants = contestants;
    }

    /** The peer. */
    static final Contestant IN_MEMORY_H2 = new Contestant(H2, "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1");

    private static final List<Contestant> SIDES = List.of(IN_MEMORY_H2, new Contestant(ARGON, "jdbc:argon:mem:%s"));
    private static final Size SIZE = new Size(400, 500, 200, 1, 500, 4, 100);
    private static final Size WARM_UP = new Size(100, 50, 10, 1, 50, 1, 5);

    public static void main(String[] arguments) {
        Scale scale = Scale.of(arguments);
        String only = System.getProperty("argon.benchmark.only", "");
        if (only.isEmpty()) {
            System.out.print(run(scale));
        } else {
            new JpaWorkload(
                            scale,
                            SIDES.stream()
                                    .filter(one -> one.name().equals(only))
                                    .toList())
                    .measureAlone();
        }
    }

    static Report run(Scale scale) {
        return new JpaWorkload(scale, SIDES).compare(new Report("jpa-workload"), Part.values());
    }

    /** A side: a name, and a JDBC URL with a place for the database's name. */
    record Contestant(String name, String url) {

        /** Returns the side of Argon over a URL. */
        static Contestant argon(String url) {
            return new Contestant(ARGON, url);
        }

        boolean isOnDisk() {
            return url.contains(":file:");
        }
    }

    private List<Map<String, Map<Part, Time>>> measure() {
        List<Map<String, Map<Part, Time>>> measured = new ArrayList<>();
        for (int round = -warmUps; round < rounds; round++) {
            Map<String, Map<Part, Time>> times = runRound(round);
            if (round >= 0) {
                measured.add(times);
            }
        }
        return measured;
    }

    private Map<String, Map<Part, Time>> runRound(int round) {
        List<Contestant> order = new ArrayList<>(contestants);
        if (round % 2 != 0) {
            Collections.reverse(order);
        }
        List<Run> runs = order.stream().map(one -> new Run(one, round, size)).toList();
        try {
            System.gc();
            for (Part part : Part.values()) {
                runs.forEach(run -> run.run(part));
                checkAnswers(part, runs);
                if (part == Part.INSERT && runs.stream().anyMatch(run -> run.contestant.isOnDisk())) {
                    runs.forEach(Run::reopenAndWarm);
                }
            }
        } finally {
            runs.forEach(Run::close);
        }
        Map<String, Map<Part, Time>> times = new HashMap<>();
        runs.forEach(run -> times.put(run.contestant.name(), run.times));
        return times;
    }

    private static void checkAnswers(Part part, List<Run> runs) {
        long distinct =
                runs.stream().map(run -> run.answers.get(part)).distinct().count();
        if (distinct != 1) {
            throw new IllegalStateException("the sides disagree on `" + part.label() + "`: "
                    + runs.stream()
                            .map(run -> run.contestant.name() + " " + run.answers.get(part))
                            .toList());
        }
    }

    /** What a part took, in nanoseconds. */
    private record Time(long wall, long cpu) {}

    /** The program of one round on a fresh database of one contestant. */
    private static final class Run implements AutoCloseable {

        private final Contestant contestant;
        private final String url;
        private HikariDataSource pool;
        private EntityManagerFactory factory;
        private final Shop shop;
        private final Map<Part, Time> times = new EnumMap<>(Part.class);
        private final Map<Part, Long> answers = new EnumMap<>(Part.class);

        Run(Contestant contestant, int round, Size size) {
            this.contestant = contestant;
            this.url = contestant.url().formatted("round" + (round + 1000));
            warmPlans();
            this.pool = pool(url);
            this.factory = factory(pool, "create");
            this.shop = new Shop(factory, size, 42);
        }

        /** Lets Hibernate's and the database's plans of this program be made and compiled before anything is measured. */
        private void warmPlans() {
            String warmUrl = url.replaceFirst("round", "warm");
            try (HikariDataSource warmPool = pool(warmUrl);
                    EntityManagerFactory warmFactory = factory(warmPool, "create")) {
                Shop warm = new Shop(warmFactory, WARM_UP, 7);
                for (Part part : Part.values()) {
                    warm.run(part);
                }
            }
            discard(warmUrl);
        }

        /** Closes a database on disk and opens it again, so that what was inserted is pages; then reads all of it once. */
        void reopenAndWarm() {
            if (contestant.isOnDisk()) {
                factory.close();
                pool.close();
                pool = pool(url);
                factory = factory(pool, "none");
                shop.reopened(factory);
            }
            shop.readAll();
        }

        void run(Part part) {
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long start = System.nanoTime();
            long answer = shop.run(part);
            long wall = System.nanoTime() - start;
            times.put(part, new Time(wall, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu));
            answers.put(part, answer);
        }

        @Override
        public void close() {
            factory.close();
            pool.close();
            discard(url);
        }

        private static HikariDataSource pool(String url) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url);
            return new HikariDataSource(config);
        }

        private static EntityManagerFactory factory(HikariDataSource pool, String ddl) {
            Configuration configuration = new Configuration();
            Shop.ENTITIES.forEach(configuration::addAnnotatedClass);
            configuration.getProperties().put("hibernate.connection.datasource", pool);
            return configuration
                    .setProperty("hibernate.hbm2ddl.auto", ddl)
                    .setProperty("hibernate.jdbc.batch_size", "50")
                    .setProperty("hibernate.order_inserts", "true")
                    .setProperty("hibernate.order_updates", "true")
                    .buildSessionFactory();
        }

        private static void discard(String url) {
            if (url.startsWith("jdbc:h2:")) {
                try (Connection connection = DriverManager.getConnection(url)) {
                    connection.createStatement().execute("shutdown");
                } catch (SQLException e) {
                    throw new IllegalStateException("cannot shut down `" + url + "`", e);
                }
            } else if (url.startsWith("jdbc:argon:mem:")) {
                Argon.discard(url.substring("jdbc:argon:".length()));
            }
        }
    }

    /** Measures; the figures are those of the given parts. */
    Report compare(Report report, Part... judged) {
        List<Map<String, Map<Part, Time>>> measured = measure();
        TextTable table = new TextTable("part", "h2 ms", "argon ms", "ratio", "cpu");
        double logs = 0;
        for (Part part : Part.values()) {
            double ratio = ratio(measured, part, true);
            logs += List.of(judged).contains(part) ? Math.log(ratio) : 0;
            table.row(
                    part.label(),
                    millis(measured, H2, part),
                    millis(measured, ARGON, part),
                    Report.number(ratio),
                    Report.number(ratio(measured, part, false)));
        }
        report.atMost("geometric mean of the ratios", Math.exp(logs / judged.length), "", 0.6);
        for (Part part : judged) {
            report.atMost(part.label(), ratio(measured, part, true), "", 1.0);
        }
        System.out.println(table);
        return report;
    }

    private void measureAlone() {
        List<Map<String, Map<Part, Time>>> measured = measure();
        String name = contestants.get(0).name();
        TextTable table = new TextTable("part", name + " ms");
        for (Part part : Part.values()) {
            table.row(part.label(), millis(measured, name, part));
        }
        System.out.println(table);
    }

    private static double ratio(List<Map<String, Map<Part, Time>>> measured, Part part, boolean wall) {
        Samples ratios = new Samples();
        for (Map<String, Map<Part, Time>> round : measured) {
            Time argon = time(round, ARGON, part);
            Time h2 = time(round, H2, part);
            ratios.add(wall ? (double) argon.wall() / h2.wall() : (double) argon.cpu() / h2.cpu());
        }
        return ratios.median();
    }

    private static String millis(List<Map<String, Map<Part, Time>>> measured, String name, Part part) {
        Samples samples = new Samples();
        measured.forEach(round -> samples.add(time(round, name, part).wall() / 1e6));
        return Report.number(samples.median());
    }

    private static Time time(Map<String, Map<Part, Time>> round, String name, Part part) {
        return requireNonNull(requireNonNull(round.get(name)).get(part));
    }
}
