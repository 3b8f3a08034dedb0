package dev.argondb.engine.branch;

import dev.argondb.ArgonListener.Work;
import dev.argondb.engine.WorkListeners;
import dev.argondb.engine.log.Log;
import dev.argondb.engine.log.LogReader;
import dev.argondb.engine.log.LogRecord;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.DocumentFormat;
import dev.argondb.engine.state.Replay;
import dev.argondb.engine.state.StateStore;
import org.jspecify.annotations.Nullable;

/**
 * Gives the state of any commit: the nearest remembered state or snapshot below it, and replay of the commits between.
 *
 * <p>Thread-safe.
 */
final class Materializer {

    /*
     * Remembered states share all that did not change. Where there are pages, what replay put on top of them is weighed, and the
     * sum is bounded by a part of what the cache of pages may take, which leaves it to them. A commit's own state holds, beside
     * its branch's head, the nodes that commits after it copied: random keys take a leaf each, so these count as well. It is forgotten
     * with the next snapshot. Where all is in memory, history is so anyway, and only their number is bounded.
     */

    /** Remembered states at most. */
    private static final int MOST_STATES = 256;
    /** What part of the cache of pages remembered states may take. */
    private static final int PART_OF_CACHE = 4;
    /** A state is remembered after so many entries of replay or of commits. */
    private static final int ENTRIES_BETWEEN_STATES = 4096;
    /** About how much heap a node takes that a commit copied, and a state holds that is remembered although it was superseded. */
    private static final long BYTES_OF_NODE = 2500;
    /** Records of other branches that are read over before the log is entered anew. */
    private static final int MOST_SKIPPED_RECORDS = 256;

    private final Log log;
    private final Replay replay;
    private final @Nullable StateStore snapshots;
    private final RememberedStates remembered;
    private final WorkListeners listeners;

    private long entriesSinceRemembered;
    private long bytesSinceRemembered;

    Materializer(Log log, DocumentFormat formats, @Nullable StateStore snapshots, WorkListeners listeners) {
        this.log = log;
        this.listeners = listeners;
        this.replay = new Replay(formats);
        this.snapshots = snapshots;
        this.remembered = snapshots == null
                ? new RememberedStates(MOST_STATES, Long.MAX_VALUE, bytes -> {})
                : new RememberedStates(
                        MOST_STATES, snapshots.cache().maxWeightBytes() / PART_OF_CACHE, snapshots.cache()::reserve);
    }

    /** Remembers the state of a commit, at least until the next snapshot. */
    void remember(DatabaseState state) {
        remembered.rememberPassing(state, 0);
    }

    private void rememberReplayed(DatabaseState state) {
        remembered.remember(state, snapshots == null ? 0 : StateStore.weighUnstored(state));
    }

    /**
     * Remembers the state of a new commit now and then, so that replay stays short.
     *
     * @param before the state it was made on; null where that is not at hand
     */
    synchronized void committed(@Nullable DatabaseState before, DatabaseState state, int entries) {
        entriesSinceRemembered += entries;
        if (snapshots != null && before != null) {
            bytesSinceRemembered += state.newNodes(before) * BYTES_OF_NODE;
        }
        if (entriesSinceRemembered >= ENTRIES_BETWEEN_STATES) {
            remembered.rememberPassing(state, bytesSinceRemembered);
            entriesSinceRemembered = 0;
            bytesSinceRemembered = 0;
        }
    }

    /** Takes note of a snapshot: forgets the states of commits, of which it wrote what is not superseded. */
    void snapshotted() {
        remembered.forgetPassing();
    }

    /** Forgets all states. */
    void forget() {
        remembered.forget();
    }

    /** Returns about how many bytes of heap remembered states hold beside the cache of pages. */
    long weightBytes() {
        return remembered.weightBytes();
    }

