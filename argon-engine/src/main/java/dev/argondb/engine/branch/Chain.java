package dev.argondb.engine.branch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A run of commits that only grows at its end, on top of a commit of another run. A branch begins a chain when it is created
 * and a new one when it is reset; older chains stay as they are for whoever stands on them.
 *
 * <p>Thread-safe: one appender at a time, any readers.
 */
final class Chain {

    /** A commit on a chain, or the empty state below all of them where {@code lsn} is 0. */
    record Position(@Nullable Chain chain, int index, long lsn) {

        static final Position EMPTY = new Position(null, -1, 0);

        /** Returns the commit before this one. */
        Position previous() {
            if (chain == null) {
                throw new AssertionError("nothing is before the empty state");
            }
            return index > 0 ? chain.at(index - 1) : chain.below();
        }
    }

    private static final long[] NONE = {};

    private final @Nullable Chain below;
    private final long belowLsn;
    private long[] lsns = NONE;
    private long[] times = NONE;
    private int size;

    /** Begins on a commit of another chain; on the empty state where {@code belowLsn} is 0. */
    Chain(@Nullable Chain below, long belowLsn) {
        this.below = below;
        this.belowLsn = belowLsn;
    }

    synchronized void append(long lsn, long timeMicros) {
        if (size == lsns.length) {
            int capacity = Math.max(4, size * 2);
            lsns = Arrays.copyOf(lsns, capacity);
            times = Arrays.copyOf(times, capacity);
        }
        lsns[size] = lsn;
        times[size] = timeMicros;
        size++;
    }

    private synchronized Position at(int index) {
        return new Position(this, index, lsns[index]);
    }

    private Position below() {
        return below == null || belowLsn == 0 ? Position.EMPTY : below.floor(belowLsn);
    }

    /** Returns the newest commit at or below an LSN. */
    Position floor(long lsn) {
        Position own = ownFloor(lsn, Long.MAX_VALUE);
        if (own != null) {
            return own;
        }
        return below == null ? Position.EMPTY : below.floor(Math.min(lsn, belowLsn));
    }

    /** Returns the newest commit at or before a time. */
    Position floorTime(long timeMicros) {
        return floorTime(timeMicros, Long.MAX_VALUE);
    }

    private Position floorTime(long timeMicros, long upToLsn) {
        Position own = ownFloor(upToLsn, timeMicros);
        if (own != null) {
            return own;
        }
        return below == null ? Position.EMPTY : below.floorTime(timeMicros, Math.min(upToLsn, belowLsn));
    }

    private synchronized @Nullable Position ownFloor(long lsn, long timeMicros) {
        int index = Math.min(floorIndex(lsns, lsn), floorIndex(times, timeMicros));
        return index < 0 ? null : new Position(this, index, lsns[index]);
    }

    /** Returns the last index whose value is at most the bound, -1 for none; values ascend, equal ones may stand together. */
    private int floorIndex(long[] values, long bound) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[middle] <= bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** Returns the lowest LSN of its own commits above an LSN, or of those below it on its chain; 0 for none. */
    long firstAbove(long lsn) {
        long found = 0;
        Position position = floor(Long.MAX_VALUE);
        while (position.lsn() > lsn) {
            found = position.lsn();
            position = position.previous();
        }
        return found;
    }

    /** Returns whether a commit is its own. */
    synchronized boolean holds(long lsn) {
        int index = floorIndex(lsns, lsn);
        return index >= 0 && lsns[index] == lsn;
    }
}
