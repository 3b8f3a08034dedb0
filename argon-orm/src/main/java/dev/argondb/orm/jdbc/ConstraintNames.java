package dev.argondb.orm.jdbc;

import dev.argondb.ConstraintException;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.ForeignKeySpec;
import dev.argondb.engine.schema.IndexSpec;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.SchemaObject;
import java.util.Optional;

/** Finds the name of a violated constraint in a schema. */
final class ConstraintNames {

    private ConstraintNames() {}

    /** Returns the name; of a primary key that the engine checks as the collection's own key, {@code PRIMARY KEY}. */
    static String of(Schema schema, ConstraintException e) {
        for (SchemaObject object : schema.objects()) {
            CollectionSchema collection = object.collection();
            if (collection != null && e.objectId() != ForeignKeySpec.PRIMARY) {
                Optional<String> name = in(collection, e.objectId());
                if (name.isPresent()) {
                    return name.get();
                }
            }
        }
        return "PRIMARY KEY";
    }

    private static Optional<String> in(CollectionSchema collection, int id) {
        Optional<String> index = collection.indexes().stream()
                .filter(i -> i.id() == id)
                .map(IndexSpec::name)
                .findFirst();
        return index.isPresent()
                ? index
                : collection.foreignKeys().stream()
                        .filter(key -> key.id() == id)
                        .map(ForeignKeySpec::name)
                        .findFirst();
    }
}
