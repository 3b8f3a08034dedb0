package dev.argondb.engine.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a packed segment, opened to read. Confined to one thread. */
interface PackedSource extends AutoCloseable {

    /**
     * Fills a buffer from a position on.
     *
     * @throws java.nio.file.NoSuchFileException if the segment is gone in the meantime
     */
    void read(ByteBuffer target, long position) throws IOException;

    @Override
    void close() throws IOException;
}
