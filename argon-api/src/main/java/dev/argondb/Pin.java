package dev.argondb;

import java.util.Optional;

/**
 * Keeps one state from being reclaimed by retention for as long as it is open. It does not outlive the process: a {@link Tag}
 * does.
 *
 * <p>Thread-safe.
 */
public interface Pin extends AutoCloseable {

    /** Returns the commit whose state is kept; empty for the state before the first commit. */
    Optional<Lsn> lsn();

    /** Lets go of the state. Idempotent. */
    @Override
    void close();
}
