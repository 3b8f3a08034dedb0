package dev.argondb.engine.branch;

import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The commits that someone reads or holds, which retention must leave as they are: those of pins, of units of work in the past,
 * and of branches that are being made.
 *
 * <p>Thread-safe. Who takes a pin excludes who takes commits away, so that what was found is still there once it is pinned.
 */
final class Pins {

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final TreeMap<Long, Integer> counts = new TreeMap<>();

    /** Finds something, whose LSN is pinned until {@link #unpin}. */
    Chain.Position pin(Supplier<Chain.Position> finder) {
        lock.readLock().lock();
        try {
            Chain.Position position = finder.get();
            synchronized (counts) {
                counts.merge(position.lsn(), 1, Integer::sum);
            }
            return position;
        } finally {
            lock.readLock().unlock();
        }
    }

    void unpin(long lsn) {
        synchronized (counts) {
            counts.computeIfPresent(lsn, (any, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Returns the lowest LSN pinned, the given one where there is none below it. */
    long oldest(long most) {
        synchronized (counts) {
            return counts.isEmpty() ? most : Math.min(most, counts.firstKey());
        }
    }

    /** Does something while nothing can be pinned. */
    <T> T exclusively(Supplier<T> work) {
        lock.writeLock().lock();
        try {
            return work.get();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
