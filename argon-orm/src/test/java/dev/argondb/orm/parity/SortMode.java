package dev.argondb.orm.parity;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** In which order the values of a result are compared. */
enum SortMode {
    /** As they came: the query orders them itself. */
    NOSORT,
    /** Row by row, the rows sorted as text. */
    ROWSORT,
    /** All values of all rows sorted as text, whatever row they were in. */
    VALUESORT;

    /** Returns the mode of a name in a script. */
    static SortMode named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Returns the values of rows, rendered, in this order. */
    List<String> order(List<List<String>> rows) {
        return switch (this) {
            case NOSORT -> rows.stream().flatMap(List::stream).toList();
            case ROWSORT ->
                rows.stream().sorted(BY_VALUES).flatMap(List::stream).toList();
            case VALUESORT -> rows.stream().flatMap(List::stream).sorted().toList();
        };
    }

    private static final Comparator<List<String>> BY_VALUES =
            (one, other) -> Arrays.compare(one.toArray(String[]::new), other.toArray(String[]::new));
}
