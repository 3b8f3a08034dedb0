package dev.argondb.engine.page;

/**
 * Keeps pages by their ids.
 *
 * <p>Thread-safe: reads run beside each other and beside one batch or one {@link #retain}, which exclude each other.
 */
public interface PageStore extends AutoCloseable {

    /**
     * Returns the content of a page; the caller owns the array.
     *
     * @throws dev.argondb.CorruptDataException if it is missing or damaged, naming file and offset
     * @throws dev.argondb.UnavailableException if the store cannot be read
     * @throws dev.argondb.ClosedException after {@link #close()}
     */
    byte[] read(PageId id);

    /** Returns whether a page is there. */
    boolean contains(PageId id);

    /** Begins to add pages; waits while another batch or {@link #retain} runs. */
    PageBatch begin();

    /**
     * Gives back the space of pages that are not needed any more, beside readers. Space is given back in whole files or
     * extents, so a little of it may stay until a later call.
     *
     * @param live decides what stays; every page it knows must be there afterwards, whatever happens
     * @return the bytes that the store is smaller by
     * @throws dev.argondb.UnavailableException if the store fails; nothing that is live is lost
     */
    long retain(LivePages live);

    /**
     * As {@link #retain}, but only where little is copied for much: the rest stays until more of it is dead, or {@link #retain} is
     * called for.
     *
     * @return the bytes that the store is smaller by
     * @throws dev.argondb.UnavailableException if the store fails; nothing that is live is lost
     */
    default long retainCheaply(LivePages live) {
        return retain(live);
    }

    /**
     * Keeps down the number of places that a read has to look at, where that grows with each batch: to be called after a
     * snapshot. Costs little on the average, and nothing most of the time. {@link #retain} does it too.
     *
     * @throws dev.argondb.UnavailableException if the store fails; nothing is lost
     */
    void merge();

    /** Returns the bytes it takes. */
    long bytes();

    /**
     * Reads everything once, and reports what is wrong; see {@link Findings}.
     */
    void verify(Findings findings);

    /** Gives the store back. Idempotent. */
    @Override
    void close();

    /** Which pages are needed. */
    @FunctionalInterface
    interface LivePages {
        boolean contains(PageId id);
    }

    /** Takes what a verification finds. */
    @FunctionalInterface
    interface Findings {
        /** Takes one finding: where (a file and offset), and what is wrong. */
        void add(String place, String what);
    }
}
