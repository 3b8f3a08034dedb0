package dev.argondb.engine.branch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells when everybody has left who came before a moment, and may have a state in hand that nothing names yet: epoch-based
 * reclamation (K. Fraser, "Practical lock-freedom", 2004, section 5.2.3), with a counter for each generation. Stays are short:
 * beginning a unit of work, and committing it; what an open one stands on, {@link OpenUnits} know.
 *
 * <p>Thread-safe.
 */
final class Generations {

    private static final long POLL_NANOS = 200_000;

    /** Those who came between two moments. */
    static final class Generation {
        private final AtomicLong present = new AtomicLong();

        /** Counts out one who came in it. */
        void exit() {
            present.decrementAndGet();
        }
    }

    private final Deque<Generation> older = new ArrayDeque<>();
    private volatile Generation current = new Generation();

    /** Counts one in, who counts itself out of what this returns. */
    Generation enter() {
        while (true) {
            Generation generation = current;
            generation.present.incrementAndGet();
            if (generation == current) {
                return generation;
            }
            generation.exit();
        }
    }

    /** Waits until all have left who are here now; returns whether they did in time. */
    boolean awaitAllGone(Duration atMost) {
        advance();
        long end = System.nanoTime() + atMost.toNanos();
        while (!areOlderGone()) {
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    private synchronized void advance() {
        older.add(current);
        current = new Generation();
    }

    private synchronized boolean areOlderGone() {
        while (!older.isEmpty() && older.peek().present.get() == 0) {
            older.remove();
        }
        return older.isEmpty();
    }
}
