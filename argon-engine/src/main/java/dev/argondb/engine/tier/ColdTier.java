package dev.argondb.engine.tier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A store of immutable objects. Names are relative, with `/` between directories.
 *
 * <p>Thread-safe. A failed operation throws an {@link IOException}; it may succeed when it is tried again, unless that is a
 * {@link java.nio.file.NoSuchFileException} or a {@link java.nio.file.AccessDeniedException}.
 */
public interface ColdTier extends AutoCloseable {

    /** Bytes to put, which can be read more than once. */
    interface Content {

        /** Returns how many bytes there are. */
        long size();

        /** Opens them; the caller closes the stream. */
        InputStream open() throws IOException;
    }

    /**
     * An object of a tier.
     *
     * @param bytes its size
     */
    record Stored(String name, long bytes) {}

    /** Puts an object, replacing what had its name. Durable and whole when it returns; if it fails, whole or not at all. */
    void put(String name, Content content) throws IOException;

    /**
     * Fills a buffer with the bytes of an object from an offset on.
     *
     * @throws java.nio.file.NoSuchFileException if there is none of that name
     * @throws java.io.EOFException if the object ends before the buffer is full
     */
    void read(String name, long offset, ByteBuffer target) throws IOException;

    /**
     * Returns the size of an object, in bytes.
     *
     * @throws java.nio.file.NoSuchFileException if there is none of that name
     */
    long size(String name) throws IOException;

    /** Removes an object, if it is there. */
    void delete(String name) throws IOException;

    /** Returns the objects in a directory and those below it, in the order of their names. */
    List<Stored> list(String directory) throws IOException;

    /** Returns the full name of an object, for messages; of the tier itself for the empty name. Without credentials. */
    String describe(String name);

    @Override
    void close();
}
