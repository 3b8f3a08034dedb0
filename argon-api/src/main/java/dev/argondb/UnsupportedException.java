package dev.argondb;

import org.jspecify.annotations.Nullable;

/** Something that Argon does not do; the README lists the limits. */
public final class UnsupportedException extends ArgonException {

    private static final long serialVersionUID = 1L;

    public UnsupportedException(String message) {
        super(message);
    }

    public UnsupportedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
