package dev.argondb;

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

    protected ArgonException(String message) {
        super(message);
    }

    protected ArgonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
