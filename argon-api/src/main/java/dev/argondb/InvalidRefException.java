package dev.argondb;

import org.jspecify.annotations.Nullable;

/** A ref, LSN or name that is malformed; correct the text. */
public final class InvalidRefException extends ArgonException {

    private static final long serialVersionUID = 1L;

    public InvalidRefException(String message) {
        super(message);
    }

    public InvalidRefException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
