package dev.argondb.engine.log;

import dev.argondb.UnavailableException;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** What is done to the full segments of a log, one thing at a time. Thread-safe. */
final class LogMaintenance {

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    private final Segments segments;
    private final int blockBytes;
    private final Runnable checkpoint;
    private final Runnable seal;
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * @param blockBytes the least size of a block, uncompressed
     * @param checkpoint throws if the log was closed or failed; called often
     * @param seal closes the last segment and begins another
     */
    LogMaintenance(Segments segments, int blockBytes, Runnable checkpoint, Runnable seal) {
        this.segments = segments;
        this.blockBytes = blockBytes;
        this.checkpoint = checkpoint;
        this.seal = seal;
    }

    /** Runs something when nothing else is done to the segments. */
    void exclusively(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    Packed pack() {
        return change("pack", () -> new Packing(segments, packedFiles()).run());
    }

    Dropped dropBefore(long lsn) {
        return change("drop history of", () -> new Truncation(segments, packedFiles(), blockBytes, seal, lsn).run());
    }

    Moved moveToCold(long keepHotBytes) {
        return change("move to the cold tier segments of", () -> new ColdMove(segments, packedFiles(), checkpoint)
                .run(keepHotBytes));
    }

    private PackedFiles packedFiles() {
        return new PackedFiles(segments, blockBytes, checkpoint);
    }

    private <T> T change(String what, Work<T> work) {
        lock.lock();
        try {
            checkpoint.run();
            segments.settle();
            return work.run();
        } catch (IOException e) {
            throw new UnavailableException(
                    "cannot " + what + " the log in `" + segments.volume().describe("") + "`: " + e.getMessage()
                            + "; nothing is lost and appends go on; mend that and try again",
                    e);
        } finally {
            lock.unlock();
        }
    }
}
