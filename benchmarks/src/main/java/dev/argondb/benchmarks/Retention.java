package dev.argondb.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Goal 13: retention while users work.
 *
 * <pre>benchmarks/run retention [--quick]</pre>
 *
 * <p>Two file databases get the same table and the same work ({@link Traffic}): one keeps a window of history, the other all
 * of it. They take turns, a slice of the same number of commits each, so that both have the machine to themselves and end
 * with the same number of commits. Two threads change rows of 1 KB, a commit each, every commit synced, with a pause of half
 * a millisecond after each; one reads at the head, one in the past of half the window, and one holds a transaction open
 * over each slice, longer than the window, and must see the same sums all the time. Commit times are percentiles of a
 * slice, and of these the median over the slices.
 *
 * <p>What the disk does to anybody stands beside them: in turns with the slices, a thread appends as many bytes as a commit
 * takes to a file of its own, syncs it and pauses as the writers do. While the writers work, the sizes of both directories are
 * looked at a hundred times a slice.
 *
 * <p>In the end the writers stop, the window passes, and both databases take a snapshot and retain. Unreachable is by how much the database that keeps everything is
 * larger than a third one that holds the live rows alone; gone is by how much it is larger than the one with the window
 * (more than all of it where pages, which are compressed, replace the log).
 */
final class Retention {

    /** About what a commit of {@link Traffic} takes in the log: the row after it, and its text before. */
    private static final int COMMIT_BYTES = 2_200;

    private final Scale scale;
    private final int rows;
    private final Duration window;

    private Retention(Scale scale) {
        this.scale = scale;
        this.rows = scale.pick(20_000, 2_000, 50);
        this.window = scale.pick(Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofMillis(500));
    }

    public static void main(String[] arguments) {
        System.out.print(run(Scale.of(arguments)));
    }

    static Report run(Scale scale) {
        return new Retention(scale).measure();
    }

    private Report measure() {
        try (Scratch scratch = new Scratch()) {
            Side reclaiming = new Side("with retention", new ArrayList<>(), new Samples());
            Side keeping = new Side("all history", new ArrayList<>(), new Samples());
            Side raw = new Side("append + fsync", new ArrayList<>(), new Samples());
            long errors;
            try (Traffic some = new Traffic("some", location(scratch, "some") + ";retention=" + window, window, rows);
                    Traffic all = new Traffic("all", location(scratch, "all"), window, rows)) {
                some.waitForWindow();
                int commits = scale.pick(5_000, 1_000, 20);
                takeTurns(List.of(
                        reclaiming.of(some, commits, scratch), keeping.of(all, commits, scratch), () -> raw.slices()
                                .add(append(scratch, commits))));
                some.settle();
                all.settle();
                try (Sql live = Sql.open("jdbc:argon:" + location(scratch, "live"))) {
                    some.copyLiveRows(live);
                }
                errors = some.errors() + all.errors();
            }
            return report(reclaiming, keeping, raw, errors, scratch);
        }
    }

    /** Appends as a writer that commits does; returns how long that took. */
    private static Samples append(Scratch scratch, int times) {
        Samples samples = new Samples();
        try (Scratch.RawFile file = scratch.rawFile(COMMIT_BYTES)) {
            for (int i = 0; i < times; i++) {
                long start = System.nanoTime();
                file.appendAndSync();
                samples.add(System.nanoTime() - start);
                Traffic.pause(Traffic.PAUSE_NANOS);
            }
        }
        return samples;
    }

    private static String location(Scratch scratch, String name) {
        return "file:" + scratch.path(name);
    }

    /** One of them, its commits in nanoseconds, slice by slice, and the sizes of its directory while it was written to. */
    private record Side(String name, List<Samples> slices, Samples bytes) {

        Runnable of(Traffic traffic, int commits, Scratch scratch) {
            return () -> slices.add(traffic.slice(commits, () -> bytes.add(scratch.sizeOf(traffic.name()))));
        }

        double micros(double percent) {
            return micros(slice -> slice.percentile(percent));
        }

        double micros(Function<Samples, Double> figure) {
            Samples figures = new Samples();
            slices.forEach(slice -> figures.add(figure.apply(slice) / 1e3));
            return figures.median();
        }

        private String[] row(double finalBytes) {
            return new String[] {
                name,
                Report.number(finalBytes / 1e6),
                Report.number(bytes.median() / 1e6),
                Report.number(bytes.percentile(100) / 1e6),
                Report.number(bytes.last() / 1e6)
            };
        }

        double worstMicros() {
            Samples all = new Samples();
            slices.forEach(all::addAll);
            return all.percentile(100) / 1e3;
        }
    }

    private void takeTurns(List<Runnable> slices) {
        List<Runnable> order = new ArrayList<>(slices);
        for (int slice = 0; slice < scale.pick(12, 4, 1); slice++) {
            order.forEach(Runnable::run);
            Collections.reverse(order);
        }
    }

    private Report report(Side reclaiming, Side keeping, Side raw, long errors, Scratch scratch) {
        TextTable table = new TextTable("commit", "median µs", "p99 µs", "max µs");
        for (Side side : List.of(reclaiming, keeping, raw)) {
            table.row(
                    side.name(),
                    Report.number(side.micros(Samples::median)),
                    Report.number(side.micros(slice -> slice.percentile(99))),
                    Report.number(side.worstMicros()));
        }
        System.out.println(table);
        double some = scratch.sizeOf("some");
        double all = scratch.sizeOf("all");
        double live = scratch.sizeOf("live");
        System.out.println(new TextTable("directory", "MB", "while written, median", "max", "last")
                .row(reclaiming.row(some))
                .row(keeping.row(all))
                .row("live rows alone", Report.number(live / 1e6), "", "", ""));
        return new Report("retention")
                .atMost("commit with retention, p99", reclaiming.micros(slice -> slice.percentile(99)) / 1000, " ms", 5)
                .atLeast("unreachable bytes gone", (all - some) / (all - live) * 100, " %", 95)
                .atMost("errors on any connection", errors, "", 0)
                .note("append + fsync alone, p99", raw.micros(99) / 1000, " ms")
                .note("commit without retention, p99", keeping.micros(99) / 1000, " ms")
                .note("commit p99: with / without retention", reclaiming.micros(99) / keeping.micros(99), "")
                .note(
                        "directory at the last slice: with / without",
                        reclaiming.bytes().last() / keeping.bytes().last(),
                        "")
                .note(
                        "commit: with / without retention",
                        reclaiming.micros(Samples::median) / keeping.micros(Samples::median),
                        "")
                .note("commit with retention, max", reclaiming.worstMicros() / 1000, " ms")
                .note("commit without retention, max", keeping.worstMicros() / 1000, " ms");
    }
}
