package dev.argondb.engine.log;

/**
 * What moving segments to the cold tier did.
 *
 * <p>Immutable.
 *
 * @param segments how many were moved
 * @param bytes their size
 */
public record Moved(int segments, long bytes) {}
