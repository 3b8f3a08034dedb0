package dev.argondb.engine.state;

import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.SchemaCodec;
import dev.argondb.engine.schema.SchemaObject;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.TreeCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every collection and index of one commit.
 *
 * <p>Immutable, thread-safe.
 */
public final class DatabaseState {

    /** The state before the first commit: only the empty schema collection. */
    public static final DatabaseState EMPTY = new DatabaseState(
            0, Schema.EMPTY, new CollectionState[] {CollectionState.empty(SystemFormat.SCHEMA, new SystemFormat())});

    private final long lsn;
    private final Schema schema;
    private final CollectionIds ids;
    private final CollectionState[] collections;

    private DatabaseState(long lsn, Schema schema, CollectionState[] collections) {
        this(
                lsn,
                schema,
                new CollectionIds(Arrays.stream(collections)
                        .mapToInt(collection -> collection.schema().id())
                        .toArray()),
                collections);
    }

    private DatabaseState(long lsn, Schema schema, CollectionIds ids, CollectionState[] collections) {
        this.lsn = lsn;
        this.schema = schema;
        this.ids = ids;
        this.collections = collections;
    }

    /** Returns a state of collections by ascending id. */
    static DatabaseState of(long lsn, Schema schema, List<CollectionState> collections) {
        return new DatabaseState(lsn, schema, collections.toArray(CollectionState[]::new));
    }

    /** Returns the LSN of the commit, 0 for the empty state; of an uncommitted state, of the commit below it. */
    public long lsn() {
        return lsn;
    }

    /** Returns the schema. */
    public Schema schema() {
        return schema;
    }

    /** Returns all collections by ascending id, the schema's own first. */
    public List<CollectionState> collections() {
        return List.of(collections);
    }

    /** Returns the number of collections, the schema's own included. */
    public int count() {
        return collections.length;
    }

    /** Returns the collection at a position. */
    public CollectionState at(int position) {
        return collections[position];
    }

    /** Returns how many nodes were copied to make this state of the one it was edited from; of new collections, none. */
    public long newNodes(DatabaseState before) {
        long nodes = 0;
        for (int i = 0; i < collections.length; i++) {
            CollectionState collection = collections[i];
            int position =
                    ids == before.ids ? i : before.position(collection.schema().id());
            if (position >= 0 && before.at(position) != collection) {
                nodes += collection.newNodes(before.at(position));
            }
        }
        return nodes;
    }

    /** Returns the position of the collection of an id, negative where there is none. */
    public int position(int collectionId) {
        return ids.position(collectionId);
    }

    /** Returns the collection of an id, or null. */
    public @Nullable CollectionState collection(int id) {
        int position = position(id);
        return position < 0 ? null : collections[position];
    }

    /** Returns the collection of a name, or null. */
    public @Nullable CollectionState collection(String name) {
        for (CollectionState collection : collections) {
            if (collection.schema().name().equals(name)) {
                return collection;
            }
        }
        return null;
    }

    /** Returns this content as the state of a commit. */
    public DatabaseState at(long commitLsn) {
        return new DatabaseState(commitLsn, schema, ids, collections);
    }

    /** Returns this state with some collections exchanged; positions without a replacement are null. */
    DatabaseState with(@Nullable CollectionState[] replacements) {
        CollectionState[] changed = collections.clone();
        for (int i = 0; i < changed.length; i++) {
            CollectionState replacement = replacements[i];
            if (replacement != null) {
                changed[i] = replacement;
            }
        }
        return new DatabaseState(lsn, schema, ids, changed);
    }

    /** Returns this state with a collection added or exchanged. */
    DatabaseState with(CollectionState collection) {
        int position = position(collection.schema().id());
        CollectionState[] changed;
        if (position >= 0) {
            changed = collections.clone();
            changed[position] = collection;
        } else {
            int insertAt = -1 - position;
            changed = Arrays.copyOf(collections, collections.length + 1);
            System.arraycopy(collections, insertAt, changed, insertAt + 1, collections.length - insertAt);
            changed[insertAt] = collection;
        }
        return new DatabaseState(lsn, schema, changed);
    }

    /** Returns this state without a collection. */
    DatabaseState without(int collectionId) {
        return new DatabaseState(
                lsn,
                schema,
                Arrays.stream(collections)
                        .filter(collection -> collection.schema().id() != collectionId)
                        .toArray(CollectionState[]::new));
    }

    /**
     * Returns this state under another schema: collections of it are made or redefined, those that are not in it vanish.
     *
     * @param isChecked see {@link Redefinition#define}
     * @throws dev.argondb.ConstraintException if documents collide in a new unique index
     */
    DatabaseState under(Schema newSchema, DocumentFormat format, boolean isChecked) {
        List<CollectionState> all = new ArrayList<>();
        all.add(collections[0]);
        for (SchemaObject object : newSchema.objects()) {
            if (object.collection() != null) {
                all.add(Redefinition.define(collection(object.id()), object.collection(), format, isChecked));
            }
        }
        return new DatabaseState(lsn, newSchema, all.toArray(CollectionState[]::new));
    }

    /** Returns the schema that the documents of the schema collection say. */
    Schema storedSchema() {
        Map<Integer, SchemaObject> objects = new HashMap<>();
        TreeCursor<Record> cursor = collections[0].records(KeyRange.ALL, false);
        while (cursor.next()) {
            SchemaObject object = SchemaCodec.decode(cursor.value().document().encode());
            objects.put(object.id(), keepEqual(object));
        }
        return new Schema(objects);
    }

    private SchemaObject keepEqual(SchemaObject object) {
        SchemaObject old = schema.object(object.id());
        return old != null && old.equals(object) ? old : object;
    }

    @Override
    public String toString() {
        return "state at lsn " + lsn;
    }

    /** Returns what a collection looks like here, or null where there is none. */
    @Nullable
    CollectionSchema schemaOf(int collectionId) {
        CollectionState collection = collection(collectionId);
        return collection == null ? null : collection.schema();
    }
}
