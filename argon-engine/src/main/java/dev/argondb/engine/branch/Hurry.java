package dev.argondb.engine.branch;

import dev.argondb.engine.page.Pace;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pace that takes its rests only while nobody waits for the work to be done: committers may have to.
 *
 * <p>Thread-safe.
 */
final class Hurry implements Pace {

    private final Pace unhurried;
    private final AtomicInteger waiting = new AtomicInteger();

    Hurry(Pace unhurried) {
        this.unhurried = unhurried;
    }

    @Override
    public void afterPiece(long bytes, long nanos) {
        if (waiting.get() == 0) {
            unhurried.afterPiece(bytes, nanos);
        }
    }

    /** Runs what waits for the work, or does it. */
    void during(Runnable task) {
        waiting.incrementAndGet();
        try {
            task.run();
        } finally {
            waiting.decrementAndGet();
        }
    }
}
