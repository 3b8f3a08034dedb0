package dev.argondb.engine.tree;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node: ascending keys, as entries of a leaf or separators between children. It is edited only by the tree whose
 * {@link Owner} it carries, and frozen for everyone once that owner is given up.
 */
abstract sealed class Node permits LeafNode, InnerNode {
    /** Most entries of a leaf and most children of an inner node; one more while it waits to be split. */
    static final int FANOUT = 64;

    /** Fewest entries or children of a node off the right edge. */
    static final int FEWEST = FANOUT / 3;

    final @Nullable Owner owner;
    int size;
    long[] heads;
    /** Full forms; null while every key of this node is its head. */
    byte @Nullable [] @Nullable [] keys;
    /** Whether {@code heads} and {@code keys} belong to a frozen node too. */
    boolean sharesKeys;

    Node(@Nullable Owner owner, int size, long[] heads, byte @Nullable [] @Nullable [] keys, boolean sharesKeys) {
        this.owner = owner;
        this.size = size;
        this.heads = heads;
        this.keys = keys;
        this.sharesKeys = sharesKeys;
    }

    /** Zero for a leaf, one more than its children for an inner node. */
    abstract int level();

    /** Entries in this node and below. */
    abstract long count();

    /** The same content, to be edited by {@code owner}; arrays stay shared until they change. */
    abstract Node copy(Owner owner);

    abstract boolean overflows();

    abstract boolean underflows();

    /** Moves everything from {@code at} on into a new right neighbour, which this returns. */
    abstract Node split(int at, Owner owner);

    /** Appends the content of the right neighbour, which stays as it is. */
    abstract void absorb(Node right, long separatorHead, byte @Nullable [] separatorFull);

    final byte @Nullable [] full(int at) {
        return keys == null ? null : keys[at];
    }

    final byte[] key(int at) {
        return Keys.key(heads[at], full(at));
    }

    final int compareKey(int at, long head, byte @Nullable [] full) {
        return Keys.compare(heads[at], full(at), head, full);
    }

    /** The position of a key, or the complement of the position where it would go. */
    final int search(long head, byte @Nullable [] full) {
        int at = firstAtLeast(heads, size, head);
        if (at == size || heads[at] != head) {
            return ~at;
        }
        return keys == null && full == null ? at : searchTied(at, head, full);
    }

    /** The number of keys below the given one. */
    final int lowerBound(byte[] key) {
        int at = search(Keys.head(key), Keys.full(key));
        return at < 0 ? ~at : at;
    }

    private int searchTied(int first, long head, byte @Nullable [] full) {
        int low = first;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = heads[middle] == head ? Keys.compareTied(full(middle), full) : 1;
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return ~low;
    }

    private static int firstAtLeast(long[] heads, int size, long head) {
        int base = 0;
        int length = size;
        while (length > 1) {
            int half = length >>> 1;
            base += heads[base + half - 1] < head ? half : 0;
            length -= half;
        }
        return base + (length == 1 && heads[base] < head ? 1 : 0);
    }

    final void insertKey(int at, long head, byte @Nullable [] full) {
        byte @Nullable [] @Nullable [] wide = keys;
        if (wide != null) {
            keys = Slots.insert(wide, size, at, full, !sharesKeys);
        } else if (full != null) {
            keys = Slots.insert(new byte[size][], size, at, full, true);
        }
        heads = Slots.insert(heads, size, at, head, !sharesKeys);
        sharesKeys = false;
        size++;
    }

    final void removeKey(int at) {
        if (keys != null) {
            keys = Slots.remove(keys, size, at, !sharesKeys);
        }
        heads = Slots.remove(heads, size, at, !sharesKeys);
        sharesKeys = false;
        size--;
    }

    final void joinKeys(Node right) {
        if (keys != null || right.keys != null) {
            keys = Slots.join(fullForms(), size, right.fullForms(), right.size);
        }
        heads = Slots.join(heads, size, right.heads, right.size);
        sharesKeys = false;
        size += right.size;
    }

    /** Keeps the first {@code newSize} keys; only for a node that shares no keys. */
    final void truncateKeys(int newSize) {
        if (keys != null) {
            Arrays.fill(keys, newSize, size, null);
        }
        size = newSize;
    }

    final long[] headsFrom(int at) {
        return Arrays.copyOfRange(heads, at, size);
    }

    final byte @Nullable [] @Nullable [] keysFrom(int at) {
        return keys == null ? null : Arrays.copyOfRange(keys, at, size);
    }

    private byte[] @Nullable [] fullForms() {
        return Objects.requireNonNullElseGet(keys, () -> new byte[size][]);
    }

    /** The value of a key below {@code root}. */
    static @Nullable Object find(Node root, long head, byte @Nullable [] full) {
        Node node = root;
        while (node instanceof InnerNode inner) {
            node = inner.child(inner.slot(head, full));
        }
        int at = node.search(head, full);
        return at < 0 ? null : ((LeafNode) node).values[at];
    }

    /** The number of keys below {@code root} that are smaller than {@code key}. */
    static long rank(Node root, byte[] key) {
        long head = Keys.head(key);
        byte @Nullable [] full = Keys.full(key);
        long rank = 0;
        Node node = root;
        while (node instanceof InnerNode inner) {
            int slot = inner.slot(head, full);
            rank += inner.countBefore(slot);
            node = inner.child(slot);
        }
        return rank + node.lowerBound(key);
    }

    /** The number of keys below {@code root}, which has {@code size} in all, that lie in {@code range}. */
    static long count(Node root, long size, KeyRange range) {
        long below = range.from() == null ? 0 : rank(root, range.from());
        long upTo = range.to() == null ? size : rank(root, range.to());
        return Math.max(0, upTo - below);
    }
}
