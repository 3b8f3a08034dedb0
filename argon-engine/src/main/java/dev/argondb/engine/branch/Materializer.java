package dev.argondb.engine.branch;

import dev.argondb.engine.log.Log;
import dev.argondb.engine.log.LogReader;
import dev.argondb.engine.log.LogRecord;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.DocumentFormat;
import dev.argondb.engine.state.Replay;
import dev.argondb.engine.state.StateStore;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives the state of any commit: the nearest cached state or snapshot below it, and replay of the commits between.
 *
 * <p>Cached states share all that did not change; they are held softly. Thread-safe.
 */
final class Materializer {

    /** Cached states at most. */
    private static final int MOST_STATES = 256;
    /** A state is cached after so many entries of replay or of commits. */
    private static final int ENTRIES_BETWEEN_STATES = 4096;
    /** Records of other branches that are read over before the log is entered anew. */
    private static final int MOST_SKIPPED_RECORDS = 256;

    private final Log log;
    private final Replay replay;
    private final @Nullable StateStore snapshots;
    private final Map<Long, SoftReference<DatabaseState>> cache = new LinkedHashMap<>(16, 0.75f, true);
    /** The LSNs in the cache, in order. */
    private final TreeMap<Long, Boolean> cachedLsns = new TreeMap<>();

    private long entriesSinceCached;

    Materializer(Log log, DocumentFormat formats, @Nullable StateStore snapshots) {
        this.log = log;
        this.replay = new Replay(formats);
        this.snapshots = snapshots;
    }

    /** Remembers the state of a commit. */
    synchronized void remember(DatabaseState state) {
        if (cache.put(state.lsn(), new SoftReference<>(state)) != null) {
            return;
        }
        cachedLsns.put(state.lsn(), true);
        if (cache.size() > MOST_STATES) {
            long eldest = cache.keySet().iterator().next();
            cache.remove(eldest);
            cachedLsns.remove(eldest);
        }
    }

    /** Remembers the state of a new commit now and then, so that replay stays short. */
    synchronized void committed(DatabaseState state, int entries) {
        entriesSinceCached += entries;
        if (entriesSinceCached >= ENTRIES_BETWEEN_STATES) {
            entriesSinceCached = 0;
            remember(state);
        }
    }

    /** Forgets all cached states. */
    synchronized void forget() {
        cache.clear();
        cachedLsns.clear();
    }

    /** Returns the newest cached state of a chain from one LSN up to another, or null. */
    private @Nullable DatabaseState cached(Chain chain, long fromLsn, long upToLsn) {
        for (long lsn = cachedFloor(upToLsn); lsn >= fromLsn && lsn != 0; lsn = cachedFloor(lsn - 1)) {
            DatabaseState state = chain.floor(lsn).lsn() == lsn ? cached(lsn) : null;
            if (state != null) {
                return state;
            }
        }
        return null;
    }

    private synchronized long cachedFloor(long lsn) {
        Long floor = cachedLsns.floorKey(lsn);
        return floor == null ? 0 : floor;
    }

    private synchronized @Nullable DatabaseState cached(long lsn) {
        SoftReference<DatabaseState> reference = cache.get(lsn);
        return reference == null ? null : reference.get();
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
        DatabaseState cached = cached(chain, snapshot == null ? 1 : snapshot.lsn(), lsn);
        if (cached != null) {
            return cached;
        }
        if (snapshot == null || snapshots == null) {
            long oldest = chain.reclaimed();
            if (oldest != 0) {
                throw BranchGraph.reclaimed("lsn " + lsn, oldest);
            }
            return DatabaseState.EMPTY;
        }
        DatabaseState state = snapshots.read(snapshot.page());
        remember(state);
        return state;
    }

    /** Replays commits, given in order. */
    private DatabaseState replay(DatabaseState below, long[] commits) {
        Replay.Run run = replay.from(below);
        int entries = 0;
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
                if (entries >= ENTRIES_BETWEEN_STATES) {
                    entries = 0;
                    remember(run.state());
                }
            }
        } finally {
            close(reader);
        }
        DatabaseState state = run.state();
        remember(state);
        return state;
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
