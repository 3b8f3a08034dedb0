package dev.argondb.engine.branch;

import dev.argondb.ArgonException;
import dev.argondb.ArgonListener.Work;
import dev.argondb.UnavailableException;
import dev.argondb.engine.Retention;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.branch.BranchState.Head;
import dev.argondb.engine.branch.Chain.Position;
import dev.argondb.engine.branch.Checkpoint.ChainImage;
import dev.argondb.engine.branch.GraphCut.CutBranch;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.state.StateStore;
import dev.argondb.engine.tree.BTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes snapshots of branches, and checkpoints of the graph, off the write path: so many entries or bytes of log after the last one, or
 * when so many bytes of changed nodes are in memory; of every commit that gets a tag, and when asked to.
 *
 * <p>A snapshot and the checkpoint that knows it become durable as one batch of pages; then the file that names the checkpoint
 * is replaced. A crash before that leaves the old checkpoint.
 *
 * <p>Thread-safe. Lock order: {@link #work} before the pipeline's lock.
 */
final class Snapshots {

    /** So many times more than the settings say may be committed while a snapshot is late; then a committer takes it. */
    private static final int MOST_LATE = 2;
    /** A branch with fewer entries to replay than this part of what calls for a snapshot is left without one. */
    private static final int SMALL_PART = 16;
    /** Entries since the last checkpoint that make one worth its while when a database is closed. */
    private static final long WORTH_CLOSING = 256;
    /** Then a branch with more entries gets a snapshot: replay reads a leaf for each, and whoever opens would wait for it. */
    private static final long WORTH_CLOSING_OF_BRANCH = 64;

    /** A few nodes are not worth a snapshot, however small the cache. */
    private static final long LEAST_COPIED_BYTES = 4L << 20;

    private static final long CLOSE_SECONDS = 60;
    /** Where all history is kept, only deleted branches leave anything to give back that is worth looking for. */
    private static final int SNAPSHOTS_PER_RETENTION = 16;
    /** Old checkpoints are dead as well, but small: they are looked for when the pages take so many times the space. */
    private static final int GROWTH_PER_RETENTION = 2;

    private static final long LEAST_PERIOD_MILLIS = 100;
    private static final long MOST_PERIOD_MILLIS = 60_000;

    private final BranchGraph graph;
    private final Storage storage;
    private final StorageSettings settings;
    private final Object work = new Object();
    private final AtomicLong entries = new AtomicLong();
    private final AtomicLong startBytes = new AtomicLong();
    private final AtomicLong startCopied = new AtomicLong();
    private final Retainer retainer;
    private final AtomicBoolean requested = new AtomicBoolean();
    private final @Nullable ScheduledExecutorService executor;
    private int sinceRetained;
    private long bytesWhenRetained;
    /** Whether anything was deleted since pages were given back. What was deleted before it was opened waits for the next. */
    private volatile boolean isDeleted;

    private volatile @Nullable Checkpoint checkpoint;
    private volatile @Nullable PageId checkpointPage;
    private volatile @Nullable RuntimeException failure;
    /** Whether it is not known which checkpoint is the newest, after a failure: then nothing may be taken away. */
    private volatile boolean isUncertain;

    /** Below which LSN the chains have forgotten, whether a checkpoint says so yet or not. */
    private volatile long forgottenBelow;

    private volatile boolean closed;

    /**
     * @param checkpoint the newest, null for none
     * @param page its page
     */
    Snapshots(BranchGraph graph, Storage storage, @Nullable Checkpoint checkpoint, @Nullable PageId page) {
        this.graph = graph;
        this.storage = storage;
        this.settings = storage.settings();
        this.checkpoint = checkpoint;
        this.checkpointPage = page;
        this.retainer = new Retainer(graph, this);
        this.executor = settings.isBackground() ? background() : null;
        this.entries.set(graph.log().lastLsn() - checkpointLsn());
        this.startBytes.set(graph.log().appendedBytes());
        this.bytesWhenRetained = storage.pages().bytes();
    }

    private ScheduledExecutorService background() {
        ScheduledThreadPoolExecutor background = new ScheduledThreadPoolExecutor(1, Snapshots::thread);
        background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        background.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        scheduleRetention(background);
        return background;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "argon-storage");
        thread.setDaemon(true);
        return thread;
    }

    Storage storage() {
        return storage;
    }

    /** Returns the lowest LSN whose state can be read. */
    long watermark() {
        return Math.max(forgottenBelow, durableWatermark());
    }

    /** Returns the watermark of the newest checkpoint: what is below it may go. */
    long durableWatermark() {
        Checkpoint newest = checkpoint;
        return newest == null ? 0 : newest.watermark();
    }

    /** Takes note that the chains forgot what is below an LSN; every checkpoint from now on says so. */
    void forgot(long below) {
        forgottenBelow = below;
    }

    long checkpointLsn() {
        Checkpoint newest = checkpoint;
        return newest == null ? 0 : newest.lsn();
    }

    boolean isUncertain() {
        return isUncertain;
    }

    @Nullable
    Checkpoint checkpoint() {
        return checkpoint;
    }

    @Nullable
    PageId checkpointPage() {
        return checkpointPage;
    }

    /** Returns why the last work failed; null once some succeeded. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    // ---- when

    /** Takes note of a commit; under the pipeline's lock. */
    void committed(CommitRecord commit) {
        long since = entries.addAndGet(commit.entries().size());
        if (since >= settings.snapshotEntries()
                || bytesSince() >= settings.snapshotBytes()
                || copiedSince() >= mostCopied()) {
            request();
        }
    }

    /** Returns about how many bytes of changed nodes may stay in memory until there is a snapshot. */
    private long mostCopied() {
        return Math.max(LEAST_COPIED_BYTES, settings.cacheBytes() / 4);
    }

    private long copiedSince() {
        return storage.cache().copiedBytes() - startCopied.get();
    }

    private long bytesSince() {
        return graph.log().appendedBytes() - startBytes.get();
    }

    /** A commit whose snapshot is due, and its state. */
    record Wanted(Position position, StateRef state) {}

    /** Takes note that a commit got a tag. */
    void tagged(Wanted commit) {
        run(() -> take(List.of(commit), smallWhenDueByEntries()));
    }

    private void request() {
        if (requested.compareAndSet(false, true)) {
            run(() -> {
                requested.set(false);
                take(List.of(), small());
                maintain();
            });
        }
    }

    /** Runs work in the background, if there is one. */
    void run(Runnable task) {
        ExecutorService background = executor;
        if (background != null && !closed) {
            try {
                background.execute(() -> tryRun(task));
            } catch (RejectedExecutionException e) {
                // closed meanwhile: what is not in a snapshot is in the log
            }
        }
    }

    private void tryRun(Runnable task) {
        if (!closed) {
            try {
                task.run();
            } catch (ArgonException e) {
                failure = e;
            }
        }
    }

    /**
     * Takes the snapshot that is due long since, in the thread of who would commit still more: so memory stays bounded.
     *
     * @throws UnavailableException if that fails
     */
    void awaitRoom() {
        if (executor != null && isLate()) {
            storage.hurry().during(this::takeIfLate);
        }
    }

    private void takeIfLate() {
        synchronized (work) {
            if (isLate() && !closed) {
                attempt(Work.SNAPSHOT, () -> write(List.of(), small()));
            }
        }
    }

    private boolean isLate() {
        return entries.get() >= (long) MOST_LATE * settings.snapshotEntries()
                || bytesSince() >= MOST_LATE * settings.snapshotBytes()
                || copiedSince() >= MOST_LATE * mostCopied();
    }

    /** Does what is due beside snapshots: packs the log, merges files of pages, and gives back what is not to be kept. */
    private void maintain() {
        storage.pack();
        synchronized (work) {
            if (!closed) {
                sinceRetained++;
                if (isRetentionDue()) {
                    sinceRetained = 0;
                    retainInBackground();
                } else {
                    storage.pages().merge();
                }
            }
        }
    }

    private void retainInBackground() {
        isDeleted = false;
        boolean[] done = {false};
        try {
            attempt(Work.RETAIN, () -> done[0] = retainer.runInBackground());
        } finally {
            bytesWhenRetained = storage.pages().bytes();
            if (!done[0]) {
                isDeleted = true;
            }
        }
    }

    /** To mark all pages takes long where there are many. */
    private boolean isRetentionDue() {
        boolean isWorthIt = isDeleted || storage.pages().bytes() >= GROWTH_PER_RETENTION * bytesWhenRetained;
        return !settings.retention().equals(Retention.ALL) || (sinceRetained >= SNAPSHOTS_PER_RETENTION && isWorthIt);
    }

    /** Takes note that a branch, or what a branch held before a reset, was deleted. */
    void deleted() {
        isDeleted = true;
    }

    /** Gives back what is not to be kept, now and then, whether anything is written or not. */
    @SuppressWarnings("FutureReturnValueIgnored") // it reports its failures itself
    private void scheduleRetention(ScheduledExecutorService background) {
        if (settings.retention() instanceof Retention.Window window) {
            long millis = Math.max(
                    LEAST_PERIOD_MILLIS,
                    Math.min(MOST_PERIOD_MILLIS, window.length().toMillis() / 10));
            background.scheduleWithFixedDelay(
                    () -> tryRun(() -> {
                        synchronized (work) {
                            if (!closed) {
                                retainInBackground();
                            }
                        }
                    }),
                    millis,
                    millis,
                    TimeUnit.MILLISECONDS);
        }
    }

    // ---- how

    /** Takes a snapshot of every branch with more than so many entries to replay, and a checkpoint. */
    void take(List<Wanted> more, long smallest) {
        synchronized (work) {
            if (!closed) {
                attempt(Work.SNAPSHOT, () -> write(more, smallest));
            }
        }
    }

    /** Takes a snapshot of every branch whose head has none, and a checkpoint. */
    void takeAll() {
        synchronized (work) {
            attempt(Work.SNAPSHOT, () -> write(List.of(), 0));
        }
    }

    private void attempt(Work kind, Runnable task) {
        graph.listeners().hear(kind, () -> attempt(task));
    }

    private void attempt(Runnable task) {
        try {
            task.run();
            failure = null;
        } catch (ArgonException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * Returns how many entries a branch may have to replay and be left without a snapshot, when one is due: never so many that none
     * gets one, for it may be due because of bytes.
     */
    private long small() {
        return Math.min(smallWhenDueByEntries(), entries.get() / SMALL_PART);
    }

    private long smallWhenDueByEntries() {
        return settings.snapshotEntries() / SMALL_PART;
    }

    private void write(List<Wanted> more, long smallest) {
        long entriesAtCut = entries.get();
        long bytesAtCut = graph.log().appendedBytes();
        long copiedAtCut = storage.cache().copiedBytes();
        GraphCut cut = graph.cut();
        Map<Long, Wanted> wanted = new TreeMap<>();
        more.forEach(commit -> want(commit, wanted));
        for (CutBranch branch : cut.branches()) {
            Head head = branch.head();
            if (branch.entriesToReplay() > smallest) {
                want(new Wanted(head.chain().floor(head.lsn()), head.state()), wanted);
            }
        }
        writeCheckpoint(cut, wanted, watermark());
        entries.addAndGet(-entriesAtCut);
        startBytes.set(bytesAtCut);
        startCopied.set(copiedAtCut);
        graph.releaseIdle(cut);
        graph.materializer().snapshotted();
    }

    /** Adds a commit, unless it has a snapshot. */
    static void want(Wanted commit, Map<Long, Wanted> wanted) {
        Position position = commit.position();
        Chain chain = position.chain();
        if (chain != null && !chain.hasSnapshot(position.lsn())) {
            wanted.put(position.lsn(), commit);
        }
    }

    /** Writes snapshots of commits, and a checkpoint that knows them and a watermark. */
    void writeCheckpoint(GraphCut cut, Map<Long, Wanted> wanted, long newWatermark) {
        Map<Long, PageId> written = new HashMap<>();
        PageId page;
        Checkpoint next;
        try (StateStore.Writer writer = storage.states().begin()) {
            wanted.forEach((lsn, commit) ->
                    written.put(lsn, writer.write(commit.state().get())));
            Map<Chain, NavigableMap<Long, PageId>> added = byChain(wanted, written);
            List<ChainImage> chains = new ArrayList<>();
            for (Chain chain : cut.chains()) {
                chains.add(image(chain, added.getOrDefault(chain, new TreeMap<>()), writer));
            }
            next = cut.checkpoint(chains, newWatermark);
            page = writer.put(CheckpointCodec.encode(next));
            graph.log().sync();
            writer.commit();
        }
        isUncertain = true;
        storage.publish(cut.lsn(), page);
        isUncertain = false;
        checkpoint = next;
        checkpointPage = page;
        byChain(wanted, written).forEach((chain, snapshots) -> snapshots.forEach(chain::addSnapshot));
        graph.snapshotted(cut, written.keySet());
    }

    private static Map<Chain, NavigableMap<Long, PageId>> byChain(Map<Long, Wanted> wanted, Map<Long, PageId> written) {
        Map<Chain, NavigableMap<Long, PageId>> added = new HashMap<>();
        wanted.forEach((lsn, commit) -> {
            Chain chain = commit.position().chain();
            PageId page = written.get(lsn);
            if (chain != null && page != null) {
                added.computeIfAbsent(chain, any -> new TreeMap<>()).put(lsn, page);
            }
        });
        return added;
    }

    private static ChainImage image(Chain chain, NavigableMap<Long, PageId> added, StateStore.Writer writer) {
        Chain.Content content = chain.content();
        NavigableMap<Long, PageId> snapshots = new TreeMap<>(content.snapshots());
        snapshots.putAll(added);
        boolean isFew = content.commits().size() <= Checkpoint.FEW;
        return new ChainImage(
                chain.id(),
                content.below() == null ? 0 : content.below().id(),
                content.belowLsn(),
                content.reclaimed(),
                isFew ? content.commits() : BTree.empty(),
                isFew ? null : writer.write(content.commits(), CommitsCodec.INSTANCE),
                content.commits().size(),
                snapshots,
                content.schemaChanges(),
                content.lineage());
    }

    private boolean isWorthClosing() {
        return entries.get() >= WORTH_CLOSING
                || graph.cut().branches().stream().anyMatch(branch -> branch.entriesToReplay() >= WORTH_CLOSING);
    }

    /** Takes a last checkpoint if that is worth it, and no more from then on. Idempotent. */
    void close() {
        ExecutorService background = executor;
        if (background != null) {
            background.shutdown();
        }
        synchronized (work) {
            if (!closed && background != null && isWorthClosing() && failure == null) {
                try {
                    write(List.of(), Math.min(WORTH_CLOSING_OF_BRANCH, smallWhenDueByEntries()));
                } catch (ArgonException e) {
                    failure = e; // all of it is in the log
                }
            }
            closed = true;
        }
        await(background);
    }

    private static void await(@Nullable ExecutorService background) {
        try {
            if (background != null && !background.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                background.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs what nothing may be taken away from meanwhile. */
    void exclusively(Runnable task) {
        synchronized (work) {
            task.run();
        }
    }

    /** Rewrites full segments of the log as compressed ones. */
    void pack() {
        synchronized (work) {
            attempt(storage::pack);
        }
    }

    /** Gives back the space of history that is not to be kept. */
    void retain() {
        synchronized (work) {
            attempt(Work.RETAIN, retainer::run);
        }
    }
}
