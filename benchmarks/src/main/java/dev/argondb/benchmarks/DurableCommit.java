package dev.argondb.benchmarks;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Goal 5: durable commits of one row, one after the other and from eight threads at once.
 *
 * <pre>benchmarks/run durable-commit [--quick]</pre>
 *
 * <p>Each call is one auto-committed insert by a prepared statement over JDBC, in turns on Argon and on H2 with a file
 * database and {@code WRITE_DELAY=0}. Mind what H2 promises there: it hands each commit to the operating system but does
 * not sync (no {@code fsync} is seen by strace), so its commits survive a killed process, not a power cut; the row
 * {@code h2, synced} adds {@code CHECKPOINT SYNC} to each insert, which is the promise that Argon makes. The yardstick is
 * one write and one {@code fdatasync} of as many bytes as Argon's log grew per insert. Throughput is that of eight
 * threads with a connection each, inserting into one table of one branch.
 */
final class DurableCommit {

    private static final String ARGON = "argon";
    private static final String H2 = "h2, WRITE_DELAY=0";
    private static final String H2_SYNCED = "h2, synced";
    private static final String RAW = "append + fsync";
    private static final int THREADS = 8;

    private final Scale scale;
    private final Report report = new Report("durable-commit");

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
        try (Scratch scratch = new Scratch()) {
            String argonUrl = "jdbc:argon:file:" + scratch.path("argon");
            String h2Url = "jdbc:h2:file:" + scratch.path("h2") + ";WRITE_DELAY=0";
            String syncedUrl = "jdbc:h2:file:" + scratch.path("h2-synced") + ";WRITE_DELAY=0";
            try (Till argon = Till.create(argonUrl);
                    Till h2 = Till.create(h2Url);
                    Till synced = Till.create(syncedUrl);
                    Scratch.RawFile raw = scratch.rawFile(bytesPerInsert(scratch, argon))) {
                oneByOne(argon, h2, synced, raw);
                allAtOnce(argon, h2);
            }
        }
        return report;
    }

    private int bytesPerInsert(Scratch scratch, Till argon) {
        int count = 100;
        long before = scratch.sizeOf("argon");
        for (int i = 0; i < count; i++) {
            argon.insert();
        }
        int bytes = (int) ((scratch.sizeOf("argon") - before) / count);
        System.out.println("Argon's log grows by " + bytes + " bytes per insert.");
        System.out.println();
        return Math.max(1, bytes);
    }

    private void oneByOne(Till argon, Till h2, Till synced, Scratch.RawFile raw) {
        Alternation times = new Alternation()
                .side(RAW, raw::appendAndSync)
                .side(ARGON, argon::insert)
                .side(H2, h2::insert)
                .side(H2_SYNCED, synced::insertAndSync)
                .run(scale.pick(20, 8, 0), scale.pick(60, 25, 1), scale.pick(50, 25, 2));
        TextTable table = new TextTable("one connection", "median µs", "p99 µs");
        for (String side : List.of(RAW, ARGON, H2, H2_SYNCED)) {
            table.row(side, Report.number(times.micros(side)), Report.number(times.micros(side, 99)));
        }
        System.out.println(table);
        System.out.println("argon / h2, synced: " + Report.number(times.ratio(ARGON, H2_SYNCED)));
        System.out.println();
        report.atMost("auto-commit / H2 with WRITE_DELAY=0", times.ratio(ARGON, H2), "", 1.2)
                .atMost("auto-commit / append + fsync", times.ratio(ARGON, RAW), "", 1.3);
    }

    private void allAtOnce(Till argon, Till h2) {
        int rounds = scale.pick(9, 4, 1);
        int inserts = scale.pick(400, 200, 5);
        Samples ratios = new Samples();
        Samples argonRates = new Samples();
        Samples h2Rates = new Samples();
        for (int round = 0; round <= rounds; round++) {
            double argonRate = argon.insertsPerSecond(THREADS, inserts);
            double h2Rate = h2.insertsPerSecond(THREADS, inserts);
            if (round > 0) {
                argonRates.add(argonRate);
                h2Rates.add(h2Rate);
                ratios.add(argonRate / h2Rate);
            }
        }
        System.out.println(new TextTable(THREADS + " threads", "commits/s")
                .row(ARGON, Report.number(argonRates.median()))
                .row(H2, Report.number(h2Rates.median())));
        report.atLeast("throughput of 8 threads / H2's", ratios.median(), "", 3);
    }

    /** A database with a table that sales are inserted into, over one connection or several. */
    private static final class Till implements AutoCloseable {
        private static final String INSERT = "insert into sale (product, price) values (?, 9.99)";

        private final String url;
        private final Sql sql;
        private final PreparedStatement insert;
        private int count;

        private Till(String url, Sql sql) {
            this.url = url;
            this.sql = sql;
            this.insert = sql.call(connection -> connection.prepareStatement(INSERT));
        }

        static Till create(String url) {
            Sql sql = Sql.open(url);
            sql.execute("create table sale (id bigint generated by default as identity primary key,"
                    + " product varchar(40) not null, price numeric(10, 2) not null)");
            return new Till(url, sql);
        }

        void insert() {
            sql.call(connection -> insertOne(insert, "product " + count++));
        }

        void insertAndSync() {
            insert();
            sql.execute("checkpoint sync");
        }

        private static int insertOne(PreparedStatement insert, String product) throws SQLException {
            insert.setString(1, product);
            return insert.executeUpdate();
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
                    own.call(connection -> insertOne(statement, "product"));
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
