package dev.argondb.orm.sql;

import org.h2.api.ErrorCode;
import org.h2.engine.Database;
import org.h2.index.IndexType;
import org.h2.message.DbException;
import org.h2.table.Column;
import org.h2.table.IndexColumn;
import org.h2.value.DataType;

/** Columns of an index, made ready as H2 wants them. Stateless, thread-safe. */
final class IndexColumns {

    private IndexColumns() {}

    /**
     * Returns the columns with their flags set and the order of nulls said.
     *
     * @throws DbException if a column cannot be indexed, or a primary key's may be null
     */
    static IndexColumn[] prepared(Database database, IndexColumn[] columns, IndexType type) {
        for (IndexColumn column : columns) {
            if (!DataType.isIndexable(column.column.getType())) {
                throw DbException.getUnsupportedException("Index on column: " + column.column.getCreateSQL());
            }
        }
        if (type.isPrimaryKey()) {
            markPrimaryKey(columns);
            return columns;
        }
        return withNullOrder(database, columns);
    }

    private static void markPrimaryKey(IndexColumn[] columns) {
        for (IndexColumn column : columns) {
            if (column.column.isNullable()) {
                throw DbException.get(ErrorCode.COLUMN_MUST_NOT_BE_NULLABLE_1, column.column.getName());
            }
        }
        for (IndexColumn column : columns) {
            column.column.setPrimaryKey(true);
        }
    }

    private static IndexColumn[] withNullOrder(Database database, IndexColumn[] columns) {
        IndexColumn[] ordered = columns.clone();
        for (int i = 0; i < ordered.length; i++) {
            IndexColumn old = ordered[i];
            int sortType = database.getDefaultNullOrdering().addExplicitNullOrdering(old.sortType);
            if (sortType != old.sortType) {
                Column column = old.column;
                ordered[i] = new IndexColumn(old.columnName, sortType);
                ordered[i].column = column;
            }
        }
        return ordered;
    }
}
