package dev.argondb;

import org.jspecify.annotations.Nullable;

/** Stored bytes are damaged: the message names file, offset and LSN; restore from a copy. */
public final class CorruptDataException extends ArgonException {

    private static final long serialVersionUID = 1L;

    public CorruptDataException(String message) {
        super(message);
    }

    public CorruptDataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
