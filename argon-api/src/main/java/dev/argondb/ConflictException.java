package dev.argondb;

import org.jspecify.annotations.Nullable;

/** Another commit changed what this one read or wrote first; retry the transaction. */
public final class ConflictException extends ArgonException {

    private static final long serialVersionUID = 1L;

    public ConflictException(String message) {
        super(message);
    }

    public ConflictException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
