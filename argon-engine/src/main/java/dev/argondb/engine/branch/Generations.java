package dev.argondb.engine.branch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells when all units of work that began before a moment have ended: epoch-based reclamation (K. Fraser, "Practical
 * lock-freedom", 2004, section 5.2.3), with a counter for each generation.
 *
 * <p>Thread-safe.
 */
final class Generations {

    /** Units of work that began between two moments. */
    static final class Generation {
        private final AtomicLong open = new AtomicLong();

        /** Counts a unit of work that began in it out. */
        void exit() {
            open.decrementAndGet();
        }
    }

    private final Deque<Generation> older = new ArrayDeque<>();
    private volatile Generation current = new Generation();

    /** Counts a unit of work in, which counts itself out of what this returns. */
    Generation enter() {
        while (true) {
            Generation generation = current;
            generation.open.incrementAndGet();
            if (generation == current) {
                return generation;
            }
            generation.exit();
        }
    }

    /** Begins a new generation: {@link #areOlderGone} is about those before it. */
    synchronized void advance() {
        older.add(current);
        current = new Generation();
    }

    /** Returns whether all units of work that began before the last {@link #advance} have ended. */
    synchronized boolean areOlderGone() {
        while (!older.isEmpty() && older.peek().open.get() == 0) {
            older.remove();
        }
        return older.isEmpty();
    }
}
