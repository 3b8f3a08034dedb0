package dev.argondb;

import org.jspecify.annotations.Nullable;

/** A write on a past moment or on a read-only connection; branch off and write there. */
public final class ReadOnlyException extends ArgonException {

    private static final long serialVersionUID = 1L;

    public ReadOnlyException(String message) {
        super(message);
    }

    public ReadOnlyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
