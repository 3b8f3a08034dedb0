package dev.argondb.engine.page;

/**
 * Tells of most pages that a file does not have that it does not have them, without reading its index (B. Bloom, Space/Time
 * Trade-offs in Hash Coding with Allowable Errors, 1970): ten bits for each page, and one page in a hundred that is not there may be.
 *
 * <p>Filled by one thread, then immutable.
 */
final class PageFilter {

    private static final int BITS_PER_PAGE = 10;
    private static final int PROBES = 5;

    private final long[] words;

    PageFilter(int pages) {
        this.words = new long[(int) (bytesFor(pages) / Long.BYTES)];
    }

    /** Returns the heap that the filter of so many pages takes. */
    static long bytesFor(int pages) {
        return ((long) pages * BITS_PER_PAGE / Long.SIZE + 1) * Long.BYTES;
    }

    void add(PageId id) {
        for (int i = 0; i < PROBES; i++) {
            long bit = bit(id, i);
            words[(int) (bit >>> 6)] |= 1L << bit;
        }
    }

    /** Returns whether the file may have a page; if not, it has not. */
    boolean mayHave(PageId id) {
        for (int i = 0; i < PROBES; i++) {
            long bit = bit(id, i);
            if ((words[(int) (bit >>> 6)] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Ids are hashes: their halves serve as the two functions of double hashing (Kirsch and Mitzenmacher, 2006). */
    private long bit(PageId id, int probe) {
        return Math.floorMod(id.high() + probe * id.low(), (long) words.length * Long.SIZE);
    }
}
