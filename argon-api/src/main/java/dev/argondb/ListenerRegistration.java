package dev.argondb;

/** Lets a listener hear until it is closed. Thread-safe. */
@FunctionalInterface
public interface ListenerRegistration extends AutoCloseable {

    /** Ends it. Idempotent. */
    @Override
    void close();
}
