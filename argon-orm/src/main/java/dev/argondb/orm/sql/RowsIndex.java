package dev.argondb.orm.sql;

import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.Keys;
import dev.argondb.engine.tree.TreeCursor;
import dev.argondb.engine.work.UnitOfWork;
import org.h2.command.query.AllColumnsForPlan;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.IndexType;
import org.h2.index.SingleRowCursor;
import org.h2.message.DbException;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.result.SortOrder;
import org.h2.table.Column;
import org.h2.table.IndexColumn;
import org.h2.table.TableFilter;
import org.h2.value.Value;
import org.h2.value.ValueBigint;
import org.jspecify.annotations.Nullable;

/** The documents of a table in the order of their keys: H2's scan index. As thread-safe as {@link ArgonIndex}. */
final class RowsIndex extends ArgonIndex {

    RowsIndex(ArgonTable table, int id) {
        super(
                table,
                id,
                table.getName() + "_DATA",
                IndexColumn.wrap(table.getColumns()),
                0,
                IndexType.createScan(true));
    }

    @Override
    public @Nullable String getCreateSQL() {
        return null;
    }

    @Override
    public String getPlanSQL() {
        return table.getSQL(new StringBuilder(), TRACE_SQL_FLAGS)
                .append(".tableScan")
                .toString();
    }

    /** Returns the error of an integer primary key that is taken, in H2's words. */
    DbException duplicateKey(Row present) {
        StringBuilder message = getDuplicatePrimaryKeyMessage(table.getMainIndexColumn());
        DbException e = DbException.get(
                org.h2.api.ErrorCode.DUPLICATE_KEY_1,
                message.append(' ').append(present).toString());
        e.setSource(this);
        return e;
    }

    @Override
    public Cursor find(SessionLocal session, @Nullable SearchRow first, @Nullable SearchRow last, boolean reverse) {
        UnitOfWork work = argonTable.work(session);
        if (work == null) {
            return SingleRowCursor.EMPTY;
        }
        if (first == null && last == null) {
            return scan(work, KeyRange.ALL, reverse);
        }
        return find(session, work, reverse ? last : first, reverse ? first : last, reverse);
    }

    private Cursor find(
            SessionLocal session,
            UnitOfWork work,
            @Nullable SearchRow lower,
            @Nullable SearchRow upper,
            boolean reverse) {
        int column = argonTable.getMainIndexColumn();
        if (lower != null && upper != null && column != SearchRow.ROWID_INDEX) {
            Value asked = lower.getValue(column);
            if (asked instanceof ValueBigint number && number.equals(upper.getValue(column))) {
                return single(work, number.getLong());
            }
        }
        @Nullable SearchBound from = bound(session, lower, false);
        @Nullable SearchBound to = bound(session, upper, true);
        if ((lower != null && isNull(from)) || (upper != null && isNull(to))) {
            return SingleRowCursor.EMPTY;
        }
        long min = from == null ? Long.MIN_VALUE : from.value().getLong();
        long max = to == null ? Long.MAX_VALUE : to.value().getLong();
        if (min > max) {
            return SingleRowCursor.EMPTY;
        }
        return min == max ? single(work, min) : scan(work, range(min, max), reverse);
    }

    private static boolean isNull(@Nullable SearchBound bound) {
        return bound != null && bound.value().getValueType() == Value.NULL;
    }

    /** The bound of the key: of the primary key's column where H2 gives it, else of the row id. */
    private @Nullable SearchBound bound(SessionLocal session, @Nullable SearchRow row, boolean upper) {
        if (row == null) {
            return null;
        }
        int column = argonTable.getMainIndexColumn();
        Value asked = column == SearchRow.ROWID_INDEX ? null : row.getValue(column);
        if (asked == null) {
            return new SearchBound(ValueBigint.get(row.getKey()), true);
        }
        return SearchBound.of(asked, table.getColumn(column).getType(), upper, session);
    }

    private static KeyRange range(long min, long max) {
        return new KeyRange(
                min == Long.MIN_VALUE ? null : Keys.ofLong(min), max == Long.MAX_VALUE ? null : Keys.ofLong(max + 1));
    }

    private Cursor scan(UnitOfWork work, KeyRange range, boolean descending) {
        argonTable.recordRead(work, -1, range);
        TreeCursor<Record> cursor = argonTable.view(work).records(range, descending);
        return new RowCursor.OfRecords(argonTable.format(work), cursor);
    }

    private Cursor single(UnitOfWork work, long key) {
        argonTable.recordRead(work, -1, range(key, key));
        return new SingleRowCursor(argonTable.row(work, key));
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
    public int getColumnIndex(Column column) {
        return -1; // the primary key's own index is for conditions on columns
    }

    @Override
    public boolean isFirstColumn(Column column) {
        return column.getColumnId() == SearchRow.ROWID_INDEX
                && column.getTable().getId() == table.getId();
    }

    @Override
    public boolean isRowIdIndex() {
        return argonTable.hasLongKeys();
    }

    @Override
    public void remove(SessionLocal session) {
        // goes with the table
    }

    @Override
    public Cursor findFirstOrLast(SessionLocal session, boolean first) {
        UnitOfWork work = argonTable.work(session);
        if (work == null) {
            return SingleRowCursor.EMPTY;
        }
        Cursor cursor = scan(work, KeyRange.ALL, !first);
        return cursor.next() ? new SingleRowCursor(cursor.get()) : SingleRowCursor.EMPTY;
    }

    @Override
    public @Nullable Row getRow(SessionLocal session, long key) {
        UnitOfWork work = argonTable.work(session);
        return work == null ? null : argonTable.row(work, key);
    }
}
