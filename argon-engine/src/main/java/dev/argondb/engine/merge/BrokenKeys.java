package dev.argondb.engine.merge;

import dev.argondb.MergeConflict.Kind;
import dev.argondb.engine.log.Document;
import dev.argondb.engine.schema.ForeignKeySpec;
import dev.argondb.engine.schema.IndexSpec;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.schema.Schema.Reference;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.CollectionView;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.DocumentKeys;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.TreeCursor;
import dev.argondb.engine.work.ForeignKeyCheck;
import dev.argondb.engine.work.UnitOfWork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the unique and foreign keys that a merged state breaks, looking only at documents that were changed and at their
 * neighbours.
 *
 * <p>Confined to one thread.
 */
final class BrokenKeys {

    /**
     * A broken key.
     *
     * @param at the document that is in conflict: of a foreign key the one that names another
     * @param other the document that it meets, or that it misses; null where neither side knows it
     */
    record BrokenKey(Kind kind, Place at, @Nullable Place other, int constraintId, String constraint, String text) {}

    /** A broken key by what it is, whoever finds it. */
    private record Identity(int constraintId, Place at) {}

    private final UnitOfWork merged;
    private final List<DatabaseState> sides;
    private final Map<Identity, BrokenKey> found = new LinkedHashMap<>();

    /**
     * @param sides where documents that are gone can be found
     */
    BrokenKeys(UnitOfWork merged, List<DatabaseState> sides) {
        this.merged = merged;
        this.sides = sides;
    }

    /** Returns the keys that changed documents break. */
    Collection<BrokenKey> in(Collection<Place> changed) {
        changed.forEach(this::check);
        return found.values();
    }

    private void check(Place place) {
        CollectionView view = merged.view(place.collectionId());
        Record record = view.find(place.key());
        if (record != null) {
            checkUnique(view, place, record.document());
            checkParents(view, place, record.document());
        }
        checkChildren(view, place, record == null ? null : record.document());
    }

    // ---- unique keys

    private void checkUnique(CollectionView view, Place place, Document document) {
        List<IndexSpec> indexes = view.schema().indexes();
        for (int i = 0; i < indexes.size(); i++) {
            byte[] prefix = indexes.get(i).isUnique() ? view.format().uniquePrefix(indexes.get(i), document) : null;
            if (prefix != null) {
                for (Place other : inIndex(view, indexes.get(i).id(), prefix)) {
                    addUnique(view, indexes.get(i), place, other);
                }
            }
        }
    }

    private void addUnique(CollectionView view, IndexSpec index, Place place, Place other) {
        if (!other.equals(place) && !found.containsKey(new Identity(index.id(), other))) {
            String text = "documents " + id(view, place) + " and " + id(view, other) + " of `"
                    + view.schema().name() + "` have the same value of the unique key `" + index.name() + "`";
            found.putIfAbsent(
                    new Identity(index.id(), place),
                    new BrokenKey(Kind.UNIQUE, place, other, index.id(), index.name(), text));
        }
    }

    private static String id(CollectionView view, Place place) {
        return Values.text(view.format().documentId(place.key()));
    }

    // ---- foreign keys

    private void checkParents(CollectionView child, Place place, Document document) {
        for (ForeignKeySpec key : child.schema().foreignKeys()) {
            checkParent(child, key, place, document);
        }
    }

    private void checkParent(CollectionView child, ForeignKeySpec key, Place place, Document document) {
        CollectionView parent = merged.view(key.parentId());
        byte[] prefix = ForeignKeyCheck.missingParent(child, key, parent, document);
        if (prefix != null) {
            String text =
                    "document " + id(child, place) + " of `" + child.schema().name() + "` names a document of `"
                            + parent.schema().name() + "` that is not there (foreign key `" + key.name() + "`)";
            found.putIfAbsent(
                    new Identity(key.id(), place),
                    new BrokenKey(Kind.FOREIGN_KEY, place, missing(key, prefix), key.id(), key.name(), text));
        }
    }

    /** The parent that is not there now is on one of the sides, or was never there. */
    private @Nullable Place missing(ForeignKeySpec key, byte[] prefix) {
        for (DatabaseState side : sides) {
            CollectionState parent = side.collection(key.parentId());
            boolean canLook = parent != null
                    && (key.parentIndexId() == ForeignKeySpec.PRIMARY
                            || parent.schema().indexPosition(key.parentIndexId()) >= 0);
            if (parent != null && canLook) {
                List<Place> places = inIndex(parent, key.parentIndexId(), prefix);
                if (!places.isEmpty()) {
                    return places.get(0);
                }
            }
        }
        return null;
    }

    private void checkChildren(CollectionView parent, Place place, @Nullable Document now) {
        for (Reference reference : merged.schema().references(place.collectionId())) {
            CollectionView child = merged.view(reference.childId());
            for (DatabaseState side : sides) {
                CollectionState before = side.collection(place.collectionId());
                Record old = before == null ? null : before.find(place.key());
                byte[] prefix =
                        old == null ? null : ForeignKeyCheck.orphans(child, reference, parent, old.document(), now);
                if (prefix != null) {
                    checkOrphans(child, reference.key(), prefix);
                }
            }
        }
    }

    /** Another parent may have taken the value: each child tells for itself. */
    private void checkOrphans(CollectionView child, ForeignKeySpec key, byte[] prefix) {
        for (Place orphan : inIndex(child, key.childIndexId(), prefix)) {
            Record record = child.find(orphan.key());
            if (record != null) {
                checkParent(child, key, orphan, record.document());
            }
        }
    }

    /** Returns the documents whose keys in an index, or in the collection's own tree, start with a prefix. */
    private static List<Place> inIndex(CollectionView view, int indexId, byte[] prefix) {
        List<Place> places = new ArrayList<>();
        int collectionId = view.schema().id();
        if (indexId == ForeignKeySpec.PRIMARY) {
            TreeCursor<Record> cursor = view.records(KeyRange.prefix(prefix), false);
            while (cursor.next()) {
                places.add(new Place(collectionId, cursor.key()));
            }
            return places;
        }
        boolean isLong = view.schema().keyKind() == KeyKind.LONG;
        TreeCursor<Object> cursor = view.index(view.schema().indexPosition(indexId), KeyRange.prefix(prefix), false);
        while (cursor.next()) {
            byte[] key = isLong ? DocumentKeys.ofLong(DocumentKeys.ofIndexKey(cursor.key())) : (byte[]) cursor.value();
            places.add(new Place(collectionId, key));
        }
        return places;
    }
}
