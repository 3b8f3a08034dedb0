package dev.argondb.engine.state;

import java.util.Arrays;

/**
 * The ids of a state's collections, ascending, and the way back from an id to its position. Every row that is read or written
 * asks for one, so it is found by its last bits and not by a search.
 *
 * <p>Immutable, thread-safe.
 */
final class CollectionIds {

    private static final int FREE = -1;

    private final int[] ids;

    /** Positions; that of an id stands at the slot of its last bits, or in the next one that was free. */
    private final int[] slots;

    /** Takes ids, ascending. */
    CollectionIds(int[] ids) {
        this.ids = ids;
        this.slots = new int[Integer.highestOneBit(Math.max(1, ids.length)) << 2]; // more than half of them stay free
        Arrays.fill(slots, FREE);
        for (int position = 0; position < ids.length; position++) {
            slots[freeSlot(ids[position])] = position;
        }
    }

    private int freeSlot(int id) {
        int slot = slotOf(id);
        while (slots[slot] != FREE) {
            slot = slotAfter(slot);
        }
        return slot;
    }

    private int slotOf(int id) {
        return id & (slots.length - 1);
    }

    private int slotAfter(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    /** Returns the position of an id; where it is absent, -1 minus the position it would have. */
    int position(int id) {
        int slot = slotOf(id);
        for (int position = slots[slot]; position != FREE; position = slots[slot]) {
            if (ids[position] == id) {
                return position;
            }
            slot = slotAfter(slot);
        }
        return Arrays.binarySearch(ids, id);
    }
}
