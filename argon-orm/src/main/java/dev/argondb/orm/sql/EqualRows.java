package dev.argondb.orm.sql;

import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.message.DbException;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.table.IndexColumn;
import org.h2.value.Value;

/** Of the rows of a cursor, those that have the values of a search row. Confined. */
final class EqualRows implements Cursor {

    private final Cursor rows;
    private final SearchRow asked;
    private final IndexColumn[] columns;
    private final SessionLocal session;

    EqualRows(Cursor rows, SearchRow asked, IndexColumn[] columns, SessionLocal session) {
        this.rows = rows;
        this.asked = asked;
        this.columns = columns;
        this.session = session;
    }

    @Override
    public boolean next() {
        while (rows.next()) {
            if (isEqual(rows.get())) {
                return true;
            }
        }
        return false;
    }

    private boolean isEqual(Row row) {
        for (IndexColumn column : columns) {
            Value value = asked.getValue(column.column.getColumnId());
            if (value != null && session.compare(row.getValue(column.column.getColumnId()), value) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Row get() {
        return rows.get();
    }

    @Override
    public SearchRow getSearchRow() {
        return rows.getSearchRow();
    }

    @Override
    public boolean previous() {
        throw DbException.getUnsupportedException("previous");
    }
}
