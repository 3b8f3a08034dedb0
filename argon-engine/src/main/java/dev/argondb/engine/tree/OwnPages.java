package dev.argondb.engine.tree;

import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.page.PageStore;

/** The pages that large values have to themselves; the page of the leaf that holds the values names them. */
public final class OwnPages {
    private OwnPages() {}

    /** Takes what goes into pages of their own. */
    public interface Sink {
        /** Adds a page. */
        void add(byte[] content);

        /** Names a page that was read before; it is not written again if it is in the same store. */
        void keep(OwnPage page);
    }

    /** Gives the pages of their own, one by one. */
    public interface Source {
        /** The next one; it is not read yet. */
        OwnPage next() throws MalformedRecordException;
    }

    /**
     * A page that one value has to itself. It is read each time it is asked for, and kept nowhere.
     *
     * <p>Immutable, thread-safe.
     */
    public record OwnPage(PageStore store, PageId id) {
        /**
         * Reads it; the caller owns the array.
         *
         * @throws dev.argondb.CorruptDataException if it is missing or damaged
         */
        public byte[] read() {
            return store.read(id);
        }
    }
}
