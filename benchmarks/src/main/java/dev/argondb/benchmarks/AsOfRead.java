package dev.argondb.benchmarks;

import dev.argondb.Argon;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.CollectionView;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.work.UnitOfWork;
import dev.argondb.orm.jdbc.ArgonConnection;
import dev.argondb.orm.jdbc.ArgonDataSource;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Goal 6: reads at random moments of a long history.
 *
 * <pre>benchmarks/run as-of-read [--quick]</pre>
 *
 * <p>A file database gets a table of a million rows with a secondary index, then a million commits of one changed row
 * each (loaded with {@code sync=relaxed}), and is opened anew. A <em>warm</em> read is of a random row at the LSN of a
 * random commit, in the database that has been reading for a while: through the engine's API; over JDBC on one kept
 * connection that checks out {@code main@LSN} each time; and over JDBC with a new connection {@code ?at=main@LSN} each
 * time. A <em>cold</em> read is the first one after the database was closed and opened again in the same process: nothing
 * of it is on the heap, but the files may be in the page cache of the operating system, which no program can empty
 * without the rights of an administrator. Every answer is checked against a model. The peer is an audit table with the
 * primary key (id, revision) in a file database of H2, which knows the past of this one table only.
 *
 * <p>A scan sums the prices of all rows. It is measured at the head, at one old LSN again and again, and, apart, for the
 * first time at an LSN that nobody asked for before.
 */
final class AsOfRead {

    private static final String ENGINE = "engine";
    private static final String CHECKOUT = "JDBC, checkout";
    private static final String CONNECT = "JDBC, new connection";
    private static final String HEAD = "JDBC, head";
    private static final String AUDIT = "h2 audit table";
    private static final String SCAN_HEAD = "scan, head";
    private static final String SCAN_PAST = "scan, old lsn";
    private static final String SCAN_FIRST = "scan, first at an lsn";
    private static final String SUM =
            "select sum(price) from item where id <> ?"; // H2 answers a repeated query from memory
    private static final String PRICE = "select price from item where id = ?";

    private final Scale scale;
    private final PriceHistory history;
    private final SplittableRandom random = new SplittableRandom(7);
    private final Report report = new Report("as-of-read");

    private AsOfRead(Scale scale) {
        this.scale = scale;
        this.history = new PriceHistory(scale.pick(1_000_000, 20_000, 200), scale.pick(1_000_000, 20_000, 200));
    }

    public static void main(String[] arguments) {
        System.out.print(run(Scale.of(arguments)));
    }

    static Report run(Scale scale) {
        return new AsOfRead(scale).measure();
    }

    private Report measure() {
        try (Scratch scratch = new Scratch();
                AuditTable peer = new AuditTable("jdbc:h2:file:" + scratch.path("audit"))) {
            String location = "file:" + scratch.path("argon");
            long start = System.nanoTime();
            history.load(location + ";sync=relaxed", peer);
            System.out.printf(
                    "Loaded in %s s: %s MB in Argon, %s MB in H2.%n%n",
                    Report.number((System.nanoTime() - start) / 1e9),
                    Report.number(scratch.sizeOf("argon") / 1e6),
                    Report.number(scratch.sizeOf("audit.mv.db") / 1e6));
            try (Reader reader = new Reader(location)) {
                warmReads(reader, peer);
                scans(reader);
            }
            coldReads(location);
            return report;
        }
    }

    private void warmReads(Reader reader, AuditTable peer) {
        Alternation times = new Alternation()
                .side(ENGINE, () -> check(reader::inEngine))
                .side(CHECKOUT, () -> check(reader::byCheckout))
                .side(CONNECT, () -> check(reader::byConnection))
                .side(HEAD, () -> reader.atHead(random.nextInt(history.rows())))
                .side(AUDIT, () -> check(peer::cents))
                .run(scale.pick(10, 5, 0), scale.pick(20, 10, 1), scale.pick(100, 20, 5));
        TextTable table = new TextTable("a row at a random lsn, warm", "median µs", "p99 µs");
        for (String side : new String[] {ENGINE, CHECKOUT, CONNECT, HEAD, AUDIT}) {
            table.row(side, Report.number(times.micros(side)), Report.number(times.micros(side, 99)));
        }
        System.out.println(table);
        report.atMost("warm, JDBC by checkout", times.micros(CHECKOUT) / 1000, " ms", 1)
                .atMost("warm, JDBC by a new connection", times.micros(CONNECT) / 1000, " ms", 1)
                .atMost("warm, engine", times.micros(ENGINE) / 1000, " ms", 1)
                .note("warm, engine, p99", times.micros(ENGINE, 99) / 1000, " ms")
                .note("JDBC by checkout / h2 audit table", times.ratio(CHECKOUT, AUDIT), "")
                .note("JDBC by checkout / at the head", times.ratio(CHECKOUT, HEAD), "");
    }

    /** A read of a price in cents at an LSN. */
    @FunctionalInterface
    private interface Read {
        long cents(int item, long lsn);
    }

    private void check(Read read) {
        int item = random.nextInt(history.rows());
        long lsn = history.anyLsn(random);
        long cents = read.cents(item, lsn);
        if (cents != history.cents(item, lsn)) {
            throw new IllegalStateException(
                    "item " + item + " at lsn " + lsn + " has " + cents + " cents, not " + history.cents(item, lsn));
        }
    }

