package dev.argondb.orm.sql;

import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.SchemaObject;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The queries inside a schema's definitions: those of views, defaults, generated columns and checks. H2 has one of each for
 * all sessions of a catalog, which see the rows of different branches.
 *
 * <p>Immutable.
 *
 * @param tables the ids of the collections that such a query names, and maybe some more
 * @param runByWrites whether a definition other than a view's holds one, which a write may run
 */
record QueriesInDefinitions(Set<Integer> tables, boolean runByWrites) {

    private static final QueriesInDefinitions NONE = new QueriesInDefinitions(Set.of(), false);

    /** What no definition lacks that reads a table. */
    private static final Pattern QUERY =
            Pattern.compile("\\bSELECT\\b|\\(\\s*TABLE\\b|\\bAS\\s+TABLE\\b", Pattern.CASE_INSENSITIVE);

    /** Names that H2 writes without escapes. */
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9_ ]+");

    /** Looks through the definitions of a schema. */
    static QueriesInDefinitions of(Schema schema) {
        List<SchemaObject> definitions = schema.objects().stream()
                .filter(object -> QUERY.matcher(object.sql()).find())
                .toList();
        return definitions.isEmpty()
                ? NONE
                : new QueriesInDefinitions(
                        tables(schema, definitions), definitions.stream().anyMatch(object -> !isView(object)));
    }

    private static boolean isView(SchemaObject object) {
        return object.kind().equals(SchemaKind.VIEW.text());
    }

    private static Set<Integer> tables(Schema schema, List<SchemaObject> definitions) {
        List<String> texts = definitions.stream()
                .map(object -> object.sql().toLowerCase(Locale.ROOT))
                .toList();
        return schema.objects().stream()
                .map(SchemaObject::collection)
                .filter(Objects::nonNull)
                .filter(collection -> isNamed(collection, texts))
                .map(CollectionSchema::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isNamed(CollectionSchema collection, List<String> texts) {
        String qualified = collection.name().toLowerCase(Locale.ROOT);
        String name = qualified.substring(qualified.lastIndexOf('.') + 1);
        return !PLAIN.matcher(name).matches() || texts.stream().anyMatch(text -> text.contains(name));
    }
}
