package dev.argondb.engine.volume;

import java.io.IOException;

/** The exclusive lock of a {@link Volume}. Thread-safe. */
public interface VolumeLock extends AutoCloseable {

    /** Gives the lock back. Idempotent. */
    @Override
    void close() throws IOException;
}
