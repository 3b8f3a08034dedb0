package dev.argondb.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** A table of text: the first column flush left, the others flush right. Confined to one thread. */
final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... header) {
        row(header);
    }

    TextTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        appendRow(text, rows.get(0));
        text.append("-".repeat(text.length() - 1)).append('\n');
        rows.stream().skip(1).forEach(row -> appendRow(text, row));
        return text.toString();
    }

    private void appendRow(StringBuilder text, List<String> row) {
        for (int column = 0; column < row.size(); column++) {
            String padding = " ".repeat(width(column) - row.get(column).length());
            text.append(column == 0 ? row.get(column) + padding : "  " + padding + row.get(column));
        }
        text.append('\n');
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
