package dev.argondb;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error of Argon. Its subclasses are named by what the caller does next; the message is one line that names the
 * values involved and says what to do.
 */
public abstract sealed class ArgonException extends RuntimeException
        permits InvalidRefException,
                InvalidRequestException,
                UnknownRefException,
                ReadOnlyException,
                ConflictException,
                ConstraintException,
                ClosedException,
                UnavailableException,
                CorruptDataException,
                UnsupportedException {

    private static final long serialVersionUID = 1L;

    /** Causes are followed no deeper, should they form a ring. */
    private static final int MAX_CAUSES = 16;

    protected ArgonException(String message) {
        super(message);
    }

    protected ArgonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Returns the outermost error of Argon among a failure and its causes: what stands behind an exception of JDBC, JPA or Spring. */
    public static Optional<ArgonException> behind(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof ArgonException own) {
                return Optional.of(own);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
