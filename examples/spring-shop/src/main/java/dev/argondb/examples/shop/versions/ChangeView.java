package dev.argondb.examples.shop.versions;

import dev.argondb.DocumentDiff;
import dev.argondb.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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
    private static final Set<String> INTERNAL = Set.of("version", "id", "form_key");

    static ChangeView of(DocumentDiff diff, ThingNames names) {
        return new ChangeView(
                words(diff.collection()),
                label(diff, names),
                kind(diff.operation()),
                fields(diff.changedFields(), diff.before(), diff.after(), names));
    }

    static List<FieldView> fields(
            Iterable<String> fields, Map<String, ?> before, Map<String, ?> after, ThingNames names) {
        List<FieldView> views = new ArrayList<>();
        for (String field : fields) {
            if (!INTERNAL.contains(field) && !Objects.equals(before.get(field), after.get(field))) {
                views.add(
                        new FieldView(ThingNames.field(field), side(before, field, names), side(after, field, names)));
            }
        }
        return views;
    }

    private static String side(Map<String, ?> document, String field, ThingNames names) {
        return document.isEmpty() ? "" : names.value(field, document.get(field));
    }

    static String kind(Operation operation) {
        return switch (operation) {
            case INSERT -> "added";
            case DELETE -> "removed";
            case UPDATE -> "changed";
        };
    }

    /** Returns what people call a document: its name, which a change may be about, else its number. */
    private static String label(DocumentDiff diff, ThingNames names) {
        Object name = diff.before().getOrDefault("name", diff.after().get("name"));
        return name == null ? names.name(diff.collection(), diff.documentId()) : name.toString();
    }

    static String words(String name) {
        return name.replace('_', ' ');
    }
}
