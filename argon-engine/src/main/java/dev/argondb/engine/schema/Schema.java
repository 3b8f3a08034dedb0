package dev.argondb.engine.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The schema of one state.
 *
 * <p>Immutable. States share one instance as long as no commit between them touched the schema; one that was read anew from
 * storage is another instance, which equals it.
 */
public final class Schema {

    /** The collection that holds the schema's own documents. */
    public static final int COLLECTION_ID = 1;

    /** The first id that an object of the layer above may have. */
    public static final int FIRST_OBJECT_ID = 16;

    /** The schema of a database without tables. */
    public static final Schema EMPTY = new Schema(Map.of());

    private final TreeMap<Integer, SchemaObject> objects;
    private final Map<Integer, List<Reference>> references = new HashMap<>();
    private int hash; // 0 until it is asked for

    /**
     * A foreign key as its parent sees it.
     *
     * @param childId the collection that references
     * @param key the foreign key
     */
    public record Reference(int childId, ForeignKeySpec key) {}

    /** Makes a schema of objects by their ids. */
    public Schema(Map<Integer, SchemaObject> objects) {
        this.objects = new TreeMap<>(objects);
        for (SchemaObject object : this.objects.values()) {
            if (object.collection() != null) {
                addReferences(object.collection());
            }
        }
    }

    private void addReferences(CollectionSchema child) {
        for (ForeignKeySpec key : child.foreignKeys()) {
            references.computeIfAbsent(key.parentId(), id -> new ArrayList<>()).add(new Reference(child.id(), key));
        }
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

    /** Returns the foreign keys that reference a collection. */
    public List<Reference> references(int parentId) {
        return references.getOrDefault(parentId, List.of());
    }

    /** Returns whether the other schema has the same objects: states under either are read in the same way. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Schema schema
                        && hashCode() == schema.hashCode()
                        && objects.equals(schema.objects));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = objects.hashCode();
            hash = known;
        }
        return known;
    }
}
