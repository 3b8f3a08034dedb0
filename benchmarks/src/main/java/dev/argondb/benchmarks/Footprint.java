package dev.argondb.benchmarks;

import dev.argondb.Argon;
import dev.argondb.BranchOptions;
import dev.argondb.Ref;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.TreeCursor;
import dev.argondb.orm.jdbc.ArgonDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.SplittableRandom;

/**
 * Goal 16: the bytes that branches and changed rows take.
 *
 * <pre>benchmarks/run footprint [--quick]</pre>
 *
 * <p>The bytes are those by which the files of the log grow; commits take no part in groups here, so each pays for its own
 * frame. All of that stays in one segment, which is not packed yet; then as many commits follow as seal some
 * segments, and those are packed. A row is an ordinary one (a customer of nine columns); its size is that of its document as the engine encodes it.
 * An update changes two columns of a random row. Heap per branch is what live branches of an in-memory database retain after
 * a collection.
 */
final class Footprint {

    private static final Ref MAIN = Ref.parse(Argon.MAIN);
    private static final String INSERT =
            "insert into customer (id, version, name, email, street, city, country, points, since)"
                    + " values (?, 0, ?, ?, ?, ?, ?, 0, date '2026-11-23')";
    private static final String UPDATE = "update customer set version = version + 1, points = ? where id = ?";

    private final int rows;
    private final int packedCommits;
    private final int branches;
    private final int crowd;
    private final SplittableRandom random = new SplittableRandom(3);
    private final Report report = new Report("footprint");

    private Footprint(Scale scale) {
        this.rows = scale.pick(50_000, 20_000, 200);
        this.packedCommits = scale.pick(600_000, 20_000, 200);
        this.branches = scale.pick(10_000, 2_000, 50);
        this.crowd = scale.pick(100_000, 100_000, 500);
    }

    public static void main(String[] arguments) {
        System.out.print(run(Scale.of(arguments)));
    }

    static Report run(Scale scale) {
        return new Footprint(scale).measure();
    }

    private Report measure() {
        try (Scratch scratch = new Scratch()) {
            branches(scratch);
            rows(scratch);
        }
        report.note("heap per branch", heapPerBranch(), " B");
        return report;
    }

    private void branches(Scratch scratch) {
        try (Argon argon = Argon.open("file:" + scratch.path("branches") + ";sync=relaxed")) {
            long before = scratch.sizeOf("branches/log");
            long names = 0;
            for (int i = 0; i < branches; i++) {
                String name = "feature-" + i;
                argon.createBranch(name, MAIN, BranchOptions.DEFAULT);
                names += name.length();
            }
            double bytes = (double) (scratch.sizeOf("branches/log") - before - names) / branches;
            report.atMost("log per branch, without its name", bytes, " B", 128);
        }
    }

    private void rows(Scratch scratch) {
        String location = "file:" + scratch.path("rows") + ";sync=relaxed";
        try (Sql sql = Sql.open("jdbc:argon:" + location)) {
            sql.execute("create table customer (id bigint primary key, version int not null, name varchar(60) not null,"
                    + " email varchar(80) not null, street varchar(80), city varchar(40), country char(2),"
                    + " points int not null, since date not null)");
            sql.execute("create index customer_email on customer (email)");
            long start = scratch.sizeOf("rows/log");
            for (int first = 0; first < rows; first += 1000) {
                int from = first;
                sql.inTransaction(open -> insert(open, from, Math.min(from + 1000, rows)));
            }
            double inserted = (double) (scratch.sizeOf("rows/log") - start) / rows;
            start = scratch.sizeOf("rows/log");
            sql.call(open -> update(open, rows));
            double alone = (double) (scratch.sizeOf("rows/log") - start) / rows;
            start = scratch.sizeOf("rows/log");
            for (int done = 0; done < rows; done += 100) {
                sql.inTransaction(open -> update(open, 100));
            }
            double together = (double) (scratch.sizeOf("rows/log") - start) / rows;
            double size = encodedBytes(location);
            sql.call(open -> update(open, packedCommits));
            pack(location);
            double packed = (double) scratch.sizeOf("rows/log") / (3 * rows + packedCommits);
            System.out.println(
                    new TextTable("bytes of log per row of %s bytes".formatted(Report.number(size)), "bytes", "ratio")
                            .row("inserted, 1,000 to a commit", Report.number(inserted), Report.number(inserted / size))
                            .row("updated, a commit each", Report.number(alone), Report.number(alone / size))
                            .row("updated, 100 to a commit", Report.number(together), Report.number(together / size)));
            report.atMost("log per changed row, a commit each / row", alone / size, "", 2)
                    .atMost("log per changed row, 100 to a commit / row", together / size, "", 2)
                    .atMost("log per inserted row / row", inserted / size, "", 2)
                    .atMost("all of the log, sealed segments packed, per changed row / row", packed / size, "", 2);
        }
    }

    private static int insert(Connection connection, int from, int to) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int id = from; id < to; id++) {
                insert.setLong(1, id);
                insert.setString(2, "Customer Number " + id);
                insert.setString(3, "customer." + id + "@example.org");
                insert.setString(4, id % 300 + " Long Street");
                insert.setString(5, "City of " + id % 1000);
                insert.setString(6, id % 2 == 0 ? "DE" : "FR");
                insert.addBatch();
            }
            return insert.executeBatch().length;
        }
    }

    private int update(Connection connection, int count) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            for (int i = 0; i < count; i++) {
                update.setInt(1, random.nextInt(1000));
                update.setLong(2, random.nextInt(rows));
                update.executeUpdate();
            }
        }
        return count;
    }

    /** Returns the mean size of the rows' documents. */
    private static double encodedBytes(String location) {
        try (ArgonDataSource source = new ArgonDataSource("jdbc:argon:" + location)) {
            CollectionState customers =
                    source.unwrap(ArgonDatabase.class).state(MAIN).collection("customer");
            if (customers == null) {
                throw new IllegalStateException("no table `customer` in " + location);
            }
            long bytes = 0;
            TreeCursor<Record> cursor = customers.records(KeyRange.ALL, false);
            while (cursor.next()) {
                bytes += cursor.value().document().encode().length;
            }
            return (double) bytes / customers.size();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Packs sealed segments, which the storage does by itself after a while; the newest, of up to 64 MiB, stays as it is. */
    private static void pack(String location) {
        try (ArgonDataSource source = new ArgonDataSource("jdbc:argon:" + location)) {
            ArgonDatabase database = source.unwrap(ArgonDatabase.class);
            database.snapshot();
            database.pack();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private double heapPerBranch() {
        String location = "mem:footprint";
        try (Argon argon = Argon.open(location);
                Sql sql = Sql.open("jdbc:argon:" + location)) {
            sql.createItems(100);
            long before = Heap.used();
            for (int i = 0; i < crowd; i++) {
                argon.createBranch("feature-" + i, MAIN, BranchOptions.DEFAULT);
            }
            return (double) (Heap.used() - before) / crowd;
        } finally {
            Argon.discard(location);
        }
    }
}
