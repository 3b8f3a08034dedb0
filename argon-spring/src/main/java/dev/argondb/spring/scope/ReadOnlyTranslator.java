package dev.argondb.spring.scope;

import dev.argondb.ReadOnlyException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.support.PersistenceExceptionTranslator;

/**
 * What a repository throws when a past moment is written on: an {@link InvalidDataAccessApiUsageException} with Argon's message,
 * whether Hibernate's session refused the entity or the connection refused the statement.
 *
 * <p>Thread-safe.
 */
public final class ReadOnlyTranslator implements PersistenceExceptionTranslator, Ordered {

    private static final String READ_ONLY_STATE = "25006";
    private static final int MAX_CAUSES = 16;

    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException failure) {
        Throwable refusal = refusalBehind(failure);
        return refusal == null
                ? null
                : new InvalidDataAccessApiUsageException(String.valueOf(refusal.getMessage()), failure);
    }

    /** Returns the refusal of a write at a past moment that is behind a failure, or null. */
    public static @Nullable Throwable refusalBehind(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (isReadOnly(cause)) {
                return cause;
            }
            cause = cause.getCause();
        }
        return null;
    }

    static boolean isReadOnly(Throwable cause) {
        return cause instanceof ReadOnlyException
                || (cause instanceof SQLException sql && READ_ONLY_STATE.equals(sql.getSQLState()));
    }

    /** Before those that know such an exception as uncategorized only. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
