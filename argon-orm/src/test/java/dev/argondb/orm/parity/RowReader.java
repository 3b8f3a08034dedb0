package dev.argondb.orm.parity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns a result set into an answer. Rows are kept twice: exactly, null apart from any text, which is what two databases are
 * compared by; and as scripts render them, which is what a database and a script are compared by.
 */
final class RowReader {

    private static final int SAMPLE_ROWS = 12;
    private static final String NULL = "NULL";

    private final Step.Query query;
    private final List<String> exact = new ArrayList<>();
    private final List<List<String>> rendered = new ArrayList<>();

    private RowReader(Step.Query query) {
        this.query = query;
    }

    static Answer.Rows read(Step.Query query, ResultSet rows) throws SQLException {
        RowReader reader = new RowReader(query);
        List<Answer.Column> columns = columns(rows.getMetaData());
        while (rows.next()) {
            reader.add(rows, columns.size());
        }
        return reader.answer(columns);
    }

    private static List<Answer.Column> columns(ResultSetMetaData columns) throws SQLException {
        List<Answer.Column> list = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            list.add(new Answer.Column(columns.getColumnLabel(i), columns.getColumnTypeName(i)));
        }
        return list;
    }

    private void add(ResultSet rows, int columns) throws SQLException {
        StringBuilder row = new StringBuilder();
        List<String> values = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
            String value = rows.getString(i);
            row.append(i == 1 ? "" : " | ").append(value == null ? NULL : "`" + value + "`");
            values.add(rendered(type(i), value));
        }
        exact.add(row.toString());
        rendered.add(values);
    }

    private char type(int column) {
        return column <= query.types().length() ? query.types().charAt(column - 1) : 'T';
    }

    private Answer.Rows answer(List<Answer.Column> columns) {
        if (query.sort() != SortMode.NOSORT) {
            exact.sort(null);
        }
        return new Answer.Rows(
                columns,
                exact.size(),
                Digest.sha256(String.join("\n", exact)),
                Expected.of(query.sort().order(rendered)),
                List.copyOf(exact.subList(0, Math.min(SAMPLE_ROWS, exact.size()))));
    }

    /** Returns a value as scripts write it. */
    static String rendered(char type, @Nullable String value) {
        if (value == null) {
            return NULL;
        }
        return switch (type) {
            case 'I' -> number(value).setScale(0, RoundingMode.DOWN).toPlainString();
            case 'R' -> String.format(Locale.ROOT, "%.3f", number(value));
            default -> value.isEmpty() ? "(empty)" : printable(value);
        };
    }

    private static BigDecimal number(String value) {
        return switch (value) {
            case "TRUE" -> BigDecimal.ONE;
            case "FALSE" -> BigDecimal.ZERO;
            default -> new BigDecimal(value);
        };
    }

    private static String printable(String value) {
        return value.replaceAll("[^ -~]", "@");
    }
}
