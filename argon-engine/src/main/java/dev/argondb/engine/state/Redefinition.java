package dev.argondb.engine.state;

import dev.argondb.ConstraintException;
import dev.argondb.engine.log.Document;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.IndexSpec;
import dev.argondb.engine.tree.BTree;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.MutableBTree;
import dev.argondb.engine.tree.TreeCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a collection another schema: documents stay, indexes that did not change stay, new ones are built. */
final class Redefinition {

    private Redefinition() {}

    /**
     * Returns the collection under a schema.
     *
     * @param old the collection before, or null for a new one
     * @param isChecked whether documents must not collide in new unique indexes; they may where entries of the log that follow
     *     make them right
     * @throws ConstraintException if they do
     */
    static CollectionState define(
            @Nullable CollectionState old, CollectionSchema schema, DocumentFormat formats, boolean isChecked) {
        if (old == null) {
            return CollectionState.empty(schema, formats.format(schema, null));
        }
        if (old.schema().equals(schema)) {
            return old;
        }
        CollectionFormat format = formats.format(schema, old.format());
        List<BTree<Object>> indexes = new ArrayList<>();
        for (IndexSpec index : schema.indexes()) {
            BTree<Object> kept = unchanged(old, schema, index);
            indexes.add(kept != null ? kept : build(schema, format, old.tree(), index, isChecked));
        }
        return new CollectionState(schema, format, old.tree(), indexes);
    }

    /**
     * Returns the old tree of an index if its keys are the same: the index is equal, and so are the types and fields of the
     * columns it names.
     */
    private static @Nullable BTree<Object> unchanged(CollectionState old, CollectionSchema schema, IndexSpec index) {
        int position = old.schema().indexPosition(index.id());
        if (position < 0 || !sameOrder(old.schema(), old.schema().indexes().get(position), schema, index)) {
            return null;
        }
        return old.indexTree(position);
    }

    private static boolean sameOrder(
            CollectionSchema oldSchema, IndexSpec old, CollectionSchema schema, IndexSpec index) {
        if (old.columns().size() != index.columns().size()
                || old.uniqueColumns() != index.uniqueColumns()
                || old.nulls() != index.nulls()
                || oldSchema.keyKind() != schema.keyKind()) {
            return false;
        }
        for (int i = 0; i < index.columns().size(); i++) {
            IndexSpec.IndexColumnSpec a = old.columns().get(i);
            IndexSpec.IndexColumnSpec b = index.columns().get(i);
            if (a.descending() != b.descending()
                    || a.nullsLast() != b.nullsLast()
                    || !sameColumn(oldSchema, a.column(), schema, b.column())) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameColumn(CollectionSchema oldSchema, int old, CollectionSchema schema, int column) {
        return oldSchema
                        .columns()
                        .get(old)
                        .field()
                        .equals(schema.columns().get(column).field())
                && oldSchema
                        .columns()
                        .get(old)
                        .type()
                        .equals(schema.columns().get(column).type());
    }

    private static BTree<Object> build(
            CollectionSchema schema,
            CollectionFormat format,
            BTree<Record> records,
            IndexSpec index,
            boolean isChecked) {
        MutableBTree<Object> tree = BTree.<Object>empty().edit();
        TreeCursor<Record> cursor = records.cursor();
        while (cursor.next()) {
            byte[] key = cursor.key();
            Document document = StoredDocument.inMemory(cursor.value().document());
            byte[] unique = isChecked && index.isUnique() ? format.uniquePrefix(index, document) : null;
            if (unique != null && tree.count(KeyRange.prefix(unique)) > 0) {
                throw Violations.unique(schema, index.id(), format.documentId(key));
            }
            tree.put(format.indexKey(index, document, key), DocumentKeys.isLong(key) ? DocumentKeys.IN_INDEX_KEY : key);
        }
        return tree.snapshot();
    }
}
