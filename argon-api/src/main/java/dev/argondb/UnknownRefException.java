package dev.argondb;

import org.jspecify.annotations.Nullable;

/** A branch, tag or moment that does not exist, or no longer does; choose another. */
public final class UnknownRefException extends ArgonException {

    private static final long serialVersionUID = 1L;

    public UnknownRefException(String message) {
        super(message);
    }

    public UnknownRefException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
