package dev.argondb.engine.state;

import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.tree.BTree;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.TreeCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One collection and its indexes in one state.
 *
 * <p>Immutable, thread-safe.
 */
public final class CollectionState implements CollectionView {

    private final CollectionSchema schema;
    private final CollectionFormat format;
    private final BTree<Record> records;
    private final List<BTree<Object>> indexes;

    CollectionState(
            CollectionSchema schema, CollectionFormat format, BTree<Record> records, List<BTree<Object>> indexes) {
        if (schema.indexes().size() != indexes.size()) {
            throw new AssertionError(indexes.size() + " trees for the indexes of " + schema);
        }
        this.schema = schema;
        this.format = format;
        this.records = records;
        this.indexes = List.copyOf(indexes);
    }

    /** Returns a collection without documents. */
    static CollectionState empty(CollectionSchema schema, CollectionFormat format) {
        return new CollectionState(
                schema,
                format,
                BTree.empty(),
                schema.indexes().stream().map(index -> BTree.empty()).toList());
    }

    /** Returns the tree of the records. */
    public BTree<Record> tree() {
        return records;
    }

    /** Returns the tree of an index. */
    public BTree<Object> indexTree(int indexPosition) {
        return indexes.get(indexPosition);
    }

    /** Returns how many nodes of trees were copied to make this state of another one. */
    @SuppressWarnings("ReferenceEquality") // trees that nobody edited
    long newNodes(CollectionState before) {
        long nodes = records == before.records ? 0 : records.newNodes();
        for (int i = 0; i < Math.min(indexes.size(), before.indexes.size()); i++) {
            nodes +=
                    indexes.get(i) == before.indexes.get(i) ? 0 : indexes.get(i).newNodes();
        }
        return nodes;
    }

    @Override
    public CollectionSchema schema() {
        return schema;
    }

    @Override
    public CollectionFormat format() {
        return format;
    }

    @Override
    public long size() {
        return records.size();
    }

    @Override
    public @Nullable Record get(byte[] key) {
        return records.get(key);
    }

    @Override
    public @Nullable Record get(long key) {
        return records.get(key);
    }

    @Override
    public TreeCursor<Record> records(KeyRange range, boolean descending) {
        return records.cursor(range, descending);
    }

    @Override
    public TreeCursor<Object> index(int indexPosition, KeyRange range, boolean descending) {
        return indexes.get(indexPosition).cursor(range, descending);
    }

    @Override
    public @Nullable Record firstInIndex(int indexPosition, KeyRange range) {
        TreeCursor<Object> cursor = indexes.get(indexPosition).cursor(range, false);
        if (!cursor.next()) {
            return null;
        }
        return schema.keyKind() == KeyKind.LONG
                ? records.get(DocumentKeys.ofIndexKey(cursor.key()))
                : records.get((byte[]) cursor.value());
    }

    @Override
    public long count(int indexPosition, KeyRange range) {
        return indexes.get(indexPosition).count(range);
    }
}
