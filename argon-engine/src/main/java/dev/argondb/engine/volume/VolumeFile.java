package dev.argondb.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file. Positions and sizes are in bytes.
 *
 * <p>Thread-safe: reads run beside writes. The interruption of a thread neither fails an operation nor is lost.
 */
public interface VolumeFile extends AutoCloseable {

    /**
     * Reads from a position until the buffer is full or the file ends.
     *
     * @return how many bytes were read; fewer than asked for only at the end of the file, 0 beyond it
     */
    int read(ByteBuffer target, long position) throws IOException;

    /** Writes all of the buffer at a position; the file grows as needed. Not durable before {@link #sync()}. */
    void write(ByteBuffer source, long position) throws IOException;

    /** Returns the size of the file. */
    long size() throws IOException;

    /** Cuts the file to a size that is not above its own. Not durable before {@link #sync()}. */
    void truncate(long size) throws IOException;

    /**
     * Makes content and size durable. After a failure nobody knows which of the writes since the last sync are durable, and a
     * second sync would not tell.
     */
    void sync() throws IOException;

    /** Closes the file without making anything durable. Idempotent. */
    @Override
    void close() throws IOException;
}
