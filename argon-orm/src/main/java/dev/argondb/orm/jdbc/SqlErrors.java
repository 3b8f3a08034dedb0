package dev.argondb.orm.jdbc;

import dev.argondb.ArgonException;
import dev.argondb.ClosedException;
import dev.argondb.ConflictException;
import dev.argondb.ConstraintException;
import dev.argondb.CorruptDataException;
import dev.argondb.InvalidRefException;
import dev.argondb.InvalidRequestException;
import dev.argondb.ReadOnlyException;
import dev.argondb.Ref;
import dev.argondb.UnavailableException;
import dev.argondb.UnknownRefException;
import dev.argondb.UnsupportedException;
import dev.argondb.engine.schema.Schema;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTransactionRollbackException;
import org.jspecify.annotations.Nullable;

/**
 * Turns Argon's exceptions into those of JDBC. The message is Argon's own line; of a violated key it begins as H2's, so that
 * Hibernate's H2 dialect finds the constraint's name in it. The vendor code is the SQLState where that is a number, as in H2.
 */
final class SqlErrors {

    private SqlErrors() {}

    /** Returns what to throw for H2's exception: Argon's, where one of its tables raised it; else the same. */
    static SQLException translated(SQLException failure, Schema schema) {
        ArgonException own = ArgonException.behind(failure).orElse(null);
        if (own instanceof ConstraintException violation) {
            return of(violation, schema);
        }
        return own == null ? withoutH2(failure) : of(own);
    }

    /** An exception that Argon's own SQL functions threw comes back inside one of H2's, with the statement in its message. */
    private static SQLException withoutH2(SQLException failure) {
        return isOfH2(failure) && failure.getCause() instanceof SQLException inner && !isOfH2(inner) ? inner : failure;
    }

    private static boolean isOfH2(SQLException failure) {
        return failure.getClass().getPackageName().equals("org.h2.jdbc");
    }

    /** Returns the exception of JDBC. */
    static SQLException of(ArgonException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof ConflictException) {
            return new SQLTransactionRollbackException(message, SqlStates.CONFLICT, code(SqlStates.CONFLICT), e);
        }
        if (e instanceof ConstraintException violation) {
            return violation(violation, message);
        }
        if (e instanceof ReadOnlyException) {
            return new SQLNonTransientException(message, SqlStates.READ_ONLY, code(SqlStates.READ_ONLY), e);
        }
        if (e instanceof ClosedException) {
            return new SQLNonTransientConnectionException(message, SqlStates.CLOSED, code(SqlStates.CLOSED), e);
        }
        if (e instanceof UnsupportedException) {
            return new SQLFeatureNotSupportedException(message, SqlStates.UNSUPPORTED, 0, e);
        }
        return new SQLNonTransientException(message, stateOf(e), code(stateOf(e)), e);
    }

    private static String stateOf(ArgonException e) {
        if (e instanceof UnknownRefException) {
            return SqlStates.UNKNOWN_REF;
        }
        if (e instanceof UnavailableException) {
            return SqlStates.UNAVAILABLE;
        }
        if (e instanceof CorruptDataException) {
            return SqlStates.CORRUPT;
        }
        if (e instanceof InvalidRefException || e instanceof InvalidRequestException) {
            return SqlStates.INVALID_VALUE;
        }
        throw new AssertionError("no SQLState for " + e.getClass(), e);
    }

    /** Returns the exception of a violated key of a schema. */
    static SQLException of(ConstraintException e, Schema schema) {
        String constraint = ConstraintNames.of(schema, e);
        String message = e.kind() == ConstraintException.Kind.UNIQUE
                ? "Unique index or primary key violation: \"" + constraint + " ON " + e.collection() + "\"; "
                        + e.getMessage()
                : "Referential integrity constraint violation: \"" + constraint + ": " + e.collection() + "\"; "
                        + e.getMessage();
        return violation(e, message);
    }

    private static SQLException violation(ConstraintException e, String message) {
        String state = e.kind() == ConstraintException.Kind.UNIQUE ? SqlStates.UNIQUE : SqlStates.FOREIGN_KEY;
        return new SQLIntegrityConstraintViolationException(message, state, code(state), e);
    }

    private static int code(String state) {
        return state.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(state) : 0;
    }

    /** Returns the error of a URL or location that cannot be used. */
    static SQLException malformed(ArgonException e) {
        return new SQLNonTransientConnectionException(
                e.getMessage(), SqlStates.MALFORMED, code(SqlStates.MALFORMED), e);
    }

    /** Returns the error of a closed connection, statement or result. */
    static SQLException closed(String what) {
        return new SQLNonTransientConnectionException(
                "the " + what + " is closed; open another", SqlStates.CLOSED, code(SqlStates.CLOSED));
    }

    /** Returns the error of a call that does not fit the moment. */
    static SQLException wrongMoment(String message) {
        return new SQLNonTransientException(message, SqlStates.WRONG_MOMENT, code(SqlStates.WRONG_MOMENT));
    }

    /** Returns the error of a write where nothing may be written. */
    static SQLException readOnly(String message) {
        return of(new ReadOnlyException(message));
    }

    /** Returns the error of a savepoint that does not exist. */
    static SQLException unknownSavepoint(String message) {
        return new SQLNonTransientException(message, SqlStates.UNKNOWN_SAVEPOINT, 0);
    }

    /** Returns the error of a statement that never runs. */
    static SQLException refused(@Nullable String why) {
        return new SQLNonTransientException(String.valueOf(why), SqlStates.REFUSED, code(SqlStates.REFUSED));
    }

    /** Returns the error of temporary rows that did not outlive a change of the schema. */
    static SQLException temporaryTableLost(String table, Ref ref) {
        return new SQLTransactionRollbackException(
                "the schema of `" + ref + "` was changed by another connection, and the temporary table `" + table
                        + "` is gone with its rows; create and fill it again",
                SqlStates.TEMPORARY_TABLE_LOST);
    }

    /** Returns the error of a query where there is none. */
    static SQLException noRows() {
        return new SQLNonTransientException(
                "the statement returns no rows; use execute or executeUpdate", "90002", 90002);
    }

    /** Returns the error of a parameter index out of range. */
    static SQLException noSuchParameter(int index, int count) {
        return new SQLNonTransientException(
                "parameter " + index + " does not exist: the statement has " + count, "90008", 90008);
    }

    /** Returns the error of a stream that cannot be read to its end. */
    static SQLException unreadable(String what, Exception cause) {
        return new SQLNonTransientException(
                "the " + what + " given for a parameter cannot be read: " + cause.getMessage(), "90031", 90031, cause);
    }

    /** Returns the error of a value that a call does not take. */
    static SQLException invalid(String message) {
        return new SQLNonTransientException(message, SqlStates.INVALID_VALUE, code(SqlStates.INVALID_VALUE));
    }

    /** Returns the error of something that Argon does not do. */
    static SQLException unsupported(String message) {
        return new SQLFeatureNotSupportedException(message, SqlStates.UNSUPPORTED);
    }
}
