package dev.argondb;

import org.jspecify.annotations.Nullable;

/** The store cannot be used now (in use by another process, disk full, failed fsync); see the message. */
public final class UnavailableException extends ArgonException {

    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
