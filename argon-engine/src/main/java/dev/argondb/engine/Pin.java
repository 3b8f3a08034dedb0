package dev.argondb.engine;

import dev.argondb.Lsn;
import java.util.Optional;

/**
 * Keeps one state from being reclaimed, for as long as it is open.
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
