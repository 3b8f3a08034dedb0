package dev.argondb.engine.log;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Syncs a log some time after it was asked to, in a thread of its own: once for all that asked meanwhile. Thread-safe. */
final class BackgroundSync implements AutoCloseable {

    private final ScheduledThreadPoolExecutor executor;
    private final AtomicBoolean requested = new AtomicBoolean();
    private final Runnable sync;
    private final Duration interval;
    private volatile @Nullable ScheduledFuture<?> pending;

    /**
     * @param interval between a request and the sync
     * @param sync throws nothing
     */
    BackgroundSync(Duration interval, Runnable sync) {
        this.interval = interval;
        this.sync = sync;
        this.executor = new ScheduledThreadPoolExecutor(1, BackgroundSync::thread);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "argon-log-sync");
        thread.setDaemon(true);
        return thread;
    }

    /** Asks for a sync. Not after {@link #close()}. */
    void request() {
        if (requested.compareAndSet(false, true)) {
            pending = executor.schedule(this::run, interval.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void run() {
        requested.set(false);
        sync.run();
    }

    @Override
    public void close() {
        ScheduledFuture<?> last = pending;
        if (last != null) {
            last.cancel(false);
        }
        executor.shutdown();
    }
}
