package dev.argondb.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a benchmark found: figures beside their targets.
 *
 * <p>The last line of a printed report is {@code RESULT NAME ratio=... target=... ok|short}: ratio and target are those
 * of the headline, the first figure; {@code ok} says that every figure of the report is at or within its target.
 * Confined to one thread.
 */
final class Report {

    private final String name;
    private final List<Figure> figures = new ArrayList<>();

    Report(String name) {
        this.name = name;
    }

    /** One measured figure and the bound it should keep. */
    record Figure(String what, double value, String unit, Bound bound, double target) {
        boolean isMet() {
            return switch (bound) {
                case AT_MOST -> value <= target;
                case AT_LEAST -> value >= target;
                case NONE -> true;
            };
        }
    }

    /** On which side of a target a figure should be. */
    enum Bound {
        AT_MOST("at most"),
        AT_LEAST("at least"),
        NONE("");

        private final String words;

        Bound(String words) {
            this.words = words;
        }
    }

    Report atMost(String what, double value, String unit, double target) {
        figures.add(new Figure(what, value, unit, Bound.AT_MOST, target));
        return this;
    }

    Report atLeast(String what, double value, String unit, double target) {
        figures.add(new Figure(what, value, unit, Bound.AT_LEAST, target));
        return this;
    }

    /** Adds a figure that has no target. */
    Report note(String what, double value, String unit) {
        figures.add(new Figure(what, value, unit, Bound.NONE, 0));
        return this;
    }

    List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** Returns the table of figures and the result line. */
    @Override
    public String toString() {
        TextTable table = new TextTable("figure", "measured", "target", "");
        for (Figure figure : figures) {
            table.row(
                    figure.what(),
                    number(figure.value()) + figure.unit(),
                    figure.bound() == Bound.NONE
                            ? ""
                            : figure.bound().words + " " + number(figure.target()) + figure.unit(),
                    figure.bound() == Bound.NONE ? "" : figure.isMet() ? "ok" : "short");
        }
        return table + "\n" + resultLine() + "\n";
    }

    private String resultLine() {
        Figure headline = figures.get(0);
        boolean met = figures.stream().allMatch(Figure::isMet);
        return "RESULT %s ratio=%s target=%s %s"
                .formatted(name, number(headline.value()), number(headline.target()), met ? "ok" : "short");
    }

    /** Formats a figure: whole from a thousand on, else with two decimals; three where it is below a tenth. */
    static String number(double value) {
        String format = Math.abs(value) >= 1000 ? "%,.0f" : Math.abs(value) < 0.1 ? "%.3f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