    /** Returns the newest remembered state of a chain from one LSN up to another, or null. */
    private @Nullable DatabaseState remembered(Chain chain, long fromLsn, long upToLsn) {
        for (long lsn = remembered.floor(upToLsn); lsn >= fromLsn && lsn != 0; lsn = remembered.floor(lsn - 1)) {
            DatabaseState state = chain.floor(lsn).lsn() == lsn ? remembered.get(lsn) : null;
            if (state != null) {
                return state;
            }
        }
        return null;
    }

    /** Returns the state of a commit of a chain, the empty one for 0. */
    DatabaseState state(@Nullable Chain chain, long lsn) {
        if (lsn == 0 || chain == null) {
            return DatabaseState.EMPTY;
        }
        DatabaseState base = base(chain, lsn);
        long[] missing = chain.commitsBetween(base.lsn(), lsn);
        return missing.length == 0 ? base : replay(base, missing);
    }

    private DatabaseState base(Chain chain, long lsn) {
        Chain.Snapshot snapshot = snapshots == null ? null : chain.snapshot(lsn);
        DatabaseState known = remembered(chain, snapshot == null ? 1 : snapshot.lsn(), lsn);
        if (known != null) {
            return known;
        }
        if (snapshot == null || snapshots == null) {
            long oldest = chain.reclaimed();
            if (oldest != 0) {
                throw BranchGraph.reclaimed("lsn " + lsn, oldest);
            }
            return DatabaseState.EMPTY;
        }
        DatabaseState state = snapshots.read(snapshot.page());
        rememberReplayed(state);
        return state;
    }

    /** Replays commits, given in order. */
    private DatabaseState replay(DatabaseState below, long[] commits) {
        return listeners
                .hear(Work.MATERIALIZE, () -> replayUnheard(below, commits), Replayed::entries)
                .state();
    }

    /** A state, and how many entries led to it. */
    private record Replayed(DatabaseState state, int entries) {}

    private Replayed replayUnheard(DatabaseState below, long[] commits) {
        Replay.Run run = replay.from(below);
        int entries = 0;
        int all = 0;
        @Nullable LogReader reader = null;
        try {
            for (long lsn : commits) {
                CommitRecord commit = reader == null ? null : skipTo(reader, lsn);
                if (commit == null) {
                    close(reader);
                    reader = log.read(lsn);
                    commit = commitAt(reader.next(), lsn);
                }
                run.apply(commit);
                entries += commit.entries().size();
                all += commit.entries().size();
                if (entries >= ENTRIES_BETWEEN_STATES) {
                    entries = 0;
                    rememberReplayed(run.state());
                }
            }
        } finally {
            close(reader);
        }
        DatabaseState state = run.state();
        rememberReplayed(state);
        return new Replayed(state, all);
    }

    private static void close(@Nullable LogReader reader) {
        if (reader != null) {
            reader.close();
        }
    }

    /** Reads on to the commit of an LSN; null where it is too far away. */
    private static @Nullable CommitRecord skipTo(LogReader reader, long lsn) {
        for (int i = 0; i < MOST_SKIPPED_RECORDS; i++) {
            LogRecord record = reader.next();
            if (record == null || record.lastLsn() > lsn) {
                return null;
            }
            if (record.lastLsn() == lsn) {
                return commitAt(record, lsn);
            }
        }
        return null;
    }

    /** Reads the commit of an LSN. */
    CommitRecord commit(long lsn) {
        try (LogReader reader = log.read(lsn)) {
            return commitAt(reader.next(), lsn);
        }
    }

    /** Reads the commit that wrote an LSN. */
    CommitRecord commitThatHolds(long lsn) {
        try (LogReader reader = log.read(lsn)) {
            if (reader.next() instanceof CommitRecord commit && commit.lastLsn() >= lsn) {
                return commit;
            }
        }
        throw new AssertionError("no commit holds lsn " + lsn);
    }

    private static CommitRecord commitAt(@Nullable LogRecord record, long lsn) {
        if (record instanceof CommitRecord commit && commit.lastLsn() == lsn) {
            return commit;
        }
        throw new AssertionError("no commit ends at lsn " + lsn + ", but " + record);
    }
}
