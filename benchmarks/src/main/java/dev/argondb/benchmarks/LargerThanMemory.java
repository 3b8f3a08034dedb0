package dev.argondb.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Goal 10: a table much larger than the heap, and opening it.
 *
 * <pre>benchmarks/run larger-than-memory [--quick]</pre>
 *
 * <p>Each side runs in Java processes of its own ({@link Readings}) with a heap of 256 MiB (64 MiB in the quick form): it
 * inserts ten million rows of 120 bytes and more, in commits of 1,000, with {@code sync=relaxed} on Argon and H2's own
 * default; then, in another process, reads single rows at random, ranges of 1,000 rows, changes single rows at random, 10
 * to a commit, and joins and groups the rows of ten of 10,000 sensors, which a secondary index finds. The peer is a file
 * database of H2 (MVStore), as it comes; both sides must give the same answers. The payload is random text, so that no
 * compression makes it small.
 *
 * <p>Opening is measured with a hundredth, a tenth and all of the rows, in a process of its own that has opened, read and
 * closed another database before, so that no class is loaded while the clock runs: from {@code getConnection} to the end of
 * it, and, apart, to the first row read.
 */
final class LargerThanMemory {

    private static final String ARGON = "argon";
    private static final String H2 = "h2";

    private final Scale scale;
    private final String heap;
    private final int rows;
    private final Report report = new Report("larger-than-memory");

    private LargerThanMemory(Scale scale) {
        this.scale = scale;
        this.heap = scale.pick("256m", "64m", "64m");
        this.rows = scale.pick(10_000_000, 200_000, 2_000);
    }

    public static void main(String[] arguments) {
        System.out.print(run(Scale.of(arguments)));
    }

    static Report run(Scale scale) {
        return new LargerThanMemory(scale).measure();
    }

    private Report measure() {
        try (Scratch scratch = new Scratch()) {
            List<Map<String, Double>> opened = new ArrayList<>();
            for (int size : new int[] {rows / 100, rows / 10}) {
                String url = url(scratch, ARGON, size);
                fork("load", url, size);
                opened.add(fork("open", url, size));
            }
            Map<String, Map<String, Double>> sides = new LinkedHashMap<>();
            for (String side : new String[] {ARGON, H2}) {
                sides.put(side, side(scratch, side));
                System.out.println(side + ": " + sides.get(side));
            }
            opened.add(fork("open", url(scratch, ARGON, rows), rows));
            report(opened, sides, fork("open", url(scratch, H2, rows), rows));
            return report;
        }
    }

    private static String url(Scratch scratch, String side, int size) {
        String path = scratch.path(side + size).toString();
        return side.equals(H2) ? "jdbc:h2:file:" + path : "jdbc:argon:file:" + path + ";sync=relaxed";
    }

    private Map<String, Double> side(Scratch scratch, String side) {
        String url = url(scratch, side, rows);
        Map<String, Double> results = new LinkedHashMap<>(fork("load", url, rows));
        results.putAll(fork("work", url, rows));
        String file = side.equals(H2) ? H2 + rows + ".mv.db" : ARGON + rows;
        results.put("bytes", (double) scratch.sizeOf(file));
        return results;
    }

    private Map<String, Double> fork(String phase, String url, int size) {
        int calls = scale.pick(20_000, 2_000, 20);
        return Fork.run(Readings.class, heap, phase, url, Integer.toString(size), Integer.toString(calls));
    }

    private void report(
            List<Map<String, Double>> opened, Map<String, Map<String, Double>> sides, Map<String, Double> openH2) {
        TextTable opening = new TextTable("open, -Xmx" + heap, "ms", "with first row, ms");
        int size = rows / 100;
        for (Map<String, Double> one : opened) {
            opening.row("argon, %,d rows".formatted(size), number(one, "open"), number(one, "first row"));
            size *= 10;
        }
        opening.row("h2, %,d rows".formatted(rows), number(openH2, "open"), number(openH2, "first row"));
        System.out.println(opening);
        Map<String, Double> argon = sides.getOrDefault(ARGON, Map.of());
        Map<String, Double> h2 = sides.getOrDefault(H2, Map.of());
        TextTable table = new TextTable("%,d rows, -Xmx%s".formatted(rows, heap), "h2", "argon", "ratio");
        argon.keySet().stream()
                .filter(name -> !name.startsWith("answer"))
                .forEach(name -> table.row(
                        name,
                        number(h2, name),
                        number(argon, name),
                        Report.number(Fork.of(argon, name) / Fork.of(h2, name))));
        System.out.println(table);
        requireSameAnswers(argon, h2);
        double smallest = Fork.of(opened.get(0), "open");
        double largest = Fork.of(opened.get(2), "open");
        report.atMost("open, %,d rows".formatted(rows), largest, " ms", 300)
                .atMost("open with the first row read", Fork.of(opened.get(2), "first row"), " ms", 300)
                .note("open, 100 times the rows", largest / smallest, "")
                .note("rows", rows, "")
                .note("data, encoded as text", Fork.of(argon, "data, MB"), " MB");
        for (String name :
                new String[] {"insert, µs/row", "point read, µs", "range read, µs", "update, µs", "join, ms"}) {
            report.note(name + ": argon / h2", Fork.of(argon, name) / Fork.of(h2, name), "");
        }
    }

    private static String number(Map<String, Double> results, String name) {
        return Report.number(Fork.of(results, name));
    }

    private static void requireSameAnswers(Map<String, Double> argon, Map<String, Double> h2) {
        argon.keySet().stream().filter(name -> name.startsWith("answer")).forEach(name -> {
            if (Fork.of(argon, name) != Fork.of(h2, name)) {
                throw new IllegalStateException(
                        "the sides disagree on `" + name + "`: " + argon.get(name) + " and " + h2.get(name));
            }
        });
    }
}
