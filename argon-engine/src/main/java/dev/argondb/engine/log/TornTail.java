package dev.argondb.engine.log;

/**
 * What a crash had left at the end of a log, and its opening dropped: records that were never acknowledged (in
 * {@link SyncMode#RELAXED}, acknowledged before they were durable).
 *
 * <p>Immutable.
 *
 * @param file the full name of the segment
 * @param offset where it was cut, in bytes
 * @param bytes how many bytes were dropped
 * @param nextLsn the LSN with which the log goes on
 */
public record TornTail(String file, long offset, long bytes, long nextLsn) {}
