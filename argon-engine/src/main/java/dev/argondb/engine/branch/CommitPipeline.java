package dev.argondb.engine.branch;

import dev.argondb.ClosedException;
import dev.argondb.UnavailableException;
import dev.argondb.engine.Environment;
import dev.argondb.engine.log.Log;
import dev.argondb.engine.log.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gives steps of history their place in the log, makes them durable in groups, and publishes them in order.
 *
 * <p>Ordering happens under one short lock. A committer that finds nobody flushing becomes the leader: it appends all that is
 * queued with one call (one fsync) while others queue behind it, as in the group commit of DeWitt et al., "Implementation
 * Techniques for Main Memory Database Systems" (1984). A step is published only once it is durable.
 *
 * <p>Thread-safe.
 */
final class CommitPipeline {

    /**
     * A step in its place.
     *
     * @param record what is logged
     * @param publish makes it visible; runs under the lock, in LSN order, once it is durable
     */
    record Step(LogRecord record, Runnable publish) {}

    /** Decides a step, under the lock. What it throws leaves nothing behind. */
    @FunctionalInterface
    interface Sequencing {
        Step at(long firstLsn, long timeMicros);
    }

    /** Decides steps that follow one another, under the lock. What it throws leaves nothing behind. */
    @FunctionalInterface
    interface GroupSequencing {
        List<Step> at(long firstLsn, long timeMicros);
    }

    private final Log log;
    private final Environment environment;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flushed = lock.newCondition();
    private List<Step> queue = new ArrayList<>();
    private long nextLsn;
    private long durableLsn;
    private long lastTimeMicros;
    private boolean flushing;
    private boolean closed;
    private @Nullable UnavailableException failure;

    CommitPipeline(Log log, Environment environment, long lastTimeMicros) {
        this.log = log;
        this.environment = environment;
        this.durableLsn = log.lastLsn();
        this.nextLsn = durableLsn + 1;
        this.lastTimeMicros = lastTimeMicros;
    }

    /** Returns the LSN up to which everything is durable and visible. */
    long durableLsn() {
        lock.lock();
        try {
            return durableLsn;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts a step in its place and returns when it is durable and visible.
     *
     * @throws UnavailableException if the log cannot take it
     * @throws ClosedException after {@link #close}
     */
    void run(Sequencing sequencing) {
        runGroup((lsn, time) -> List.of(sequencing.at(lsn, time)));
    }

    /** Puts steps in their places, at least one, and returns when all are durable and visible; see {@link #run}. */
    void runGroup(GroupSequencing sequencing) {
        lock.lock();
        try {
            await(enqueue(sequencing));
        } finally {
            lock.unlock();
        }
    }

    /** Looks at what is durable and visible. */
    @FunctionalInterface
    interface Look<T> {
        T at(long durableLsn, long timeMicros);
    }

    /** Returns what is seen while nothing is published. */
    <T> T whileStill(Look<T> look) {
        lock.lock();
        try {
            return look.at(durableLsn, lastTimeMicros);
        } finally {
            lock.unlock();
        }
    }

    /** Puts a step in its place; it becomes durable no later than anything put behind it. */
    void runLater(Sequencing sequencing) {
        lock.lock();
        try {
            enqueue((lsn, time) -> List.of(sequencing.at(lsn, time)));
        } finally {
            lock.unlock();
        }
    }

    private long enqueue(GroupSequencing sequencing) {
        requireUsable();
        long time = Math.max(lastTimeMicros, environment.nowMicros());
        List<Step> steps = sequencing.at(nextLsn, time);
        queue.addAll(steps);
        lastTimeMicros = time;
        long last = steps.get(steps.size() - 1).record().lastLsn();
        nextLsn = last + 1;
        return last;
    }

    /** Returns why the log takes no more; null while it does. */
    @Nullable
    UnavailableException failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    private void requireUsable() {
        if (failure != null) {
            throw new UnavailableException(
                    "the log takes no more writes after a failure: " + failure.getMessage() + "; close and open again",
                    failure);
        }
        if (closed) {
            throw new ClosedException("the database is closed; open it again");
        }
    }

    private void await(long lsn) {
        while (durableLsn < lsn) {
            if (failure != null) {
                throw new UnavailableException(
                        "the commit is not durable: " + failure.getMessage() + "; close and open again", failure);
            }
            if (flushing) {
                flushed.awaitUninterruptibly();
            } else {
                flush();
            }
        }
    }

    /** Appends what is queued; the lock is free meanwhile. */
    private void flush() {
        List<Step> batch = queue;
        long expected = durableLsn;
        queue = new ArrayList<>();
        flushing = true;
        lock.unlock();
        UnavailableException failed = null;
        try {
            log.append(expected, batch.stream().map(Step::record).toList());
        } catch (RuntimeException | Error e) {
            failed = e instanceof UnavailableException u
                    ? u
                    : new UnavailableException(String.valueOf(e.getMessage()), e);
        } finally {
            lock.lock();
            flushing = false;
        }
        if (failed != null) {
            failure = failed;
        } else {
            publish(batch);
        }
        flushed.signalAll();
    }

    private void publish(List<Step> batch) {
        for (Step step : batch) {
            step.publish().run();
        }
        durableLsn = batch.get(batch.size() - 1).record().lastLsn();
    }

    /** Makes everything put in place durable and takes no more. Idempotent. */
    void close() {
        lock.lock();
        try {
            if (!closed && failure == null) {
                await(nextLsn - 1);
            }
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
