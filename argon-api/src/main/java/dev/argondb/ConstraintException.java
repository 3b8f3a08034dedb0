package dev.argondb;

import org.jspecify.annotations.Nullable;

/** A unique or foreign key would be violated; correct the data. */
public final class ConstraintException extends ArgonException {

    private static final long serialVersionUID = 1L;

    public ConstraintException(String message) {
        super(message);
    }

    public ConstraintException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
