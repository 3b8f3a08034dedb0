package dev.argondb.engine.schema;

import java.util.List;

/**
 * One secondary index of a collection.
 *
 * <p>Immutable.
 *
 * @param id never reused in the database
 * @param name its name
 * @param columns what it is ordered by
 * @param uniqueColumns how many of the leading columns must be unique together; 0 for an index that is not unique
 * @param nulls which entries with nulls are exempt from uniqueness
 */
public record IndexSpec(int id, String name, List<IndexColumnSpec> columns, int uniqueColumns, Nulls nulls) {

    /** When two keys that hold nulls count as equal. */
    public enum Nulls {
        /** A key with any null is never a duplicate (the default of SQL). */
        DISTINCT,
        /** A key of only nulls is never a duplicate. */
        ALL_DISTINCT,
        /** Nulls are equal to each other. */
        NOT_DISTINCT
    }

    /**
     * One column of an index.
     *
     * @param column its position in the collection's columns, from 0
     * @param descending whether larger values come first
     * @param nullsLast whether nulls come after all values
     */
    public record IndexColumnSpec(int column, boolean descending, boolean nullsLast) {}

    public IndexSpec {
        columns = List.copyOf(columns);
    }

    /** Returns whether the index enforces uniqueness. */
    public boolean isUnique() {
        return uniqueColumns > 0;
    }
}
