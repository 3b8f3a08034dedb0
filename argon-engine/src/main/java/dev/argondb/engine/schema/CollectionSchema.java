package dev.argondb.engine.schema;

import java.util.List;

/**
 * What one collection looks like.
 *
 * <p>Immutable.
 *
 * @param id never reused in the database
 * @param name in lower case, as users see it: {@code orders}, or {@code sales.orders} outside the default schema
 * @param keyKind how its documents are keyed
 * @param keyColumns positions of the primary key's columns that make the key; empty for row ids
 * @param columns its columns in order
 * @param indexes its secondary indexes; those that need a tree of their own
 * @param foreignKeys the foreign keys it is the child of
 */
public record CollectionSchema(
        int id,
        String name,
        KeyKind keyKind,
        List<Integer> keyColumns,
        List<ColumnSpec> columns,
        List<IndexSpec> indexes,
        List<ForeignKeySpec> foreignKeys) {

    public CollectionSchema {
        keyColumns = List.copyOf(keyColumns);
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /** Returns the position of an index in {@link #indexes}, -1 where it has none of this id. */
    public int indexPosition(int indexId) {
        for (int i = 0; i < indexes.size(); i++) {
            if (indexes.get(i).id() == indexId) {
                return i;
            }
        }
        return -1;
    }
}
