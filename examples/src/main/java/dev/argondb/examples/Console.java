package dev.argondb.examples;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a demo says: numbered steps, narration, aligned tables, a progress bar, and claims that were checked.
 *
 * <p>On a terminal headings are bold and the bar moves; elsewhere both are quiet lines. Confined to one thread.
 */
final class Console {

    private static final int BAR_WIDTH = 40;
    private static final String INDENT = "   ";

    private final PrintStream out;
    private final boolean terminal;
    private int steps;
    private int claims;
    private int broken;
    private int drawn = -1;
    private boolean afterBlank;

    Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Returns the console of this process; the system property {@code argon.demo.terminal} says whether it is one. */
    static Console standard() {
        return new Console(
                new PrintStream(System.out, true, StandardCharsets.UTF_8), Boolean.getBoolean("argon.demo.terminal"));
    }

    void title(String text) {
        blank();
        line(bold(text));
    }

    void step(String heading) {
        blank();
        line(bold(++steps + "  " + heading));
    }

    void say(String format, Object... arguments) {
        String.format(Locale.ROOT, format, arguments).lines().forEach(line -> line(INDENT + line));
    }

    /** Prints a line for another process to read, at once. */
    void acknowledge(String line) {
        out.println(line);
        out.flush();
    }

    /** Leaves a line blank, unless the one before is. */
    void blank() {
        if (!afterBlank) {
            out.println();
        }
        afterBlank = true;
    }

    private void line(String text) {
        out.println(text);
        afterBlank = false;
    }

    /** Prints a table; cells of a column whose header ends in a blank are flush right. */
    void table(List<String> header, List<List<String>> rows) {
        blank();
        row(header, header, rows);
        int width = widths(header, rows).stream().mapToInt(column -> column + 2).sum() - 2;
        line(INDENT + "-".repeat(width));
        rows.forEach(row -> row(row, header, rows));
        blank();
    }

    private void row(List<String> cells, List<String> header, List<List<String>> rows) {
        List<Integer> widths = widths(header, rows);
        StringBuilder line = new StringBuilder(INDENT);
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column).strip();
            String padding = " ".repeat(widths.get(column) - cell.length());
            line.append(header.get(column).endsWith(" ") ? padding + cell : cell + padding)
                    .append("  ");
        }
        line(line.toString().stripTrailing());
    }

    private static List<Integer> widths(List<String> header, List<List<String>> rows) {
        return IntStream.range(0, header.size())
                .map(column -> Stream.concat(Stream.of(header), rows.stream())
                        .mapToInt(row -> row.get(column).strip().length())
                        .max()
                        .orElse(0))
                .boxed()
                .toList();
    }

    /** Draws how far a task has come; away from a terminal, a line for every quarter. */
    void progress(String what, int done, int all) {
        int percent = (int) (100L * done / all);
        if (terminal && percent != drawn) {
            int filled = BAR_WIDTH * percent / 100;
            out.printf(
                    Locale.ROOT,
                    "\r%s[%s%s] %3d %%  %,d of %,d rows  %-18s",
                    INDENT,
                    "#".repeat(filled),
                    ".".repeat(BAR_WIDTH - filled),
                    percent,
                    done,
                    all,
                    what);
            if (done == all) {
                out.println();
            }
        } else if (!terminal && percent / 25 != drawn / 25) {
            say("%3d %%  %,d of %,d rows", percent, done, all);
        }
        drawn = percent;
    }

    /** Says something that was checked, and remembers whether it held. */
    void claim(boolean holds, String format, Object... arguments) {
        record(holds, String.format(Locale.ROOT, format, arguments));
    }

    private void record(boolean holds, String text) {
        claims++;
        broken += holds ? 0 : 1;
        line(INDENT + (holds ? "ok    " : "WRONG ") + text);
    }

    /** Says that two things are equal, and remembers whether they are. */
    void claimEqual(Object expected, Object actual, String format, Object... arguments) {
        boolean equal = expected.equals(actual);
        String text = String.format(Locale.ROOT, format, arguments);
        record(equal, equal ? text : text + " (expected " + expected + ", found " + actual + ")");
    }

    int claims() {
        return claims;
    }

    boolean isAllRight() {
        return broken == 0;
    }

    private String bold(String text) {
        return terminal ? "\033[1m" + text + "\033[0m" : text;
    }

    /** Formats a time with the unit that suits it. */
    static String took(Duration duration) {
        double micros = duration.toNanos() / 1e3;
        if (micros < 1e3) {
            return String.format(Locale.ROOT, "%.0f µs", micros);
        }
        return micros < 1e6
                ? String.format(Locale.ROOT, "%.1f ms", micros / 1e3)
                : String.format(Locale.ROOT, "%.1f s", micros / 1e6);
    }
}
