package dev.argondb.engine.log;

/**
 * How many bytes a log takes.
 *
 * <p>Immutable.
 *
 * @param raw in segments as they were appended
 * @param packed in packed segments in the directory
 * @param cold in packed segments in the cold tier
 */
public record LogBytes(long raw, long packed, long cold) {

    /** Returns how many bytes there are in the directory. */
    public long hot() {
        return raw + packed;
    }
}
