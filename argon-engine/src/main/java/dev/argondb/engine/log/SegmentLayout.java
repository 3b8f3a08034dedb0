package dev.argondb.engine.log;

import dev.argondb.UnknownRefException;
import java.util.List;

/**
 * The segments of a log as of some moment.
 *
 * <p>Immutable, thread-safe.
 *
 * @param firstLsn history below it was given up
 * @param segments without a gap; the last one is the one that grows
 */
record SegmentLayout(long firstLsn, List<Segment> segments) {

    SegmentLayout {
        segments = List.copyOf(segments);
    }

    Segment last() {
        return segments.get(segments.size() - 1);
    }

    /**
     * Returns the segment that holds an LSN, or will.
     *
     * @throws UnknownRefException if it is gone
     */
    Segment segmentOf(long lsn) {
        int index = indexOf(lsn);
        if (index < 0) {
            throw reclaimed(lsn);
        }
        return segments.get(index);
    }

    /** Returns the last LSN that a segment holds, or, of the last one, can hold. */
    long lastLsn(Segment segment) {
        int next = indexOf(segment.firstLsn()) + 1;
        return next < segments.size() ? segments.get(next).firstLsn() - 1 : Long.MAX_VALUE;
    }

    /** Returns what an LSN gets whose history was given up. */
    UnknownRefException reclaimed(long lsn) {
        return new UnknownRefException("history before lsn " + firstLsn + " was reclaimed, so lsn " + lsn
                + " can no longer be read; choose a later one");
    }

    /** Returns the index of the segment that holds an LSN, or -1. */
    private int indexOf(long lsn) {
        int low = -1;
        int high = segments.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >> 1;
            if (segments.get(middle).firstLsn() <= lsn) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
