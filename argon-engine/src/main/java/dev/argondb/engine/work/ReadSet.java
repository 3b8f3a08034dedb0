package dev.argondb.engine.work;

import dev.argondb.ConflictException;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.DocumentKeys;
import dev.argondb.engine.state.IndexCodec;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.state.RecordCodec;
import dev.argondb.engine.tree.BTree;
import dev.argondb.engine.tree.KeyRange;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ranges a serializable unit of work read. A commit is refused if any document in them changed since its base.
 *
 * <p>Confined to one thread.
 */
final class ReadSet {

    /** In place of an index position: the documents themselves. */
    static final int DOCUMENTS = -1;

    private record Read(int collectionId, int indexPosition, KeyRange range) {}

    private final Set<Read> reads = new LinkedHashSet<>();

    void add(int collectionId, int indexPosition, KeyRange range) {
        reads.add(new Read(collectionId, indexPosition, range));
    }

    /**
     * Checks that nothing read changed.
     *
     * @throws ConflictException if something did
     */
    void check(DatabaseState base, DatabaseState head) {
        for (Read read : reads) {
            CollectionState before = base.collection(read.collectionId());
            CollectionState now = head.collection(read.collectionId());
            if (before != null && before != now) {
                check(read, before, now, base, head);
            }
        }
    }

    private static void check(
            Read read, CollectionState before, @Nullable CollectionState now, DatabaseState base, DatabaseState head) {
        if (now == null || !now.schema().equals(before.schema())) {
            throw changed(before, base, head);
        }
        if (read.indexPosition() == DOCUMENTS) {
            BTree.diff(before.tree(), now.tree(), read.range(), RecordCodec.INSTANCE, (key, a, b) -> {
                throw changed(before, base, head);
            });
            return;
        }
        BTree<Object> a = before.indexTree(read.indexPosition());
        BTree<Object> b = now.indexTree(read.indexPosition());
        BTree.diff(a, b, read.range(), IndexCodec.of(before.schema().keyKind()), (key, x, y) -> {
            throw changed(before, base, head);
        });
        checkDocuments(read, before, now, base, head);
    }

    /** The index entries are the same: checks that the documents they name are as well. */
    private static void checkDocuments(
            Read read, CollectionState before, CollectionState now, DatabaseState base, DatabaseState head) {
        boolean longKeys = before.schema().keyKind() == KeyKind.LONG;
        var cursor = before.index(read.indexPosition(), read.range(), false);
        while (cursor.next()) {
            Record a;
            Record b;
            if (longKeys) {
                long key = DocumentKeys.ofIndexKey(cursor.key());
                a = before.get(key);
                b = now.get(key);
            } else {
                byte[] key = (byte[]) cursor.value();
                a = before.get(key);
                b = now.get(key);
            }
            if (a == null || b == null || a.lsn() != b.lsn()) {
                throw changed(before, base, head);
            }
        }
    }

    private static ConflictException changed(CollectionState collection, DatabaseState base, DatabaseState head) {
        return new ConflictException("what this serializable transaction read in `"
                + collection.schema().name() + "` changed between its snapshot at lsn " + base.lsn() + " and lsn "
                + head.lsn() + "; retry the transaction");
    }
}
