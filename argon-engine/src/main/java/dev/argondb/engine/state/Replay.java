package dev.argondb.engine.state;

import dev.argondb.engine.log.LogEntry;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.schema.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies commits to states: the fold that makes trees of the log.
 *
 * <p>Schema documents are applied first, so that documents land in collections that exist.
 */
public final class Replay {

    private final DocumentFormat formats;

    public Replay(DocumentFormat formats) {
        this.formats = formats;
    }

    /** Returns the state after a commit, given the one before it. */
    public DatabaseState apply(DatabaseState before, CommitRecord commit) {
        Run run = from(before);
        run.apply(commit);
        return run.state();
    }

    /** Begins to apply commits to a state. */
    public Run from(DatabaseState before) {
        return new Run(before);
    }

    /**
     * Commits applied one after the other; nodes made on the way are edited in place until a state is asked for.
     *
     * <p>Confined to one thread.
     */
    public final class Run {

        private final WorkingState state;
        private long lsn;

        private Run(DatabaseState before) {
            state = new WorkingState(before, formats);
            lsn = before.lsn();
        }

        /** Applies the commit that comes next. */
        public void apply(CommitRecord commit) {
            if (applyEntries(commit, true)) {
                state.followStoredSchema();
            }
            applyEntries(commit, false);
            lsn = commit.lastLsn();
        }

        /** Returns the state after the last commit applied. */
        public DatabaseState state() {
            return state.freeze().at(lsn);
        }

        private boolean applyEntries(CommitRecord commit, boolean schemaEntries) {
            boolean any = false;
            List<LogEntry> entries = commit.entries();
            for (int i = 0; i < entries.size(); i++) {
                LogEntry entry = entries.get(i);
                if ((entry.collectionId() == Schema.COLLECTION_ID) == schemaEntries) {
                    apply(entry, commit.firstLsn() + i);
                    any = true;
                }
            }
            return any;
        }

        private void apply(LogEntry entry, long entryLsn) {
            @Nullable Record old = state.view(entry.collectionId()).find(entry.key());
            @Nullable Record after = entry.after() == null ? null : new Record(entryLsn, entry.after());
            state.replace(entry.collectionId(), entry.key(), old, after);
        }
    }
}
