package dev.argondb.engine.log;

/**
 * Where a log surely holds a record: what opening it next time can begin with.
 *
 * <p>Immutable.
 *
 * @param segmentLsn the LSN that the last segment began with
 * @param lsn the first LSN of the last durable record; of an empty segment, the LSN that it will begin with
 * @param offset where that record begins in the file of the segment, in bytes
 */
public record LogPlace(long segmentLsn, long lsn, long offset) {}
