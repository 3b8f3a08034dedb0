package dev.argondb;

import org.jspecify.annotations.Nullable;

/** The database, branch or unit of work is closed; open it again. */
public final class ClosedException extends ArgonException {

    private static final long serialVersionUID = 1L;

    public ClosedException(String message) {
        super(message);
    }

    public ClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
