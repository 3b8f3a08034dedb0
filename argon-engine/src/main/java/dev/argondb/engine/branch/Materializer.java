package dev.argondb.engine.branch;

import dev.argondb.engine.branch.Chain.Position;
import dev.argondb.engine.log.Log;
import dev.argondb.engine.log.LogReader;
import dev.argondb.engine.log.LogRecord;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.DocumentFormat;
import dev.argondb.engine.state.Replay;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives the state of any commit: the nearest cached state below it, and replay of the commits between.
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
    private final Map<Long, SoftReference<DatabaseState>> cache = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, SoftReference<DatabaseState>> eldest) {
            return size() > MOST_STATES;
        }
    };

    private long entriesSinceCached;

    Materializer(Log log, DocumentFormat formats) {
        this.log = log;
        this.replay = new Replay(formats);
    }

    /** Returns the state after a commit, given the one before it. */
    DatabaseState apply(DatabaseState before, CommitRecord commit) {
        return replay.apply(before, commit);
    }

    /** Remembers the state of a commit. */
    synchronized void remember(DatabaseState state) {
        cache.put(state.lsn(), new SoftReference<>(state));
    }

    /** Remembers the state of a new commit now and then, so that replay stays short. */
    synchronized void committed(DatabaseState state, int entries) {
        entriesSinceCached += entries;
        if (entriesSinceCached >= ENTRIES_BETWEEN_STATES) {
            entriesSinceCached = 0;
            remember(state);
        }
    }

    private synchronized @Nullable DatabaseState cached(long lsn) {
        SoftReference<DatabaseState> reference = cache.get(lsn);
        return reference == null ? null : reference.get();
    }

    /** Returns the state of a commit. */
    DatabaseState state(Position commit) {
        List<Long> missing = new ArrayList<>();
        Position position = commit;
        DatabaseState state = null;
        while (state == null) {
            state = position.lsn() == 0 ? DatabaseState.EMPTY : cached(position.lsn());
            if (state == null) {
                missing.add(position.lsn());
                position = position.previous();
            }
        }
        return missing.isEmpty() ? state : replay(state, missing);
    }

    /** Replays commits, given newest first. */
    private DatabaseState replay(DatabaseState below, List<Long> newestFirst) {
        DatabaseState state = below;
        int entries = 0;
        @Nullable LogReader reader = null;
        try {
            for (int i = newestFirst.size() - 1; i >= 0; i--) {
                long lsn = newestFirst.get(i);
                CommitRecord commit = reader == null ? null : skipTo(reader, lsn);
                if (commit == null) {
                    close(reader);
                    reader = log.read(lsn);
                    commit = commitAt(reader.next(), lsn);
                }
                state = replay.apply(state, commit);
                entries += commit.entries().size();
                if (entries >= ENTRIES_BETWEEN_STATES) {
                    entries = 0;
                    remember(state);
                }
            }
        } finally {
            close(reader);
        }
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

    private static CommitRecord commitAt(@Nullable LogRecord record, long lsn) {
        if (record instanceof CommitRecord commit && commit.lastLsn() == lsn) {
            return commit;
        }
        throw new AssertionError("no commit ends at lsn " + lsn + ", but " + record);
    }
}
