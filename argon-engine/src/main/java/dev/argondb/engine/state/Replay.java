package dev.argondb.engine.state;

import dev.argondb.engine.log.LogEntry;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.tree.Keys;
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
        WorkingState state = new WorkingState(before, formats);
        if (applyEntries(state, commit, true)) {
            state.followStoredSchema();
        }
        applyEntries(state, commit, false);
        return state.freeze().at(commit.lastLsn());
    }

    private static boolean applyEntries(WorkingState state, CommitRecord commit, boolean schemaEntries) {
        boolean any = false;
        List<LogEntry> entries = commit.entries();
        for (int i = 0; i < entries.size(); i++) {
            LogEntry entry = entries.get(i);
            if ((entry.collectionId() == Schema.COLLECTION_ID) == schemaEntries) {
                apply(state, entry, commit.firstLsn() + i);
                any = true;
            }
        }
        return any;
    }

    private static void apply(WorkingState state, LogEntry entry, long lsn) {
        byte[] key = entry.key();
        CollectionView view = state.view(entry.collectionId());
        Record old = DocumentKeys.isLong(key) ? view.get(Keys.toLong(key)) : view.get(key);
        @Nullable Record after = entry.after() == null ? null : new Record(lsn, entry.after());
        state.replace(entry.collectionId(), key, old, after);
    }
}
