package dev.argondb.engine.work;

import dev.argondb.ConflictException;
import dev.argondb.ConstraintException;
import dev.argondb.engine.log.Document;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.ForeignKeySpec;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.Schema.Reference;
import dev.argondb.engine.state.Changes;
import dev.argondb.engine.state.Changes.Change;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.CollectionView;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.DocumentFormat;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.state.WorkingState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries the writes of a unit of work onto a head that moved since it began.
 *
 * <p>Each key written must still carry the record seen at the start; unique keys and foreign keys are checked again on the
 * result. Row-local constraints (not-null, check) need no second look.
 */
final class Rebase {

    private final String branch;
    private final DatabaseState base;
    private final DatabaseState edited;
    private final DatabaseState head;
    private final List<Changes> changes;
    private final WorkingState result;

    Rebase(
            String branch,
            DatabaseState base,
            DatabaseState edited,
            DatabaseState head,
            List<Changes> changes,
            DocumentFormat formats) {
        this.branch = branch;
        this.base = base;
        this.edited = edited;
        this.head = head;
        this.changes = changes;
        this.result = new WorkingState(head, formats);
    }

    /**
     * Returns the head with the writes on it.
     *
     * @throws ConflictException if a document written was changed by another commit
     * @throws ConstraintException if a unique or foreign key would be violated on the new head
     */
    DatabaseState run() {
        boolean schemaChanged = !edited.schema().equals(base.schema());
        if (schemaChanged) {
            requireSameSchema();
            result.changeSchema(edited.schema());
        }
        for (Changes collection : changes) {
            if (collection.collectionId() != Schema.COLLECTION_ID) {
                carry(collection, schemaChanged);
            }
        }
        for (Changes collection : changes) {
            if (collection.collectionId() != Schema.COLLECTION_ID) {
                checkForeignKeys(collection);
            }
        }
        return result.freeze();
    }

    private void requireSameSchema() {
        if (!head.schema().equals(base.schema())) {
            throw new ConflictException("the schema of `" + branch + "` changed at or before lsn " + head.lsn()
                    + " after this transaction's snapshot at lsn " + base.lsn() + "; retry the transaction");
        }
    }

    private void carry(Changes collection, boolean schemaChanged) {
        CollectionState mine = edited.collection(collection.collectionId());
        CollectionState now = head.collection(collection.collectionId());
        if (mine == null) {
            throw new AssertionError("changes of an absent collection " + collection.collectionId());
        }
        if (now == null && !schemaChanged) {
            throw dropped(mine.schema());
        }
        if (!schemaChanged && now != null && !now.schema().equals(mine.schema())) {
            throw redefined(mine.schema());
        }
        for (Change change : collection.changes()) {
            requireUnchanged(mine, now, change);
        }
        for (Change change : collection.changes()) {
            if (change.before() != null) {
                result.replace(collection.collectionId(), change.key(), change.before(), null);
            }
        }
        for (Change change : collection.changes()) {
            if (change.after() != null) {
                result.add(collection.collectionId(), change.key(), change.after());
            }
        }
    }

    private void requireUnchanged(CollectionState mine, @Nullable CollectionState now, Change change) {
        Record present = now == null ? null : now.find(change.key());
        Record before = change.before();
        if (before == null) {
            return; // an insert that meets a document is a violation of the key, found when it is added
        }
        if (present == null || present.lsn() != before.lsn()) {
            throw conflict(branch, mine, change.key(), present, base, head);
        }
    }

    static ConflictException conflict(
            String branch,
            CollectionView collection,
            byte[] key,
            @Nullable Record present,
            DatabaseState base,
            DatabaseState head) {
        String how = present == null
                ? "was deleted on `" + branch + "` at or before lsn " + head.lsn()
                : (present.lastTouched() > present.lsn() ? "was locked on `" : "changed on `") + branch + "` at lsn "
                        + present.lastTouched();
        return new ConflictException("key `" + collection.format().documentId(key) + "` of `"
                + collection.schema().name() + "` " + how + " after this transaction's snapshot at lsn " + base.lsn()
                + "; retry the transaction");
    }

    private ConflictException dropped(CollectionSchema schema) {
        return new ConflictException("`" + schema.name() + "` was dropped on `" + branch + "` after this transaction's"
                + " snapshot at lsn " + base.lsn() + "; retry the transaction");
    }

    private ConflictException redefined(CollectionSchema schema) {
        return new ConflictException("`" + schema.name() + "` was altered on `" + branch + "` after this transaction's"
                + " snapshot at lsn " + base.lsn() + "; retry the transaction");
    }

    private void checkForeignKeys(Changes collection) {
        int id = collection.collectionId();
        CollectionSchema schema = result.view(id).schema();
        for (ForeignKeySpec key : schema.foreignKeys()) {
            if (movedSinceBase(key.parentId())) {
                checkParents(collection, key);
            }
        }
        for (Reference reference : result.schema().references(id)) {
            if (movedSinceBase(reference.childId())) {
                checkChildren(collection, reference);
            }
        }
    }

    private boolean movedSinceBase(int collectionId) {
        return base.collection(collectionId) != head.collection(collectionId);
    }

    private void checkParents(Changes children, ForeignKeySpec key) {
        CollectionView child = result.view(children.collectionId());
        CollectionView parent = result.view(key.parentId());
        for (Change change : children.changes()) {
            Record after = change.after();
            if (after != null && ForeignKeyCheck.missingParent(child, key, parent, after.document()) != null) {
                throw violation(child, key, parent, change.key(), true);
            }
        }
    }

    private void checkChildren(Changes parents, Reference reference) {
        CollectionView parent = result.view(parents.collectionId());
        CollectionView child = result.view(reference.childId());
        for (Change change : parents.changes()) {
            Record before = change.before();
            Document after = change.after() == null ? null : change.after().document();
            if (before != null && ForeignKeyCheck.orphans(child, reference, parent, before.document(), after) != null) {
                throw violation(child, reference.key(), parent, change.key(), false);
            }
        }
    }

    private static ConstraintException violation(
            CollectionView child, ForeignKeySpec key, CollectionView parent, byte[] documentKey, boolean orphan) {
        CollectionView where = orphan ? child : parent;
        String id = "document `" + where.format().documentId(documentKey) + "` of `"
                + where.schema().name() + "` ";
        String what = orphan
                ? "names a document of `" + parent.schema().name() + "` that another commit removed"
                : "is named by a document of `" + child.schema().name() + "` that another commit wrote";
        return new ConstraintException(
                ConstraintException.Kind.FOREIGN_KEY,
                child.schema().name(),
                key.id(),
                id + what + " (foreign key `" + key.name() + "`); retry the transaction");
    }
}
