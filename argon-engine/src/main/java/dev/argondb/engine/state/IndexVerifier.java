package dev.argondb.engine.state;

import dev.argondb.engine.schema.IndexSpec;
import dev.argondb.engine.tree.BTree;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.TreeCursor;
import java.util.List;
import java.util.function.Consumer;

/** Compares the indexes of a collection with its documents: as many entries as documents, and one of each document's key. */
public final class IndexVerifier {

    /** So many findings of one index are reported. */
    private static final int MOST_FINDINGS = 10;

    private IndexVerifier() {}

    /** Reports what is wrong, in one line each. */
    public static void verify(CollectionState collection, Consumer<String> findings) {
        List<IndexSpec> indexes = collection.schema().indexes();
        int[] missing = new int[indexes.size()];
        for (int i = 0; i < missing.length; i++) {
            long entries = collection.indexTree(i).size();
            if (entries != collection.size()) {
                findings.accept("index `" + indexes.get(i).name() + "` has " + entries + " entries for "
                        + collection.size() + " documents");
            }
        }
        TreeCursor<Record> cursor = collection.records(KeyRange.ALL, false);
        while (cursor.next()) {
            byte[] key = cursor.key();
            for (int i = 0; i < missing.length; i++) {
                IndexSpec index = indexes.get(i);
                BTree<Object> tree = collection.indexTree(i);
                byte[] indexKey =
                        collection.format().indexKey(index, cursor.value().document(), key);
                if (tree.get(indexKey) == null && missing[i]++ < MOST_FINDINGS) {
                    findings.accept("index `" + index.name() + "` has no entry of document `"
                            + collection.format().documentId(key) + "`");
                }
            }
        }
    }
}
