package dev.argondb.engine.log;

import java.io.IOException;

/**
 * A piece of the log that is kept in one file or object: raw as it was appended, or packed, here or in the cold tier.
 *
 * <p>Thread-safe.
 */
sealed interface Segment permits RawSegment, PackedSegment {

    /** A place where a frame begins. */
    record Place(long lsn, long offset) {}

    long firstLsn();

    /** Returns how its content is kept. */
    SegmentList.Form form();

    /** Returns the full name of its file or object, for messages. */
    String fullName();

    /**
     * Begins to read.
     *
     * @param lsn one of this segment; the run begins with the record that holds it, or some before
     * @throws java.nio.file.NoSuchFileException if it is no longer there
     */
    SegmentRun run(long lsn) throws IOException;
}
