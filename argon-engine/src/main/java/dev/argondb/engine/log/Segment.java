package dev.argondb.engine.log;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * One file of the log, with what was learned about it so far: where some of its records begin.
 *
 * <p>Thread-safe.
 */
final class Segment {

    /** A place where a frame begins. */
    record Place(long lsn, long offset) {}

    private static final String PREFIX = SegmentList.DIRECTORY + "/log-";
    private static final String SUFFIX = ".seg";

    /** The least distance of two known places, in bytes: what a random read has to skip at most. */
    private static final long INDEX_BYTES = 1 << 16;

    private final long firstLsn;
    private final int salt;
    private final ConcurrentSkipListMap<Long, Long> offsets = new ConcurrentSkipListMap<>();

    Segment(long firstLsn, int salt) {
        this.firstLsn = firstLsn;
        this.salt = salt;
        offsets.put(firstLsn, (long) SegmentHeader.BYTES);
    }

    /** Returns the name of the segment that begins with an LSN. */
    static String nameOf(long firstLsn) {
        return String.format("%s%020d%s", PREFIX, firstLsn, SUFFIX);
    }

    String name() {
        return nameOf(firstLsn);
    }

    long firstLsn() {
        return firstLsn;
    }

    int salt() {
        return salt;
    }

    /** Remembers where a record begins, unless a place shortly before it is known. */
    void learn(long lsn, long offset) {
        Map.@Nullable Entry<Long, Long> before = offsets.floorEntry(lsn);
        if (before == null || offset - before.getValue() >= INDEX_BYTES) {
            offsets.put(lsn, offset);
        }
    }

    /** Returns the last known place from which reading on comes to an LSN of this segment. */
    Place placeBefore(long lsn) {
        Map.Entry<Long, Long> before = offsets.floorEntry(Math.max(lsn, firstLsn));
        return new Place(before.getKey(), before.getValue());
    }
}
