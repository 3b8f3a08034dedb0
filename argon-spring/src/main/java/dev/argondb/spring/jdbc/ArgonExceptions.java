package dev.argondb.spring.jdbc;

import dev.argondb.ArgonException;
import dev.argondb.ClosedException;
import dev.argondb.ConflictException;
import dev.argondb.CorruptDataException;
import dev.argondb.InvalidRefException;
import dev.argondb.InvalidRequestException;
import dev.argondb.ReadOnlyException;
import dev.argondb.UnavailableException;
import dev.argondb.UnknownRefException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Turns Argon's exceptions into those of Spring's data access, by what the caller does next: run the transaction again after an
 * {@link OptimisticLockingFailureException}, correct the code or the ref after an {@link InvalidDataAccessApiUsageException} or an
 * {@link InvalidDataAccessResourceUsageException}, look after the database after a {@link DataAccessResourceFailureException}. The
 * message is Argon's.
 *
 * <p>Thread-safe.
 */
public final class ArgonExceptions {

    private ArgonExceptions() {}

    /** Returns a translator for JDBC; what is not Argon's own is translated as Spring does by itself. */
    public static SQLExceptionTranslator ofJdbc() {
        SQLExceptionTranslator others = new SQLExceptionSubclassTranslator();
        return (task, sql, failure) -> {
            DataAccessException own = translated(failure);
            return own != null ? own : others.translate(task, sql, failure);
        };
    }

    /**
     * Returns a translator for repositories. It leaves alone what is said of refs rather than of data, which is thrown as it is:
     * an unknown or malformed ref, an invalid or unsupported request; and what is Spring's already.
     */
    public static PersistenceExceptionTranslator ofRepositories() {
        return failure -> failure instanceof NestedRuntimeException || isOfRefs(failure) ? null : translated(failure);
    }

    private static boolean isOfRefs(RuntimeException failure) {
        return failure instanceof UnknownRefException
                || failure instanceof InvalidRefException
                || failure instanceof InvalidRequestException;
    }

    /** Keys that are violated are left to others, who know them by their SQLState, and so is what JDBC has a type for. */
    private static @Nullable DataAccessException translated(Exception failure) {
        ArgonException own = ArgonException.behind(failure).orElse(null);
        String text = own == null ? "" : String.valueOf(own.getMessage());
        if (own instanceof ConflictException) {
            return new OptimisticLockingFailureException(text, failure);
        }
        if (own instanceof ReadOnlyException
                || own instanceof InvalidRefException
                || own instanceof InvalidRequestException) {
            return new InvalidDataAccessApiUsageException(text, failure);
        }
        if (own instanceof UnknownRefException) {
            return new InvalidDataAccessResourceUsageException(text, failure);
        }
        return own instanceof ClosedException
                        || own instanceof UnavailableException
                        || own instanceof CorruptDataException
                ? new DataAccessResourceFailureException(text, failure)
                : null;
    }
}
