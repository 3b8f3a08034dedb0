package dev.argondb.engine.state;

import dev.argondb.engine.state.WorkingState.RecordChange;
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

    /** Returns what steps, taken one after the other, come to. A document that came and went again is no change. */
    static List<Changes> of(List<RecordChange> steps) {
        steps.sort(RecordChange::compareDocument); // stable: those of one document stay in their order
        List<Changes> all = new ArrayList<>();
        int end;
        for (int start = 0; start < steps.size(); start = end) {
            end = endOfCollection(steps, start);
            List<Change> changes = changes(steps.subList(start, end));
            if (!changes.isEmpty()) {
                all.add(new Changes(steps.get(start).collectionId(), changes));
            }
        }
        return all;
    }

    private static int endOfCollection(List<RecordChange> steps, int start) {
        int end = start + 1;
        while (end < steps.size()
                && steps.get(end).collectionId() == steps.get(start).collectionId()) {
            end++;
        }
        return end;
    }

    private static List<Change> changes(List<RecordChange> steps) {
        List<Change> changes = new ArrayList<>(steps.size());
        int end;
        for (int start = 0; start < steps.size(); start = end) {
            end = endOfDocument(steps, start);
            Record before = steps.get(start).before();
            Record after = steps.get(end - 1).after();
            if (before != after) {
                changes.add(new Change(steps.get(start).encodedKey(), before, after));
            }
        }
        return changes;
    }

    private static int endOfDocument(List<RecordChange> steps, int start) {
        int end = start + 1;
        while (end < steps.size() && steps.get(end).compareDocument(steps.get(start)) == 0) {
            end++;
        }
        return end;
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
