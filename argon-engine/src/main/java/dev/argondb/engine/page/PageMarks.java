package dev.argondb.engine.page;

/**
 * Takes the pages that a mark finds.
 *
 * <p>Confined to one thread.
 */
public interface PageMarks {

    /** Adds a page that leads to others; returns whether it was not among those. */
    boolean addLeading(PageId id);

    /** Adds a page that leads to no other. */
    void addEnd(PageId id);
}
