package dev.argondb.engine.page;

import java.util.concurrent.locks.LockSupport;

/**
 * Slows work on files down, so that who shares the disk is not delayed. Asked after each piece that was written and synced.
 *
 * <p>Thread-safe.
 */
@FunctionalInterface
public interface Pace {

    /** Goes on at once. */
    Pace FULL = (bytes, nanos) -> {};

    /**
     * Waits as it sees fit.
     *
     * @param bytes the size of the piece that was written and synced
     * @param nanos how long that took
     */
    void afterPiece(long bytes, long nanos);

    /**
     * Returns a pace that leaves the disk to others for some time after each piece.
     *
     * @param ratio how long the pause is, in times of what the piece took; not negative
     */
    static Pace resting(double ratio) {
        return (bytes, nanos) -> LockSupport.parkNanos((long) (nanos * ratio));
    }
}
