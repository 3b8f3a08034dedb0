package dev.argondb.benchmarks;

import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Goal 5: durable commits of one row, one after the other and from eight threads at once.
 *
 * <pre>benchmarks/run durable-commit [--quick]</pre>
 *
 * <p>Each call is one auto-committed insert by a prepared statement over JDBC. H2's file database with
 * {@code WRITE_DELAY=0} hands each commit to the operating system but never syncs it (strace sees 100 writes and no
 * {@code fsync} for 100 inserts): its commits survive a killed process, not a power cut. So two promises are compared,
 * each with a side of its own kind: <em>synced</em>, Argon as it comes against H2 with {@code CHECKPOINT SYNC} after each
 * insert; and <em>written</em>, Argon with {@code sync=relaxed} against H2 with {@code WRITE_DELAY=0} alone. The yardstick
 * is one write and one {@code fdatasync} of as many bytes as Argon's log grew per insert. All take turns. Throughput is
 * that of eight threads with a connection each, inserting into one table of one branch.
 */
final class DurableCommit {

    private static final String ARGON = "argon, synced";
    private static final String H2 = "h2, synced (CHECKPOINT SYNC)";
    private static final String ARGON_WRITTEN = "argon, written (sync=relaxed)";
    private static final String H2_WRITTEN = "h2, written (WRITE_DELAY=0)";
    private static final String RAW = "append + fsync";
    private static final int THREADS = 8;

    private final Scale scale;

    private DurableCommit(Scale scale) {
        this.scale = scale;
    }

    public static void main(String[] arguments) {
        System.out.print(run(Scale.of(arguments)));
    }

    static Report run(Scale scale) {
        return new DurableCommit(scale).measure();
    }

    private Report measure() {
        try (Scratch scratch = new Scratch();
                Till argon = Till.create("jdbc:argon:file:" + scratch.path("argon"), "");
                Till relaxed = Till.create("jdbc:argon:file:" + scratch.path("relaxed") + ";sync=relaxed", "");
                Till h2 = Till.create("jdbc:h2:file:" + scratch.path("h2") + ";WRITE_DELAY=0", "checkpoint sync");
                Till written = Till.create("jdbc:h2:file:" + scratch.path("written") + ";WRITE_DELAY=0", "");
                Scratch.RawFile raw = scratch.rawFile(bytesPerInsert(scratch, argon))) {
            Map<String, Till> tills = new LinkedHashMap<>();
            tills.put(ARGON, argon);
            tills.put(H2, h2);
            tills.put(ARGON_WRITTEN, relaxed);
            tills.put(H2_WRITTEN, written);
            Alternation times = oneByOne(tills, raw);
            Map<String, List<Double>> rates = allAtOnce(tills);
            print(times, rates);
            return report(times, rates);
        }
    }

    private int bytesPerInsert(Scratch scratch, Till argon) {
        int count = 100;
        long before = scratch.sizeOf("argon/log");
        for (int i = 0; i < count; i++) {
            argon.insert();
        }
        int bytes = (int) ((scratch.sizeOf("argon/log") - before) / count);
        System.out.println("Argon's log grows by " + bytes + " bytes per insert.");
        System.out.println();
        return Math.max(1, bytes);
    }

    private Alternation oneByOne(Map<String, Till> tills, Scratch.RawFile raw) {
        Alternation times = new Alternation().side(RAW, raw::appendAndSync);
        tills.forEach((side, till) -> times.side(side, till::insert));
        return times.run(scale.pick(20, 6, 0), scale.pick(60, 20, 1), scale.pick(50, 25, 2));
    }

    /** Returns the inserts per second of each side, round by round. */
    private Map<String, List<Double>> allAtOnce(Map<String, Till> tills) {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        for (int round = 0; round <= scale.pick(9, 4, 1); round++) {
            boolean measured = round > 0;
            tills.forEach((side, till) -> {
                double rate = till.insertsPerSecond(THREADS, scale.pick(300, 100, 5));
                if (measured) {
                    rates.computeIfAbsent(side, any -> new ArrayList<>()).add(rate);
                }
            });
        }
        return rates;
    }

