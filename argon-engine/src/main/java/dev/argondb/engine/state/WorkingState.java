package dev.argondb.engine.state;

import dev.argondb.engine.log.Document;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.SchemaCodec;
import dev.argondb.engine.schema.SchemaObject;
import dev.argondb.engine.tree.Keys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state that is being edited, with an undo list: the writes of a unit of work on top of what it began on.
 *
 * <p>A key of an integer collection travels as a {@code long} with a null {@code byte[]}, any other as {@code byte[]}.
 * Confined to one thread.
 */
public final class WorkingState {

    /** One step that can be taken back. */
    private sealed interface Undo {}

    private record RecordChange(
            int collectionId,
            byte @Nullable [] key,
            long longKey,
            @Nullable Record before,
            @Nullable Record after) implements Undo {}

    private record SchemaChange(DatabaseState before) implements Undo {}

    private final DocumentFormat formats;
    private final List<Undo> undo = new ArrayList<>();
    private DatabaseState current;
    private @Nullable WorkingCollection[] working;

    /** Begins on a state. */
    public WorkingState(DatabaseState base, DocumentFormat formats) {
        this.current = base;
        this.formats = formats;
        this.working = new WorkingCollection[base.count()];
    }

    /** Returns the schema, own changes included. */
    public Schema schema() {
        return current.schema();
    }

    /** Returns a collection with own writes on top. */
    public CollectionView view(int collectionId) {
        int position = position(collectionId);
        WorkingCollection edited = working[position];
        return edited != null ? edited : current.at(position);
    }

    private int position(int collectionId) {
        int position = current.position(collectionId);
        if (position < 0) {
            throw new AssertionError("no collection of id " + collectionId + " in " + current);
        }
        return position;
    }

    private WorkingCollection edit(int collectionId) {
        int position = position(collectionId);
        WorkingCollection edited = working[position];
        if (edited == null) {
            edited = new WorkingCollection(current.at(position));
            working[position] = edited;
        }
        return edited;
    }

    /** Adds a document; see {@link WorkingCollection#insert}. */
    public void insert(int collectionId, byte @Nullable [] key, long longKey, Document document) {
        WorkingCollection collection = edit(collectionId);
        Record record = new Record(document);
        collection.insert(key, longKey, record);
        undo.add(new RecordChange(collectionId, key, longKey, null, record));
    }

    /** Exchanges a document; see {@link WorkingCollection#update}. Returns false where there is none. */
    public boolean update(int collectionId, byte @Nullable [] key, long longKey, Document document) {
        WorkingCollection collection = edit(collectionId);
        Record old = collection.get(key, longKey);
        if (old == null) {
            return false;
        }
        Record record = new Record(document);
        collection.update(key, longKey, old, record);
        undo.add(new RecordChange(collectionId, key, longKey, old, record));
        return true;
    }

    /** Removes a document. Returns false where there is none. */
    public boolean delete(int collectionId, byte @Nullable [] key, long longKey) {
        WorkingCollection collection = edit(collectionId);
        Record old = collection.get(key, longKey);
        if (old == null) {
            return false;
        }
        collection.replace(key, longKey, old, null);
        undo.add(new RecordChange(collectionId, key, longKey, old, null));
        return true;
    }

    /** Sets what a key holds, indexes kept right, without checks; null for nothing. */
    public void put(int collectionId, byte @Nullable [] key, long longKey, @Nullable Document document) {
        WorkingCollection collection = edit(collectionId);
        Record old = collection.get(key, longKey);
        Record record = document == null ? null : new Record(document);
        collection.replace(key, longKey, old, record);
        undo.add(new RecordChange(collectionId, key, longKey, old, record));
    }

    /** Sets what a key holds, indexes kept right, without checks and without undo. */
    public void replace(int collectionId, byte[] key, @Nullable Record old, @Nullable Record record) {
        WorkingCollection collection = edit(collectionId);
        boolean isLong = DocumentKeys.isLong(key);
        collection.replace(isLong ? null : key, isLong ? Keys.toLong(key) : 0, old, record);
    }

    /** Marks a document as locked by a commit, if it is there and was not written by that commit itself; without undo. */
    public void markLocked(int collectionId, byte[] key, long commitLsn) {
        if (current.position(collectionId) >= 0) {
            Record present = view(collectionId).find(key);
            if (present != null && present.lsn() != 0) {
                replace(collectionId, key, present, present.lockedAt(commitLsn));
            }
        }
    }

    /** Adds a record as {@link #insert} does, without undo. */
    public void add(int collectionId, byte[] key, Record record) {
        boolean isLong = DocumentKeys.isLong(key);
        edit(collectionId).insert(isLong ? null : key, isLong ? Keys.toLong(key) : 0, record);
    }

    /** Returns a mark in the undo list, for {@link #undoTo}. */
    public int mark() {
        return undo.size();
    }

    /** Takes back every step after a mark, newest first. */
    public void undoTo(int mark) {
        for (int i = undo.size() - 1; i >= mark; i--) {
            Undo step = undo.remove(i);
            if (step instanceof RecordChange c) {
                edit(c.collectionId()).replace(c.key(), c.longKey(), c.after(), c.before());
            } else if (step instanceof SchemaChange c) {
                continueOn(c.before());
            }
        }
    }

    /** Returns whether there is anything to take back. */
    public boolean isEdited() {
        return !undo.isEmpty();
    }

    /**
     * Creates or redefines one collection.
     *
     * @throws dev.argondb.ConstraintException if documents collide in a new unique index; nothing is changed
     */
    public void define(CollectionSchema schema) {
        DatabaseState before = freeze();
        change(before, before.with(Redefinition.define(before.collection(schema.id()), schema, formats, true)));
    }

    /** Drops one collection. */
    public void undefine(int collectionId) {
        DatabaseState before = freeze();
        change(before, before.without(collectionId));
    }

    /**
     * Puts everything under another schema and makes the schema's documents say so.
     *
     * @throws dev.argondb.ConstraintException if documents collide in a new unique index; nothing is changed
     */
    public void changeSchema(Schema schema) {
        DatabaseState before = freeze();
        DatabaseState under = before.under(schema, formats, true);
        change(before, under);
        Schema stored = before.schema();
        for (SchemaObject old : stored.objects()) {
            if (schema.object(old.id()) == null) {
                delete(Schema.COLLECTION_ID, null, old.id());
            }
        }
        for (SchemaObject object : schema.objects()) {
            SchemaObject old = stored.object(object.id());
            if (old == null) {
                insert(Schema.COLLECTION_ID, null, object.id(), SchemaCodec.encode(object));
            } else if (!old.equals(object)) {
                update(Schema.COLLECTION_ID, null, object.id(), SchemaCodec.encode(object));
            }
        }
    }

    /** Puts everything under the schema that the schema's documents say; after they were changed one by one. */
    public void followStoredSchema() {
        DatabaseState before = freeze();
        change(before, before.under(before.storedSchema(), formats, false));
    }

    private void change(DatabaseState before, DatabaseState after) {
        undo.add(new SchemaChange(before));
        continueOn(after);
    }

    private void continueOn(DatabaseState state) {
        current = state;
        working = new WorkingCollection[state.count()];
    }

    /** Returns the present content, immutable; its LSN is that of the commit below it. */
    public DatabaseState freeze() {
        @Nullable CollectionState[] frozen = new CollectionState[working.length];
        boolean changed = false;
        for (int i = 0; i < working.length; i++) {
            WorkingCollection edited = working[i];
            if (edited != null) {
                frozen[i] = edited.freeze();
                changed = true;
            }
        }
        return changed ? current.with(frozen) : current;
    }
}
