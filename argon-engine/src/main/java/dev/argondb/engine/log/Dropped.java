package dev.argondb.engine.log;

/**
 * What giving up history did.
 *
 * <p>Immutable.
 *
 * @param bytes how much smaller the log got, in the directory and in the cold tier
 * @param remainingObjects how many objects of the cold tier are no longer needed but could not be removed yet; the next time
 *     tries again
 */
public record Dropped(long bytes, int remainingObjects) {}
