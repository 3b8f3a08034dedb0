package dev.argondb.examples.shop.versions;

import dev.argondb.DocumentDiff;
import dev.argondb.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one thing differs between two states, for people.
 *
 * <p>Immutable.
 *
 * @param kind {@code added}, {@code removed} or {@code changed}
 */
public record ChangeView(String collection, String thing, String kind, List<FieldView> fields) {

    /** A field with its value on both sides. */
    public record FieldView(String name, String before, String after) {}

    /** Not for people: what only counts, or names other rows. */
    private static final Set<String> INTERNAL = Set.of("version", "id");

    static ChangeView of(DocumentDiff diff) {
        return new ChangeView(
                words(diff.collection()),
                label(diff.documentId(), diff.after(), diff.before()),
                kind(diff.operation()),
                fields(diff));
    }

    private static List<FieldView> fields(DocumentDiff diff) {
        return fields(diff.changedFields(), diff.before(), diff.after());
    }

    static List<FieldView> fields(Iterable<String> names, Map<String, ?> before, Map<String, ?> after) {
        List<FieldView> fields = new ArrayList<>();
        for (String name : names) {
            if (!INTERNAL.contains(name) && !Objects.equals(before.get(name), after.get(name))) {
                fields.add(new FieldView(words(name), side(before, name), side(after, name)));
            }
        }
        return fields;
    }

    private static String side(Map<String, ?> document, String field) {
        return document.isEmpty() ? "" : ValueText.of(document.get(field));
    }

    static String kind(Operation operation) {
        return switch (operation) {
            case INSERT -> "added";
            case DELETE -> "removed";
            case UPDATE -> "changed";
        };
    }

    /** Returns what people call a document: its name, else its number. */
    private static String label(Object id, Map<String, ?> after, Map<String, ?> before) {
        @Nullable Object name = after.get("name") == null ? before.get("name") : after.get("name");
        return name == null ? "no. " + id : name.toString();
    }

    static String words(String name) {
        return name.replace('_', ' ');
    }
}
