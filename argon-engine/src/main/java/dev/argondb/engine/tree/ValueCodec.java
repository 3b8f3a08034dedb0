package dev.argondb.engine.tree;

import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.ByteSource;
import dev.argondb.engine.format.MalformedRecordException;

/**
 * Writes the values of one kind of tree into pages, and reads them back.
 *
 * <p>Immutable, thread-safe. Equal values give equal bytes. Each value ends where the next one begins: a reader takes exactly
 * what the writer put.
 */
public interface ValueCodec<V> {
    /** A number from 0 to 127 that no other codec has: it stands in each page, so that no page is read by another codec. */
    int kind();

    /** Whether reading or writing a value takes its key; {@link #write} and {@link #read} get no bytes if not. */
    boolean usesKeys();

    /**
     * Writes a value.
     *
     * @param key its key, or no bytes
     * @param own takes what goes into a page of its own
     * @return about how many bytes of heap the value may take, in whatever form it is used later
     */
    int write(byte[] key, V value, ByteSink out, OwnPages.Sink own);

    /**
     * Reads a value.
     *
     * @param key its key, or no bytes
     * @param own gives the pages that {@link #write} added or kept, in that order
     */
    V read(byte[] key, ByteSource in, OwnPages.Source own) throws MalformedRecordException;

    /** About how many bytes of heap a value may take, in whatever form it is used later. */
    int weigh(V value);

    /** Whether two values of one key say the same, though they are two objects. */
    boolean same(V a, V b);
}
