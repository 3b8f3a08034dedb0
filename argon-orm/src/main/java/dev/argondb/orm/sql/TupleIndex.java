package dev.argondb.orm.sql;

import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.work.UnitOfWork;
import java.util.Arrays;
import org.h2.command.query.AllColumnsForPlan;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.IndexType;
import org.h2.index.SingleRowCursor;
import org.h2.result.SearchRow;
import org.h2.result.SortOrder;
import org.h2.table.IndexColumn;
import org.h2.table.TableFilter;
import org.jspecify.annotations.Nullable;

/** An index whose tree is ordered by tuples of its columns. As thread-safe as {@link ArgonIndex}. */
abstract class TupleIndex extends ArgonIndex {

    /** Before it: keys that begin with a null that comes first. After it: all others. */
    private static final byte[] AFTER_NULLS_FIRST = {KeyEncoding.NULL_FIRST + 1};

    private static final byte[] BEFORE_NULLS_LAST = {(byte) KeyEncoding.NULL_LAST};
    private static final KeyRange NOT_NULL = new KeyRange(AFTER_NULLS_FIRST, BEFORE_NULLS_LAST);

    TupleIndex(ArgonTable table, int id, String name, IndexColumn[] columns, int uniqueColumns, IndexType type) {
        super(table, id, name, columns, uniqueColumns, type);
    }

    /** Walks over a range. */
    abstract Cursor scan(UnitOfWork work, KeyRange range, boolean descending);

    /** Returns the only record that can be in a range, or null. */
    abstract @Nullable Record single(UnitOfWork work, byte[] key);

    @Override
    @SuppressWarnings("ReferenceEquality") // H2's rows refuse to be compared by content
    public final Cursor find(
            SessionLocal session, @Nullable SearchRow first, @Nullable SearchRow last, boolean reverse) {
        UnitOfWork work = argonTable.work(session);
        if (work == null) {
            return SingleRowCursor.EMPTY;
        }
        KeyBounds bounds = new KeyBounds(indexColumns, session);
        byte[] from = bounds.prefix(reverse ? last : first, false);
        boolean mayBePoint = isPoint(bounds);
        if (mayBePoint && first == last && from != null) {
            return point(work, from);
        }
        if (first == last && first != null && bounds.isLoose()) {
            // One of a list of values: H2 takes all rows for equal to it.
            Cursor near = scan(work, KeyBounds.range(from, bounds.prefix(first, true)), reverse);
            return new EqualRows(near, first, indexColumns, session);
        }
        byte[] to = bounds.prefix(reverse ? first : last, true);
        if (mayBePoint && isPoint(bounds) && from != null && Arrays.equals(from, to)) {
            return point(work, from);
        }
        return scan(work, KeyBounds.range(from, to), reverse);
    }

    /** Returns whether at most one row has the values written last. */
    private boolean isPoint(KeyBounds bounds) {
        return uniqueColumnColumn > 0
                && indexColumns.length == uniqueColumnColumn
                && bounds.exactColumns() == uniqueColumnColumn
                && !bounds.hasNull();
    }

    private Cursor point(UnitOfWork work, byte[] key) {
        Record record = single(work, key);
        if (record == null) {
            return SingleRowCursor.EMPTY;
        }
        TableFormat format = argonTable.format(work);
        if (record.document() instanceof SqlRow row) {
            return new SingleRowCursor(format.row(record, row.getKey()));
        }
        if (!format.hasLongKeys()) {
            return new SingleRowCursor(format.row(record, 0));
        }
        Cursor cursor =
                scan(work, KeyRange.prefix(key), false); // only the cursor knows the integer key of an encoded document
        return cursor.next() ? new SingleRowCursor(cursor.get()) : SingleRowCursor.EMPTY;
    }

    @Override
    public final boolean canFindNext() {
        return true;
    }

    @Override
    public final Cursor findNext(SessionLocal session, SearchRow higherThan, @Nullable SearchRow last) {
        UnitOfWork work = argonTable.work(session);
        if (work == null) {
            return SingleRowCursor.EMPTY;
        }
        KeyBounds bounds = new KeyBounds(indexColumns, session);
        byte[] above = bounds.prefix(higherThan, false);
        byte[] from = above == null ? null : KeyRange.afterPrefix(above);
        return scan(work, KeyBounds.range(from, bounds.prefix(last, true)), false);
    }

    @Override
    public final Cursor findFirstOrLast(SessionLocal session, boolean first) {
        UnitOfWork work = argonTable.work(session);
        if (work == null) {
            return SingleRowCursor.EMPTY;
        }
        Cursor cursor = scan(work, NOT_NULL, !first);
        return cursor.next() ? new SingleRowCursor(cursor.get()) : SingleRowCursor.EMPTY;
    }

    @Override
    public final double getCost(
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
                        false,
                        null, // no index covers a query: rows are read from the documents
                        isSelectCommand);
    }
}
