package dev.argondb.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Goal 12, the part that a clock can measure: opening a database whose process was killed while it wrote.
 *
 * <pre>benchmarks/run recovery [--quick]</pre>
 *
 * <p>A database gets ballast (four million rows of 250 bytes). Then, round after round, a process of its own
 * ({@link RecoveryWriter}) opens it and commits from four threads, each commit synced, until it gets {@code kill -9} at a
 * random moment; measured is how long {@code getConnection} takes here after that, in a process that knows the classes.
 * Seconds per GB are those of the whole directory, log and pages; a directory of less than a GB counts as one.
 * Every commit that the process acknowledged before its end must be there with all its rows, and no other may be there in
 * part. A killed process leaves what it wrote with the operating system: power cuts are the simulation's subject.
 */
final class Recovery {

    private static final int WRITERS = 4;
    private static final double GB = 1e9;

    private final Scale scale;
    private final SplittableRandom random = new SplittableRandom(11);
    private final Samples seconds = new Samples();
    private final Samples perGigabyte = new Samples();
    private long acknowledged;
    private long lost;
    private long torn;

    private Recovery(Scale scale) {
        this.scale = scale;
    }

    public static void main(String[] arguments) {
        System.out.print(run(Scale.of(arguments)));
    }

    static Report run(Scale scale) {
        return new Recovery(scale).measure();
    }

    private Report measure() {
        try (Scratch scratch = new Scratch()) {
            String url = "jdbc:argon:file:" + scratch.path("argon");
            load(url);
            int rounds = scale.pick(30, 5, 2);
            for (int round = 0; round < rounds; round++) {
                long[] numbers = writeAndKill(url, round);
                long start = System.nanoTime();
                try (Sql sql = Sql.open(url)) {
                    opened((System.nanoTime() - start) / 1e9, scratch.sizeOf("argon"));
                    check(sql, round, numbers);
                }
            }
            System.out.println(new TextTable("%d kills".formatted(rounds), "median", "max")
                    .row("reopen, ms", Report.number(seconds.median() * 1000), Report.number(worst(seconds) * 1000))
                    .row("directory, MB", Report.number(scratch.sizeOf("argon") / 1e6), ""));
        }
        return new Report("recovery")
                .atMost("reopen after a kill, per GB, worst", worst(perGigabyte), " s", 1)
                .atMost("acknowledged commits lost", lost, "", 0)
                .atMost("commits there in part", torn, "", 0)
                .note("acknowledged commits", acknowledged, "")
                .note("reopen after a kill, median", seconds.median() * 1000, " ms");
    }

    private static double worst(Samples samples) {
        return samples.percentile(100);
    }

    private void load(String url) {
        int rows = scale.pick(4_000_000, 20_000, 500);
        try (Sql sql = Sql.open(url + ";sync=relaxed")) {
            sql.execute(RecoveryWriter.SCHEMA);
            sql.execute(RecoveryWriter.PROGRESS);
            sql.execute("create table ballast (id bigint primary key, payload varchar(300) not null)");
            for (int first = 0; first < rows; first += 1000) {
                String ids = "system_range(" + first + ", " + (Math.min(first + 1000, rows) - 1) + ")";
                sql.execute("insert into ballast (id, payload)"
                        + " select x, rawtohex(random_uuid()) || rawtohex(random_uuid()) || repeat('.', 120) from "
                        + ids);
            }
        }
    }

    /** Lets the process write for a while, kills it, and returns the last number that each writer got acknowledged. */
    private long[] writeAndKill(String url, int round) {
        long[] numbers = new long[WRITERS];
        long millis = (long) scale.pick(500, 500, 50) + random.nextInt(scale.pick(2_000, 500, 100));
        try (Fork fork =
                Fork.start(RecoveryWriter.class, "1g", url, Integer.toString(round), Integer.toString(WRITERS))) {
            String line = fork.line();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (line != null && System.nanoTime() < end) {
                acknowledge(numbers, line);
                line = fork.line();
            }
            if (line == null) {
                throw new IllegalStateException("the writing process ended by itself");
            }
            fork.kill();
            for (; line != null; line = fork.line()) {
                acknowledge(numbers, line);
            }
        }
        return numbers;
    }

    private void acknowledge(long[] numbers, String line) {
        if (line.endsWith(";")) {
            int space = line.indexOf(' ');
            numbers[Integer.parseInt(line.substring(0, space))] =
                    Long.parseLong(line.substring(space + 1, line.length() - 1));
            acknowledged++;
        }
    }

    private void opened(double took, long bytes) {
        seconds.add(took);
        perGigabyte.add(took / Math.max(1, bytes / GB));
    }

    private void check(Sql sql, int round, long[] numbers) {
        for (int writer = 0; writer < WRITERS; writer++) {
            String where = " where run = " + round + " and writer = " + writer;
            long last = sql.number("select coalesce(max(number), 0) from part" + where);
            long rows = sql.number("select count(*) from part" + where);
            long progress = sql.number("select coalesce(max(number), 0) from progress" + where);
            lost += Math.max(0, numbers[writer] - last);
            torn += rows != last * RecoveryWriter.PARTS || progress != last ? 1 : 0;
        }
    }
}
