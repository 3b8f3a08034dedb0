package dev.argondb.engine.state;

import dev.argondb.engine.log.Document;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.IndexSpec;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.tree.BTree;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.Keys;
import dev.argondb.engine.tree.MutableBTree;
import dev.argondb.engine.tree.TreeCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A collection that is being edited. Nodes it made itself are edited in place; the state below it never changes.
 *
 * <p>A key of an integer collection travels as a {@code long} with a null {@code byte[]}, any other as {@code byte[]}.
 * Confined to one thread.
 */
final class WorkingCollection implements CollectionView {

    private final CollectionState base;
    private final CollectionSchema schema;
    private final CollectionFormat format;
    private final MutableBTree<Record> records;
    private final @Nullable MutableBTree<Object>[] indexes;
    private final boolean longKeys;

    @SuppressWarnings({"unchecked", "rawtypes"})
    WorkingCollection(CollectionState base) {
        this.base = base;
        this.schema = base.schema();
        this.format = base.format();
        this.records = base.tree().edit();
        this.indexes = new MutableBTree[schema.indexes().size()];
        this.longKeys = schema.keyKind() == KeyKind.LONG;
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

    @Nullable
    Record get(byte @Nullable [] key, long longKey) {
        return key == null ? records.get(longKey) : records.get(key);
    }

    @Override
    public TreeCursor<Record> records(KeyRange range, boolean descending) {
        return records.cursor(range, descending);
    }

    @Override
    public TreeCursor<Object> index(int indexPosition, KeyRange range, boolean descending) {
        MutableBTree<Object> index = indexes[indexPosition];
        return index == null ? base.index(indexPosition, range, descending) : index.cursor(range, descending);
    }

    @Override
    public @Nullable Record firstInIndex(int indexPosition, KeyRange range) {
        TreeCursor<Object> cursor = peek(indexPosition, range);
        if (!cursor.next()) {
            return null;
        }
        return longKeys ? records.get(DocumentKeys.ofIndexKey(cursor.key())) : records.get((byte[]) cursor.value());
    }

    @Override
    public long count(int indexPosition, KeyRange range) {
        MutableBTree<Object> index = indexes[indexPosition];
        return index == null ? base.count(indexPosition, range) : index.count(range);
    }

    private TreeCursor<Object> peek(int indexPosition, KeyRange range) {
        MutableBTree<Object> index = indexes[indexPosition];
        return index == null ? base.index(indexPosition, range, false) : index.peek(range);
    }

    /**
     * Adds a document.
     *
     * @throws dev.argondb.ConstraintException if its key, or a unique index's, is taken; nothing is changed
     */
    void insert(byte @Nullable [] key, long longKey, Record record) {
        checkUnique(key, longKey, record.document(), null);
        Record present = put(key, longKey, record);
        if (present != null) {
            put(key, longKey, present);
            throw Violations.unique(schema, 0, format.documentId(bytes(key, longKey)));
        }
        addIndexKeys(key, longKey, record.document(), null);
    }

    /**
     * Exchanges a document.
     *
     * @throws dev.argondb.ConstraintException if a unique index has its new value already; nothing is changed
     */
    void update(byte @Nullable [] key, long longKey, Record old, Record record) {
        checkUnique(key, longKey, record.document(), indexed(old));
        replace(key, longKey, old, record);
    }

    /** Sets what a key holds, keeping the indexes right, without checks; null for nothing. */
    void replace(byte @Nullable [] key, long longKey, @Nullable Record old, @Nullable Record record) {
        Document before = old == null ? null : indexed(old);
        Document after = record == null ? null : indexed(record);
        if (before != null) {
            removeIndexKeys(key, longKey, before, after);
        }
        if (record != null && after != null) {
            put(key, longKey, record);
            addIndexKeys(key, longKey, after, before);
        } else if (key == null) {
            records.remove(longKey);
        } else {
            records.remove(key);
        }
    }

    /** Returns the document of a record as its index keys are made of it: it is read once for all of them. */
    private Document indexed(Record record) {
        Document document = record.document();
        return schema.indexes().isEmpty() ? document : StoredDocument.inMemory(document);
    }

    private @Nullable Record put(byte @Nullable [] key, long longKey, Record record) {
        return key == null ? records.put(longKey, record) : records.put(key, record);
    }

    /** Removes the index keys that a document has and a newer one of the same key, if any, has not. */
    private void removeIndexKeys(byte @Nullable [] key, long longKey, Document old, @Nullable Document newer) {
        List<IndexSpec> specs = schema.indexes();
        for (int i = 0; i < specs.size(); i++) {
            IndexSpec index = specs.get(i);
            if (newer == null || !format.sameIndexKey(index, old, newer)) {
                editable(i).remove(format.indexKey(index, old, bytes(key, longKey)));
            }
        }
    }

    private void addIndexKeys(byte @Nullable [] key, long longKey, Document document, @Nullable Document old) {
        List<IndexSpec> specs = schema.indexes();
        for (int i = 0; i < specs.size(); i++) {
            IndexSpec index = specs.get(i);
            if (old == null || !format.sameIndexKey(index, old, document)) {
                byte[] documentKey = bytes(key, longKey);
                editable(i)
                        .put(
                                format.indexKey(index, document, documentKey),
                                longKeys ? DocumentKeys.IN_INDEX_KEY : documentKey);
            }
        }
    }

    private void checkUnique(byte @Nullable [] key, long longKey, Document document, @Nullable Document old) {
        List<IndexSpec> specs = schema.indexes();
        for (int i = 0; i < specs.size(); i++) {
            IndexSpec index = specs.get(i);
            if (index.isUnique() && (old == null || !format.sameIndexKey(index, old, document))) {
                checkUnique(i, index, key, longKey, document);
            }
        }
    }

    private void checkUnique(int position, IndexSpec index, byte @Nullable [] key, long longKey, Document document) {
        byte[] prefix = format.uniquePrefix(index, document);
        if (prefix == null) {
            return;
        }
        TreeCursor<Object> cursor = peek(position, KeyRange.prefix(prefix));
        while (cursor.next()) {
            byte[] other = longKeys ? Keys.ofLong(DocumentKeys.ofIndexKey(cursor.key())) : (byte[]) cursor.value();
            if (!java.util.Arrays.equals(other, bytes(key, longKey))) {
                throw Violations.unique(schema, index.id(), format.documentId(other));
            }
        }
    }

    private MutableBTree<Object> editable(int indexPosition) {
        MutableBTree<Object> index = indexes[indexPosition];
        if (index == null) {
            index = base.indexTree(indexPosition).edit();
            indexes[indexPosition] = index;
        }
        return index;
    }

    private static byte[] bytes(byte @Nullable [] key, long longKey) {
        return key == null ? Keys.ofLong(longKey) : key;
    }

    /** Returns the present content, immutable. */
    CollectionState freeze() {
        List<BTree<Object>> trees = new ArrayList<>(indexes.length);
        for (int i = 0; i < indexes.length; i++) {
            MutableBTree<Object> index = indexes[i];
            trees.add(index == null ? base.indexTree(i) : index.snapshot());
        }
        return new CollectionState(schema, format, records.snapshot(), trees);
    }
}
