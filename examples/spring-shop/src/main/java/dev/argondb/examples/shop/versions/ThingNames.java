package dev.argondb.examples.shop.versions;

import dev.argondb.BranchScope;
import dev.argondb.Ref;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What people call the rows that keys name, in one state. Immutable. */
final class ThingNames {

    private static final List<String> NAMED = List.of("product", "category", "customer");
    private static final String KEY = "_id";

    private final Map<String, Map<Object, String>> names;

    private ThingNames(Map<String, Map<Object, String>> names) {
        this.names = names;
    }

    /** Reads the names of a state; a catalogue is small. */
    static ThingNames of(Ref ref, JdbcTemplate jdbc) {
        Map<String, Map<Object, String>> names = new HashMap<>();
        BranchScope.run(ref.toString(), () -> NAMED.forEach(table -> names.put(table, read(table, jdbc))));
        return new ThingNames(names);
    }

    private static Map<Object, String> read(String table, JdbcTemplate jdbc) {
        Map<Object, String> read = new HashMap<>();
        jdbc.query("select id, name from " + table, row -> {
            read.put(row.getLong(1), row.getString(2));
        });
        return read;
    }

    /** Returns what people call a row, else its number. */
    String name(String table, Object id) {
        return names.getOrDefault(table, Map.of()).getOrDefault(id, "no. " + id);
    }

    /** Returns a value of a field for people: of a key what it names. */
    String value(String field, @Nullable Object value) {
        return value != null && field.endsWith(KEY) && !(value instanceof Map)
                ? name(field.substring(0, field.length() - KEY.length()), value)
                : ValueText.of(value);
    }

    /** Returns what people call a field. */
    static String field(String name) {
        return (name.endsWith(KEY) ? name.substring(0, name.length() - KEY.length()) : name).replace('_', ' ');
    }
}