    private static void print(Alternation times, Map<String, List<Double>> rates) {
        TextTable table = new TextTable("one row a commit", "median µs", "p99 µs", "8 threads, commits/s");
        table.row(RAW, Report.number(times.micros(RAW)), Report.number(times.micros(RAW, 99)), "");
        rates.forEach((side, perSecond) -> {
            Samples samples = new Samples();
            perSecond.forEach(samples::add);
            table.row(
                    side,
                    Report.number(times.micros(side)),
                    Report.number(times.micros(side, 99)),
                    Report.number(samples.median()));
        });
        System.out.println(table);
    }

    private static Report report(Alternation times, Map<String, List<Double>> rates) {
        return new Report("durable-commit")
                .atMost("synced: auto-commit / H2's", times.ratio(ARGON, H2), "", 1.2)
                .atMost("synced: auto-commit / append + fsync", times.ratio(ARGON, RAW), "", 1.3)
                .atLeast("synced: throughput of 8 threads / H2's", ratio(rates, ARGON, H2), "", 3)
                .atMost("written: auto-commit / H2's", times.ratio(ARGON_WRITTEN, H2_WRITTEN), "", 1.2)
                .note("written: throughput of 8 threads / H2's", ratio(rates, ARGON_WRITTEN, H2_WRITTEN), "")
                .note("auto-commit, synced / H2's, written", times.ratio(ARGON, H2_WRITTEN), "")
                .note("throughput, synced / H2's, written", ratio(rates, ARGON, H2_WRITTEN), "");
    }

    private static double ratio(Map<String, List<Double>> rates, String side, String base) {
        List<Double> own = rates.getOrDefault(side, List.of());
        List<Double> others = rates.getOrDefault(base, List.of());
        Samples ratios = new Samples();
        for (int round = 0; round < own.size(); round++) {
            ratios.add(own.get(round) / others.get(round));
        }
        return ratios.median();
    }

    /** A database with a table that sales are inserted into, over one connection or several. */
    private static final class Till implements AutoCloseable {
        private static final String INSERT = "insert into sale (product, price) values (?, 9.99)";

        private final String url;
        private final String afterEach;
        private final Sql sql;
        private final PreparedStatement insert;

        private Till(String url, String afterEach, Sql sql) {
            this.url = url;
            this.afterEach = afterEach;
            this.sql = sql;
            this.insert = sql.call(connection -> connection.prepareStatement(INSERT));
        }

        /** Makes a database with an empty table; {@code afterEach}, if not empty, is run after each insert. */
        static Till create(String url, String afterEach) {
            Sql sql = Sql.open(url);
            sql.execute("create table sale (id bigint generated by default as identity primary key,"
                    + " product varchar(40) not null, price numeric(10, 2) not null)");
            return new Till(url, afterEach, sql);
        }

        void insert() {
            insert(sql, insert);
        }

        private void insert(Sql connection, PreparedStatement statement) {
            connection.call(open -> {
                statement.setString(1, "a product");
                return statement.executeUpdate();
            });
            if (!afterEach.isEmpty()) {
                connection.execute(afterEach);
            }
        }

        double insertsPerSecond(int threads, int insertsPerThread) {
            long before = sql.number("select count(*) from sale");
            CountDownLatch ready = new CountDownLatch(threads);
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Thread thread = new Thread(() -> insertMany(ready, go, insertsPerThread));
                thread.start();
                all.add(thread);
            }
            await(ready);
            long start = System.nanoTime();
            go.countDown();
            all.forEach(Till::join);
            double seconds = (System.nanoTime() - start) / 1e9;
            long inserted = sql.number("select count(*) from sale") - before;
            if (inserted != (long) threads * insertsPerThread) {
                throw new IllegalStateException(
                        url + " has " + inserted + " new rows of " + threads * insertsPerThread);
            }
            return inserted / seconds;
        }

        private void insertMany(CountDownLatch ready, CountDownLatch go, int inserts) {
            try (Sql own = Sql.open(url)) {
                PreparedStatement statement = own.call(connection -> connection.prepareStatement(INSERT));
                ready.countDown();
                await(go);
                for (int i = 0; i < inserts; i++) {
                    insert(own, statement);
                }
            }
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }

        @Override
        public void close() {
            sql.close();
        }
    }
}
