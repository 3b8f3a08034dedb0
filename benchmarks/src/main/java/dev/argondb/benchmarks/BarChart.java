package dev.argondb.benchmarks;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;

/** Horizontal bars of positive values on a logarithmic scale, as text and as SVG. Immutable. */
final class BarChart {

    private static final int MAX_BAR_CHARS = 50;
    private static final int MAX_BAR_PIXELS = 480;
    private static final int LABEL_PIXELS = 240;
    private static final int ROW_PIXELS = 28;

    private final String title;
    private final Map<String, Double> bars;
    private final double least;
    private final double most;

    BarChart(String title, Map<String, Double> bars) {
        this.title = title;
        this.bars = bars;
        this.least = Collections.min(bars.values()) / 2;
        this.most = Collections.max(bars.values());
    }

    /** Returns how much of the width a bar takes, from 0 to 1. */
    private double share(double value) {
        return Math.log(value / least) / Math.log(most / least);
    }

    @Override
    public String toString() {
        int width = bars.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder(title).append('\n');
        bars.forEach((label, value) -> text.append(label)
                .append(" ".repeat(width - label.length() + 1))
                .append("#".repeat(Math.max(1, (int) Math.round(share(value) * MAX_BAR_CHARS))))
                .append(' ')
                .append(Report.number(value))
                .append('\n'));
        return text.toString();
    }

    String toSvg() {
        int height = (bars.size() + 1) * ROW_PIXELS;
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"860\" height=\""
                + height + "\" font-family=\"sans-serif\" font-size=\"13\">\n");
        svg.append("<text x=\"4\" y=\"18\" font-weight=\"bold\">").append(title).append("</text>\n");
        int y = ROW_PIXELS;
        for (Map.Entry<String, Double> bar : bars.entrySet()) {
            svg.append(row(bar.getKey(), bar.getValue(), y));
            y += ROW_PIXELS;
        }
        return svg.append("</svg>\n").toString();
    }

    private String row(String label, double value, int y) {
        double width = share(value) * MAX_BAR_PIXELS;
        return String.format(
                Locale.ROOT,
                "<text x=\"4\" y=\"%d\">%s</text><rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"20\" fill=\"#4477aa\"/>"
                        + "<text x=\"%.0f\" y=\"%d\">%s</text>%n",
                y + 15,
                label,
                LABEL_PIXELS,
                y,
                width,
                LABEL_PIXELS + width + 6,
                y + 15,
                Report.number(value));
    }
}
