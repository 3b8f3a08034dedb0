package dev.argondb.engine.page;

import java.util.Arrays;

/**
 * The pages that a mark has found, in 12 to 35 bytes each: a hash table with linear probing (Knuth, The Art of Computer Programming,
 * volume 3, 6.4), in segments, so that growing never takes twice the room.
 *
 * <p>Pages that lead to others are told apart by their whole ids, because what they lead to is looked for once. Those that lead to
 * none, nearly all of them, are by the first half: two of them may be taken for one another, and then a page stays that could go, once
 * in a million stores with a million pages each.
 *
 * <p>Confined to one thread.
 */
public final class MarkedPages implements PageMarks, PageStore.LivePages {

    private static final int SEGMENTS = 256;

    private final Segment[] leading = segments(2);
    private final Segment[] ends = segments(1);
    private long size;

    private static Segment[] segments(int longsPerKey) {
        Segment[] segments = new Segment[SEGMENTS];
        Arrays.setAll(segments, i -> new Segment(longsPerKey));
        return segments;
    }

    @Override
    public boolean addLeading(PageId id) {
        boolean isNew = leading[segmentOf(id)].add(id);
        if (isNew) {
            size++;
        }
        return isNew;
    }

    @Override
    public void addEnd(PageId id) {
        if (ends[segmentOf(id)].add(id)) {
            size++;
        }
    }

    /** Returns whether a page was added; rarely also for one that was not. */
    @Override
    public boolean contains(PageId id) {
        return ends[segmentOf(id)].has(id) || leading[segmentOf(id)].has(id);
    }

    /** Returns how many pages were added. */
    public long size() {
        return size;
    }

    /** Ids are hashes already. The low bits of the high half: the high ones are alike in the order in which a file has them. */
    private static int segmentOf(PageId id) {
        return (int) id.high() & (SEGMENTS - 1);
    }

    /** A table of keys of one or two halves of ids; the key of zeros, which marks a free slot, is remembered beside it. */
    private static final class Segment {

        private static final int LEAST_SLOTS = 8;

        private final int longsPerKey;
        private long[] table;
        private int used;
        private boolean hasZero;

        Segment(int longsPerKey) {
            this.longsPerKey = longsPerKey;
            this.table = new long[LEAST_SLOTS * longsPerKey];
        }

        boolean add(PageId id) {
            if (isZero(id)) {
                boolean isNew = !hasZero;
                hasZero = true;
                return isNew;
            }
            int at = find(id.high(), id.low());
            if (!isFree(at)) {
                return false;
            }
            put(at, id.high(), id.low());
            used++;
            if (used * 4L > table.length / longsPerKey * 3L) {
                grow();
            }
            return true;
        }

        boolean has(PageId id) {
            return isZero(id) ? hasZero : !isFree(find(id.high(), id.low()));
        }

        private boolean isZero(PageId id) {
            return id.high() == 0 && (longsPerKey == 1 || id.low() == 0);
        }

        private boolean isFree(int at) {
            return table[at] == 0 && table[at + longsPerKey - 1] == 0;
        }

        private void put(int at, long high, long low) {
            table[at + longsPerKey - 1] = low;
            table[at] = high; // the last one written: all there is where a key is one half
        }

        private int find(long high, long low) {
            int slots = table.length / longsPerKey;
            int slot = (int) (((high >>> 8) * 0x9E3779B97F4A7C15L) >>> 33) % slots;
            while (!isFree(slot * longsPerKey) && !isAt(slot * longsPerKey, high, low)) {
                slot = slot + 1 == slots ? 0 : slot + 1;
            }
            return slot * longsPerKey;
        }

        private boolean isAt(int at, long high, long low) {
            return table[at] == high && (longsPerKey == 1 || table[at + 1] == low);
        }

        private void grow() {
            long[] old = table;
            table = new long[(old.length / longsPerKey * 3 / 2) * longsPerKey];
            for (int at = 0; at < old.length; at += longsPerKey) {
                long low = old[at + longsPerKey - 1];
                if (old[at] != 0 || low != 0) {
                    put(find(old[at], low), old[at], low);
                }
            }
        }
    }
}
