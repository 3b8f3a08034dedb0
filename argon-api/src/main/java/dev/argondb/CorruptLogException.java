package dev.argondb;

import org.jspecify.annotations.Nullable;

/** Stored bytes are damaged: the message names file, offset and LSN; restore from a copy. */
public final class CorruptLogException extends ArgonException {

    private static final long serialVersionUID = 1L;

    public CorruptLogException(String message) {
        super(message);
    }

    public CorruptLogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
