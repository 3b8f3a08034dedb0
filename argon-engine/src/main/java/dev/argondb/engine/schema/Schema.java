package dev.argondb.engine.schema;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The schema of one state.
 *
 * <p>Immutable. Two states share one instance exactly as long as no commit between them touched the schema, so identity
 * tells whether it changed.
 */
public final class Schema {

    /** The schema of a database without tables. */
    public static final Schema EMPTY = new Schema(Map.of());

    private final TreeMap<Integer, SchemaObject> objects;

    /** Makes a schema of objects by their ids. */
    public Schema(Map<Integer, SchemaObject> objects) {
        this.objects = new TreeMap<>(objects);
    }

    /** Returns all objects, by id. */
    public Collection<SchemaObject> objects() {
        return objects.values();
    }

    /** Returns the object of an id, or null. */
    public @Nullable SchemaObject object(int id) {
        return objects.get(id);
    }

    /** Returns what the collection of an id looks like, or null where there is none. */
    public @Nullable CollectionSchema collection(int id) {
        SchemaObject object = objects.get(id);
        return object == null ? null : object.collection();
    }
}
