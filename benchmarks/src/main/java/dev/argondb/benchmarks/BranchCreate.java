package dev.argondb.benchmarks;

import dev.argondb.Argon;
import dev.argondb.BranchOptions;
import dev.argondb.Ref;
import java.util.ArrayList;
import java.util.List;

/**
 * Goals 1 to 3: what a branch costs, in memory and on disk, with little and much data, with few and many live branches.
 *
 * <pre>benchmarks/run branch-create [--quick]</pre>
 *
 * <p>Time is that of {@link Argon#createBranch}, called in turns on the databases compared; the branches made in a turn
 * are deleted after it, unmeasured. Databases on disk are closed after they were filled and opened again, so that their rows
 * are pages; the third has ten million rows. Heap is what 100,000 live branches retain after a collection, divided by their
 * number. The yardstick of a durable branch is one write and one {@code fdatasync} of as many bytes as the log grew per
 * branch, in turns with it, in a file of the same directory.
 */
final class BranchCreate {

    private static final String FEW = "few rows";
    private static final String MANY = "many rows";
    private static final String VAST = "a hundred times as many rows";
    private static final String CROWD = "many branches";
    private static final String RAW = "append + fsync";

    private final Scale scale;
    private final Report report = new Report("branch-create");
    private final int few;
    private final int many;
    private final int vast;
    private final int crowd;

    private BranchCreate(Scale scale) {
        this.scale = scale;
        this.few = scale.pick(1_000, 1_000, 10);
        this.many = scale.pick(100_000, 100_000, 1_000);
        this.vast = scale.pick(10_000_000, 100_000, 1_000);
        this.crowd = scale.pick(100_000, 100_000, 1_000);
    }

    public static void main(String[] arguments) {
        System.out.print(run(Scale.of(arguments)));
    }

    static Report run(Scale scale) {
        return new BranchCreate(scale).measure();
    }

    private Report measure() {
        try (Scratch scratch = new Scratch()) {
            durable(scratch);
        }
        inMemory();
        return report;
    }

    private void durable(Scratch scratch) {
        int rounds = scale.pick(60, 20, 1);
        try (Subject small = Subject.reopened("file:" + scratch.path("small"), few);
                Subject large = Subject.reopened("file:" + scratch.path("large"), many);
                Subject vastly = Subject.reopened("file:" + scratch.path("vast"), vast);
                Scratch.RawFile raw = scratch.rawFile(bytesPerBranch(scratch, small))) {
            Alternation times = new Alternation()
                    .side(RAW, raw::appendAndSync)
                    .side(FEW, small::create, small::deleteCreated)
                    .side(MANY, large::create, large::deleteCreated)
                    .side(VAST, vastly::create, vastly::deleteCreated)
                    .run(scale.pick(10, 5, 0), rounds, scale.pick(25, 25, 2));
            System.out.println(new TextTable("durable", "median µs", "p99 µs")
                    .row(RAW, micros(times, RAW, 50), micros(times, RAW, 99))
                    .row("branch, %,d rows".formatted(few), micros(times, FEW, 50), micros(times, FEW, 99))
                    .row("branch, %,d rows".formatted(many), micros(times, MANY, 50), micros(times, MANY, 99))
                    .row("branch, %,d rows".formatted(vast), micros(times, VAST, 50), micros(times, VAST, 99)));
            report.atMost("durable branch / append + fsync", times.ratio(FEW, RAW), "", 2.5)
                    .atMost("durable, %,d rows".formatted(many), times.ratio(MANY, FEW), "", 1.2)
                    .atMost("durable, %,d rows".formatted(vast), times.ratio(VAST, FEW), "", 1.2);
        }
    }

    private int bytesPerBranch(Scratch scratch, Subject subject) {
        int count = 100;
        long before = scratch.sizeOf("small/log");
        for (int i = 0; i < count; i++) {
            subject.create();
        }
        int bytes = (int) ((scratch.sizeOf("small/log") - before) / count);
        subject.deleteCreated();
        System.out.println("The log grows by " + bytes + " bytes per branch.");
        System.out.println();
        return Math.max(1, bytes);
    }

    private void inMemory() {
        try (Subject small = Subject.open("mem:branch-create-small", few);
                Subject large = Subject.open("mem:branch-create-large", many);
                Subject crowded = Subject.open("mem:branch-create-crowded", few)) {
            long heap = Heap.used();
            for (int i = 0; i < crowd; i++) {
                crowded.create();
            }
            double bytes = (double) (Heap.used() - heap) / crowd;
            crowded.keepCreated();
            Alternation times = new Alternation()
                    .side(FEW, small::create, small::deleteCreated)
                    .side(MANY, large::create, large::deleteCreated)
                    .side(CROWD, crowded::create, crowded::deleteCreated)
                    .run(scale.pick(100, 60, 0), scale.pick(300, 100, 2), scale.pick(500, 500, 10));
            System.out.println(new TextTable("in memory", "median µs", "p99 µs")
                    .row("branch, %,d rows".formatted(few), micros(times, FEW, 50), micros(times, FEW, 99))
                    .row("branch, %,d rows".formatted(many), micros(times, MANY, 50), micros(times, MANY, 99))
                    .row("branch, %,d branches".formatted(crowd), micros(times, CROWD, 50), micros(times, CROWD, 99)));
            report.atMost("in memory", times.micros(FEW), " µs", 5)
                    .atMost("heap per branch", bytes, " B", 1024)
                    .atMost("in memory, 100 times the rows", times.ratio(MANY, FEW), "", 1.2)
                    .atMost("in memory, %,d live branches".formatted(crowd), times.ratio(CROWD, FEW), "", 1.2);
        }
    }

    private static String micros(Alternation times, String side, double percent) {
        return Report.number(times.micros(side, percent));
    }

    /** A database with rows, in which branches are made. Confined to one thread. */
    private static final class Subject implements AutoCloseable {
        private static final Ref MAIN = Ref.parse(Argon.MAIN);

        private final Argon argon;
        private final List<String> created = new ArrayList<>();
        private int names;

        private Subject(Argon argon) {
            this.argon = argon;
        }

        static Subject open(String location, int rows) {
            Subject subject = new Subject(Argon.open(location));
            try (Sql sql = Sql.open("jdbc:argon:" + location)) {
                sql.createItems(rows);
            }
            return subject;
        }

        /** Opens a file database whose rows were written by an earlier opening. */
        static Subject reopened(String location, int rows) {
            open(location + ";sync=relaxed", rows).close();
            return new Subject(Argon.open(location));
        }

        void create() {
            String name = "feature-" + names++;
            argon.createBranch(name, MAIN, BranchOptions.DEFAULT);
            created.add(name);
        }

        void deleteCreated() {
            created.forEach(argon::deleteBranch);
            created.clear();
        }

        void keepCreated() {
            created.clear();
        }

        @Override
        public void close() {
            String location = argon.location();
            argon.close();
            if (location.startsWith("mem:")) {
                Argon.discard(location);
            }
        }
    }
}
