package dev.argondb.engine.page;

/**
 * Pages on their way into a store. They can be read from it only after {@link #commit()}.
 *
 * <p>Confined to one thread.
 */
public interface PageBatch extends AutoCloseable {

    /**
     * Adds a page, unless the store or this batch has it already, and returns its id.
     *
     * @throws dev.argondb.UnavailableException if the store cannot take it; only {@link #close()} is of use then
     */
    PageId put(byte[] content, int offset, int length);

    /** Returns the bytes that this batch added to the store so far. */
    long bytes();

    /**
     * Makes all of it durable and readable, as a whole.
     *
     * @throws dev.argondb.UnavailableException if the store failed: then nothing of it is there
     */
    void commit();

    /** Forgets what was not committed. Idempotent. */
    @Override
    void close();
}
