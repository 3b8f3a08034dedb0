package dev.argondb.orm.sql;

import dev.argondb.engine.tree.KeyRange;
import org.h2.engine.SessionLocal;
import org.h2.result.SearchRow;
import org.h2.result.SortOrder;
import org.h2.table.IndexColumn;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The part of a tree of tuples that H2 asks for: from one search row to another, both inclusive.
 *
 * <p>Confined.
 */
final class KeyBounds {

    private final IndexColumn[] columns;
    private final SessionLocal session;
    /** How many leading columns are given, and given exactly, by the row written last. */
    private int exactColumns;
    /** Whether one of them is null. */
    private boolean hasNull;

    /** Whether one of them could not be given exactly. */
    private boolean isLoose;

    KeyBounds(IndexColumn[] columns, SessionLocal session) {
        this.columns = columns;
        this.session = session;
    }

    /** Returns the bytes that all keys at or above (below) a row's given columns compare with; null if none is given. */
    byte @Nullable [] prefix(@Nullable SearchRow row, boolean upper) {
        exactColumns = 0;
        hasNull = false;
        isLoose = false;
        if (row == null) {
            return null;
        }
        KeyWriter key = new KeyWriter();
        for (IndexColumn column : columns) {
            Value asked = row.getValue(column.column.getColumnId());
            if (asked == null) {
                break;
            }
            if (!write(key, asked, column, upper)) {
                isLoose = true;
                break;
            }
        }
        return key.length() == 0 ? null : key.toBytes();
    }

    /** Writes one column; returns whether the next one may follow. */
    private boolean write(KeyWriter key, Value asked, IndexColumn column, boolean upper) {
        boolean descending = isDescending(column);
        SearchBound bound = SearchBound.of(asked, column.column.getType(), upper ^ descending, session);
        if (bound == null) {
            return false;
        }
        KeyEncoding.write(key, bound.value(), descending, isNullsLast(column));
        hasNull |= bound.value().getValueType() == Value.NULL;
        exactColumns += bound.isExact() ? 1 : 0;
        return bound.isExact();
    }

    /** Returns how many leading columns the row written last gives exactly. */
    int exactColumns() {
        return exactColumns;
    }

    /** Returns whether keys between the bounds may have other values than the row written last. */
    boolean isLoose() {
        return isLoose;
    }

    /** Returns whether one of the columns written last is null. */
    boolean hasNull() {
        return hasNull;
    }

    static boolean isDescending(IndexColumn column) {
        return (column.sortType & SortOrder.DESCENDING) != 0;
    }

    static boolean isNullsLast(IndexColumn column) {
        return (column.sortType & SortOrder.NULLS_LAST) != 0;
    }

    /** Returns the range between two prefixes, both inclusive. */
    static KeyRange range(byte @Nullable [] lower, byte @Nullable [] upper) {
        return new KeyRange(lower, upper == null ? null : KeyRange.afterPrefix(upper));
    }
}
