package dev.argondb.engine.page;

import dev.argondb.engine.format.ByteSink;
import java.util.Arrays;

/**
 * The pages of a file in the making: ids and places, 30 to 60 bytes for each.
 *
 * <p>Confined to one thread.
 */
final class PageTable {

    private static final int EMPTY = -1;
    private static final int INDEX_BITS = 20;
    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

    private int size;
    private long[] highs = new long[64];
    private long[] lows = new long[64];
    private long[] offsets = new long[64];
    private int[] lengths = new int[64];
    private int[] slots = newSlots(256);

    int size() {
        return size;
    }

    void add(PageId id, long offset, int storedLength) {
        if (size == highs.length) {
            grow();
        }
        highs[size] = id.high();
        lows[size] = id.low();
        offsets[size] = offset;
        lengths[size] = storedLength;
        slots[slotOf(id.high(), id.low())] = size;
        size++;
    }

    boolean has(PageId id) {
        return slots[slotOf(id.high(), id.low())] != EMPTY;
    }

    /** Returns the slot that holds an id, or the empty one where it belongs. */
    private int slotOf(long high, long low) {
        int mask = slots.length - 1;
        int slot = (int) low & mask;
        while (slots[slot] != EMPTY && (highs[slots[slot]] != high || lows[slots[slot]] != low)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int capacity = 2 * size;
        highs = Arrays.copyOf(highs, capacity);
        lows = Arrays.copyOf(lows, capacity);
        offsets = Arrays.copyOf(offsets, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        slots = newSlots(4 * capacity);
        for (int i = 0; i < size; i++) {
            slots[slotOf(highs[i], lows[i])] = i;
        }
    }

    private static int[] newSlots(int capacity) {
        int[] slots = new int[capacity];
        Arrays.fill(slots, EMPTY);
        return slots;
    }

    PageFrame.Place place(int index) {
        return new PageFrame.Place(new PageId(highs[index], lows[index]), offsets[index], lengths[index]);
    }

    /** Writes a block of the index; {@code order} holds the indexes of all pages, sorted by id. */
    void writeBlock(int[] order, int block, int salt, ByteSink sink) {
        int count = IndexBlock.countOf(block, size);
        int start = IndexBlock.begin(sink, count);
        int first = block * IndexBlock.ENTRIES;
        for (int i = first; i < first + count; i++) {
            int page = order[i];
            IndexBlock.putEntry(sink, highs[page], lows[page], offsets[page], lengths[page]);
        }
        IndexBlock.end(sink, start, block, salt);
    }

    /** Returns the indexes of all pages, sorted by id. */
    int[] byId() {
        int[] order = sorted(highs, Long.MIN_VALUE);
        for (int i = 1; i < size; i++) {
            for (int j = i; j > 0 && compare(order[j - 1], order[j]) > 0; j--) {
                swap(order, j - 1, j);
            }
        }
        return order;
    }

    /** Returns the indexes of all pages, sorted by offset. */
    int[] byOffset() {
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            keys[i] = offsets[i] << INDEX_BITS | i;
        }
        return indexes(keys);
    }

    /** Sorts by all but the last bits of a key, which serve to carry the index; the key is flipped to sort as a signed number. */
    private int[] sorted(long[] by, long flip) {
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            keys[i] = ((by[i] ^ flip) & ~INDEX_MASK) | i;
        }
        return indexes(keys);
    }

    private static int[] indexes(long[] keys) {
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            order[i] = (int) (keys[i] & INDEX_MASK);
        }
        return order;
    }

    private int compare(int left, int right) {
        int byHigh = Long.compareUnsigned(highs[left], highs[right]);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(lows[left], lows[right]);
    }

    private static void swap(int[] order, int left, int right) {
        int kept = order[left];
        order[left] = order[right];
        order[right] = kept;
    }
}
