package dev.argondb.orm.sql;

import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.index.IndexType;
import org.h2.message.DbException;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.table.IndexColumn;
import org.h2.value.Value;

/**
 * What all indexes of Argon's tables share: the unit of work keeps them, so H2 need not.
 *
 * <p>As thread-safe as H2 needs it: definitions change only while one session has the catalog.
 */
abstract class ArgonIndex extends Index {

    final ArgonTable argonTable;

    ArgonIndex(ArgonTable table, int id, String name, IndexColumn[] columns, int uniqueColumns, IndexType type) {
        super(table, id, name, columns, uniqueColumns, type);
        this.argonTable = table;
    }

    /** Returns the error of a key that is taken, in H2's words. */
    DbException duplicate(SearchRow row) {
        StringBuilder values = new StringBuilder("( ");
        for (int i = 0; i < indexColumns.length; i++) {
            Value value = row.getValue(columnIds[i]);
            values.append(i == 0 ? "" : ", ").append(value == null ? "null" : value.getTraceSQL());
        }
        return getDuplicateKeyException(values.append(" )").toString());
    }

    /** Returns the error of rows that collide in a new index, in H2's words. */
    DbException duplicateKey() {
        return getDuplicateKeyException(null);
    }

    @Override
    public final void close(SessionLocal session) {
        // nothing is open
    }

    @Override
    public final void add(SessionLocal session, Row row) {
        throw DbException.getUnsupportedException("add");
    }

    @Override
    public final void remove(SessionLocal session, Row row) {
        throw DbException.getUnsupportedException("remove");
    }

    @Override
    public final void truncate(SessionLocal session) {
        throw DbException.getUnsupportedException("truncate");
    }

    @Override
    public final boolean needRebuild() {
        return false;
    }

    @Override
    public final boolean canGetFirstOrLast() {
        return true;
    }

    @Override
    public final long getRowCount(SessionLocal session) {
        return argonTable.getRowCount(session);
    }

    @Override
    public final long getRowCountApproximation(SessionLocal session) {
        return argonTable.getRowCountApproximation(session);
    }
}
