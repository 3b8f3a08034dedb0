package dev.argondb.engine.tree;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ascending keys, searched by their heads. Where all keys begin alike, their heads are taken from behind that prefix, so
 * that long keys with a common beginning are told apart by their heads too.
 *
 * <p>The arrays may be longer than {@code size}. A copy shares them with what it was copied from until it changes.
 */
abstract sealed class SortedKeys permits Node {
    private static final int BLOCK = 8;
    private static final byte[] NO_BYTES = {};

    int size;

    /** The head of each key behind its first {@link #skip} bytes. */
    long[] heads;

    /** Full forms; null while every key here is its head. */
    private byte @Nullable [] @Nullable [] keys;

    /** How many first bytes all keys here have in common and {@link #heads} leave out; zero unless all have full forms. */
    private int skip;

    /** A key that begins with those bytes. */
    private byte[] prefix;

    /** Whether {@code heads} and {@code keys} belong to others too. */
    private boolean shared;

    SortedKeys() {
        heads = new long[0];
        prefix = NO_BYTES;
    }

    /** These keys: the heads of all, and the full forms of those that are not their heads; null if there are none. */
    SortedKeys(long[] heads, byte @Nullable [] @Nullable [] keys) {
        this.size = heads.length;
        this.heads = heads;
        this.keys = keys;
        this.prefix = NO_BYTES;
        tightenPrefix();
    }

    /** The same keys. */
    SortedKeys(SortedKeys original) {
        size = original.size;
        heads = original.heads;
        keys = original.keys;
        skip = original.skip;
        prefix = original.prefix;
        shared = true;
    }

    /** The keys of {@code left} from {@code at} on. */
    SortedKeys(SortedKeys left, int at) {
        size = left.size - at;
        heads = Arrays.copyOfRange(left.heads, at, left.size);
        keys = left.keys == null ? null : Arrays.copyOfRange(left.keys, at, left.size);
        skip = left.skip;
        prefix = left.prefix;
        tightenPrefix();
    }

    /** The head of a whole key. */
    final long head(int at) {
        byte @Nullable [] full = skip == 0 ? null : full(at);
        return full == null ? heads[at] : Keys.head(full);
    }

    final byte @Nullable [] full(int at) {
        return keys == null ? null : keys[at];
    }

    final byte[] key(int at) {
        byte @Nullable [] full = full(at);
        return full == null ? Keys.ofLong(heads[at]) : full;
    }

    /** Whether every key here is its head. */
    final boolean areLongs() {
        if (keys != null) {
            for (int i = 0; i < size; i++) {
                if (keys[i] != null) {
                    return false;
                }
            }
        }
        return true;
    }

    final int compareKey(int at, long head, byte @Nullable [] full) {
        return Keys.compare(head(at), full(at), head, full);
    }

    /** The position of a key, or the complement of the position where it would go. */
    final int search(long head, byte @Nullable [] full) {
        if (skip == 0) {
            return searchHeads(head, full);
        } else if (full == null) {
            return searchWhole(head);
        }
        int differs = Arrays.mismatch(full, 0, Math.min(skip, full.length), prefix, 0, skip);
        if (differs < 0) {
            return searchHeads(Keys.head(full, skip), full);
        }
        boolean below = differs == full.length || (full[differs] & 0xff) < (prefix[differs] & 0xff);
        return below ? ~0 : ~size;
    }

    /** The number of keys below the given one. */
    final int lowerBound(byte[] key) {
        int at = search(Keys.head(key), Keys.full(key));
        return at < 0 ? ~at : at;
    }

    private int searchHeads(long head, byte @Nullable [] full) {
        int at = firstAtLeast(heads, size, head);
        if (at == size || heads[at] != head) {
            return ~at;
        }
        return keys == null && full == null ? at : searchTied(at, head, full);
    }

    /** Counts the heads below the given one: first whole blocks, then inside one; its loads wait for no other. */
    private static int firstAtLeast(long[] heads, int size, long head) {
        int count = 0;
        for (int i = BLOCK - 1; i < size; i += BLOCK) {
            count += heads[i] < head ? BLOCK : 0;
        }
        int end = Math.min(count + BLOCK - 1, size);
        for (int i = count; i < end; i++) {
            count += heads[i] < head ? 1 : 0;
        }
        return count;
    }

    private int searchTied(int first, long head, byte @Nullable [] full) {
        int low = first;
        int high = size - 1;
        int step = 0;
        while (low <= high) {
            int middle = Math.min(low + step, (low + high) >>> 1); // the first is often the only one that ties
            int order = heads[middle] == head ? Keys.compareTied(full(middle), full, skip + Keys.HEAD_BYTES) : 1;
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
            step = 2 * step + 1;
        }
        return ~low;
    }

    /** Looks for a key of eight bytes among longer and shorter ones that have a prefix to skip. */
    private int searchWhole(long head) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1; // no key here is of eight bytes, so none is equal
            if (compareKey(middle, head, null) < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return ~low;
    }

    final void insertKey(int at, long head, byte @Nullable [] full) {
        if (skip > 0) {
            keepPrefix(full);
        }
        byte @Nullable [] @Nullable [] wide = keys;
        if (wide != null) {
            keys = Slots.insert(wide, size, at, full, !shared);
        } else if (full != null) {
            keys = Slots.insert(new byte[size][], size, at, full, true);
        }
        long own = skip > 0 && full != null ? Keys.head(full, skip) : head;
        heads = Slots.insert(heads, size, at, own, !shared);
        shared = false;
        size++;
    }

    final void removeKey(int at) {
        if (keys != null) {
            keys = Slots.remove(keys, size, at, !shared);
        }
        heads = Slots.remove(heads, size, at, !shared);
        shared = false;
        size--;
    }

    final void joinKeys(SortedKeys right) {
        if (keys != null || right.keys != null) {
            keys = Slots.join(fullForms(), size, right.fullForms(), right.size);
        }
        skipTo(0);
        heads = Slots.join(heads, size, right.skip == 0 ? right.heads : right.headsBehind(0), right.size);
        shared = false;
        size += right.size;
        tightenPrefix();
    }

    /** Keeps the first {@code newSize} keys; only for a node that shares no keys. */
    final void truncateKeys(int newSize) {
        if (keys != null) {
            Arrays.fill(keys, newSize, size, null);
        }
        size = newSize;
        tightenPrefix();
    }

    /** Goes back to a prefix that a key about to be inserted has too. */
    private void keepPrefix(byte @Nullable [] full) {
        int common = full == null ? 0 : Arrays.mismatch(full, 0, Math.min(skip, full.length), prefix, 0, skip);
        if (common >= 0) {
            skipTo(common);
        }
    }

    /** Skips all that the keys have in common, unless it is already so or one of them is its head. */
    private void tightenPrefix() {
        byte[] @Nullable [] all = keys;
        if (all == null || size < 2 || Arrays.asList(all).subList(0, size).contains(null)) {
            return;
        }
        int common = Arrays.mismatch(all[0], all[size - 1]);
        if (common > skip) {
            prefix = all[0];
            skipTo(common);
        }
    }

    private void skipTo(int bytes) {
        if (bytes != skip) {
            heads = headsBehind(bytes);
            skip = bytes;
        }
    }

    private long[] headsBehind(int bytes) {
        long[] behind = new long[heads.length];
        for (int i = 0; i < size; i++) {
            byte @Nullable [] full = full(i);
            behind[i] = full == null ? heads[i] : Keys.head(full, bytes);
        }
        return behind;
    }

    private byte[] @Nullable [] fullForms() {
        return Objects.requireNonNullElseGet(keys, () -> new byte[size][]);
    }
}
