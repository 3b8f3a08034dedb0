package dev.argondb.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

/** An application whose settings Argon cannot start with; it says what to do about them. */
final class ArgonConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    ArgonConfigurationException(String description, String action) {
        this(description, action, null);
    }

    ArgonConfigurationException(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    /** Returns what is wrong, in a sentence. */
    String description() {
        return String.valueOf(getMessage());
    }

    /** Returns what to do, in a sentence. */
    String action() {
        return action;
    }
}
