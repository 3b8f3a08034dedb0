package dev.argondb;

import org.jspecify.annotations.Nullable;

/** A request that cannot be carried out as asked (a name already taken, a setting out of range); correct it. */
public final class InvalidRequestException extends ArgonException {

    private static final long serialVersionUID = 1L;

    public InvalidRequestException(String message) {
        super(message);
    }

    public InvalidRequestException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
