package dev.argondb.engine.state;

import dev.argondb.engine.tree.BTree;
import dev.argondb.engine.tree.KeyRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two states in one collection, by structure: shared subtrees are skipped.
 *
 * <p>Immutable.
 *
 * @param collectionId the collection
 * @param changes in key order, never empty
 */
public record Changes(int collectionId, List<Change> changes) {

    /**
     * One document that differs.
     *
     * @param key its key
     * @param before the older record, null where there was none
     * @param after the newer record, null where there is none
     */
    public record Change(
            byte[] key, @Nullable Record before, @Nullable Record after) {}

    /**
     * Returns what an edited state changes, schema documents first. Documents of a dropped collection do not count: its schema
     * document tells.
     */
    public static List<Changes> between(DatabaseState base, DatabaseState edited) {
        List<Changes> all = new ArrayList<>();
        for (int i = 0; i < edited.count(); i++) {
            CollectionState collection = edited.at(i);
            CollectionState old = base.collection(collection.schema().id());
            if (old != collection) {
                addChanges(all, old, collection);
            }
        }
        return all;
    }

    /** Returns the documents that differ in one collection, in key order; null for a collection that is not there. */
    public static List<Change> of(@Nullable CollectionState base, @Nullable CollectionState edited) {
        List<Change> changes = new ArrayList<>();
        BTree.diff(
                base == null ? BTree.empty() : base.tree(),
                edited == null ? BTree.empty() : edited.tree(),
                KeyRange.ALL,
                RecordCodec.INSTANCE,
                (key, a, b) -> changes.add(new Change(key, a, b)));
        return changes;
    }

    private static void addChanges(List<Changes> all, @Nullable CollectionState old, CollectionState collection) {
        List<Change> changes = of(old, collection);
        if (!changes.isEmpty()) {
            all.add(new Changes(collection.schema().id(), changes));
        }
    }
}
