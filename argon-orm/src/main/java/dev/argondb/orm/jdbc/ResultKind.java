package dev.argondb.orm.jdbc;

import java.sql.ResultSet;

/**
 * What kind of result sets a statement makes, in JDBC's constants.
 *
 * <p>Immutable.
 */
record ResultKind(int type, int concurrency, int holdability) {

    /** Forward only, read-only, open over commits. */
    static final ResultKind PLAIN =
            new ResultKind(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, ResultSet.HOLD_CURSORS_OVER_COMMIT);

    /** Kept over commits, as all results are: their rows are in memory. */
    ResultKind(int type, int concurrency) {
        this(type, concurrency, ResultSet.HOLD_CURSORS_OVER_COMMIT);
    }
}