    private void scans(Reader reader) {
        long old = history.anyLsn(random);
        requireSum(reader.sumAt(old), old);
        Alternation times = new Alternation()
                .side(SCAN_HEAD, () -> reader.sumAtHead())
                .side(SCAN_PAST, () -> reader.sumAt(old))
                .side(SCAN_FIRST, () -> reader.sumAt(history.anyLsn(random)))
                .run(scale.pick(3, 3, 0), scale.pick(10, 10, 1), scale.pick(1, 3, 1));
        System.out.println(new TextTable("scan of all rows", "median ms")
                .row(SCAN_HEAD, Report.number(times.micros(SCAN_HEAD) / 1000))
                .row(SCAN_PAST, Report.number(times.micros(SCAN_PAST) / 1000))
                .row(SCAN_FIRST, Report.number(times.micros(SCAN_FIRST) / 1000)));
        report.atMost("scan at an old lsn / at the head", times.ratio(SCAN_PAST, SCAN_HEAD), "", 1.1)
                .note("first scan at an lsn / at the head", times.ratio(SCAN_FIRST, SCAN_HEAD), "");
    }

    private void requireSum(long sum, long lsn) {
        if (sum != history.sum(lsn)) {
            throw new IllegalStateException(
                    "the prices at lsn " + lsn + " sum up to " + sum + ", not " + history.sum(lsn));
        }
    }

    private void coldReads(String location) {
        Samples open = new Samples();
        Samples engine = new Samples();
        Samples jdbc = new Samples();
        for (int round = 0; round < scale.pick(40, 10, 2); round++) {
            long start = System.nanoTime();
            try (Reader reader = new Reader(location)) {
                long opened = System.nanoTime();
                check(round % 2 == 0 ? reader::inEngine : reader::byCheckout);
                (round % 2 == 0 ? engine : jdbc).add((System.nanoTime() - opened) / 1e6);
                open.add((opened - start) / 1e6);
            }
        }
        System.out.println(new TextTable("after opening anew", "median ms", "p99 ms")
                .row("open", Report.number(open.median()), Report.number(open.percentile(99)))
                .row("first read, engine", Report.number(engine.median()), Report.number(engine.percentile(99)))
                .row("first read, JDBC", Report.number(jdbc.median()), Report.number(jdbc.percentile(99))));
        report.atMost("cold, engine", engine.median(), " ms", 10)
                .atMost("cold, JDBC", jdbc.median(), " ms", 10)
                .note("open", open.median(), " ms");
    }

    /** An open database with one connection at its head and one that goes to the past. Confined to one thread. */
    private static final class Reader implements AutoCloseable {
        private final String url;
        private final ArgonDataSource source;
        private final ArgonDatabase database;
        private final int itemTable;
        private final Connection head;
        private final ArgonConnection past;
        private final PreparedStatement priceAtHead;
        private final PreparedStatement priceInPast;
        private long neverAnId;

        Reader(String location) {
            this.url = "jdbc:argon:" + location;
            this.source = new ArgonDataSource(url);
            try {
                this.database = source.unwrap(ArgonDatabase.class);
                this.itemTable = idOfItems(database);
                this.head = source.getConnection();
                this.past = source.getConnection().unwrap(ArgonConnection.class);
                this.priceAtHead = head.prepareStatement(PRICE);
                this.priceInPast = past.prepareStatement(PRICE);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static int idOfItems(ArgonDatabase database) {
            CollectionState items = database.state(Ref.parse(Argon.MAIN)).collection("item");
            if (items == null) {
                throw new IllegalStateException("no table `item`");
            }
            return items.schema().id();
        }

        private static Ref moment(long lsn) {
            return new Ref.AtLsn(Argon.MAIN, new Lsn(lsn));
        }

        long inEngine(int item, long lsn) {
            UnitOfWork unit = database.beginReadOnly(moment(lsn));
            try {
                CollectionView items = unit.view(itemTable);
                Record row = items.get((long) item);
                if (row == null) {
                    throw new IllegalStateException("no item " + item + " at lsn " + lsn);
                }
                return cents(items.format().values(row.document()).get("price"));
            } finally {
                unit.rollback();
            }
        }

        private static long cents(@Nullable Object price) {
            if (price instanceof BigDecimal number) {
                return number.unscaledValue().longValueExact();
            }
            throw new IllegalStateException("`" + price + "` is no price");
        }

        long byCheckout(int item, long lsn) {
            try {
                past.checkout(moment(lsn));
                priceInPast.setLong(1, item);
                return Sql.cents(priceInPast);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        long byConnection(int item, long lsn) {
            try (Sql sql = Sql.open(url + "?at=" + moment(lsn))) {
                return sql.call(connection -> {
                    try (PreparedStatement price = connection.prepareStatement(PRICE)) {
                        price.setLong(1, item);
                        return Sql.cents(price);
                    }
                });
            }
        }

        long atHead(int item) {
            try {
                priceAtHead.setLong(1, item);
                return Sql.cents(priceAtHead);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        long sumAtHead() {
            return sum(head);
        }

        long sumAt(long lsn) {
            try {
                past.checkout(moment(lsn));
                return sum(past);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private long sum(Connection connection) {
            try (PreparedStatement sum = connection.prepareStatement(SUM)) {
                sum.setLong(1, --neverAnId);
                return Sql.cents(sum);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                head.close();
                past.close();
                source.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
