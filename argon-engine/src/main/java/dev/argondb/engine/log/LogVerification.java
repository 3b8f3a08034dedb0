package dev.argondb.engine.log;

/**
 * What a verification of a log read.
 *
 * <p>Immutable.
 *
 * @param segments files and objects
 * @param records records that were whole
 * @param bytes size of the segments
 * @param findings how many findings there were
 */
public record LogVerification(int segments, long records, long bytes, long findings) {}
