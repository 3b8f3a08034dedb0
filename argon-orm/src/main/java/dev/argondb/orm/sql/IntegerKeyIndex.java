package dev.argondb.orm.sql;

import org.h2.command.query.AllColumnsForPlan;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.IndexType;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.result.SortOrder;
import org.h2.table.Column;
import org.h2.table.IndexColumn;
import org.h2.table.TableFilter;
import org.jspecify.annotations.Nullable;

/** An integer primary key: the tree of the documents is ordered by it. As thread-safe as {@link ArgonIndex}. */
final class IntegerKeyIndex extends ArgonIndex {

    private final RowsIndex rows;
    private final Column column;

    IntegerKeyIndex(ArgonTable table, int id, String name, IndexColumn[] columns, IndexType type, RowsIndex rows) {
        super(table, id, name, columns, 1, type);
        this.rows = rows;
        this.column = columns[0].column;
    }

    @Override
    public Cursor find(SessionLocal session, @Nullable SearchRow first, @Nullable SearchRow last, boolean reverse) {
        return rows.find(session, first, last, reverse);
    }

    @Override
    public Cursor findFirstOrLast(SessionLocal session, boolean first) {
        return rows.findFirstOrLast(session, first);
    }

    @Override
    public @Nullable Row getRow(SessionLocal session, long key) {
        return rows.getRow(session, key);
    }

    @Override
    public boolean isRowIdIndex() {
        return true;
    }

    @Override
    public int getColumnIndex(Column other) {
        return isFirstColumn(other) ? 0 : -1;
    }

    @Override
    public boolean isFirstColumn(Column other) {
        return other.getColumnId() == column.getColumnId() && other.getTable().getId() == table.getId();
    }

    @Override
    public double getCost(
            SessionLocal session,
            int @Nullable [] masks,
            TableFilter[] filters,
            int filter,
            SortOrder sortOrder,
            AllColumnsForPlan allColumnsSet,
            boolean isSelectCommand) {
        return 10.0
                * getCostRangeIndex(
                        masks,
                        getRowCountApproximation(session),
                        filters,
                        filter,
                        sortOrder,
                        true,
                        allColumnsSet,
                        isSelectCommand);
    }

    @Override
    public void remove(SessionLocal session) {
        argonTable.dropKey();
    }
}
