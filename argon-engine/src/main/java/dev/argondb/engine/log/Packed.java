package dev.argondb.engine.log;

/**
 * What packing a log did.
 *
 * <p>Immutable.
 *
 * @param segments how many segments were rewritten
 * @param rawBytes their size before
 * @param packedBytes their size after
 */
public record Packed(int segments, long rawBytes, long packedBytes) {}
