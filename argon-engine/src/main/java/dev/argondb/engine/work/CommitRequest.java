package dev.argondb.engine.work;

import dev.argondb.EntityEvent;
import dev.argondb.engine.log.LogEntry;
import dev.argondb.engine.state.Changes;
import dev.argondb.engine.state.Changes.Change;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.DocumentFormat;
import dev.argondb.engine.state.Record;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a unit of work asks to have committed. Confined to the committing thread. */
public final class CommitRequest {

    private final UnitOfWork work;
    private final DatabaseState edited;
    private final List<Changes> changes;
    private final List<LogEntry> entries;
    private final String author;
    private final String message;

    CommitRequest(
            UnitOfWork work,
            DatabaseState edited,
            List<Changes> changes,
            List<LogEntry> entries,
            String author,
            String message) {
        this.work = work;
        this.edited = edited;
        this.changes = changes;
        this.entries = entries;
        this.author = author;
        this.message = message;
    }

    /** Returns the branch to commit to. */
    public long branchId() {
        return work.branchId();
    }

    /** Returns how often the branch had been reset when the unit of work began. */
    public long epoch() {
        return work.epoch();
    }

    /** Returns the log entries, one for each document changed. */
    public List<LogEntry> entries() {
        return entries;
    }

    public String author() {
        return author;
    }

    public String message() {
        return message;
    }

    /** Returns whether it is what a plan says, for one head only. */
    public boolean isPlanned() {
        return work.isExact();
    }

    /** Returns the second parent, 0 for none. */
    public long mergeParentLsn() {
        return work.mergeParentLsn();
    }

    /** Returns the branch that is likely to lead to the second parent, 0 for none. */
    public long mergeSourceId() {
        return work.mergeSourceId();
    }

    /** Returns what entity listeners named. */
    public List<EntityEvent> events() {
        return work.events();
    }

    /**
     * Returns the state after the commit on a head: the edited state itself if the head has not moved.
     *
     * @throws dev.argondb.ConflictException see {@link Committer#commit}
     * @throws dev.argondb.ConstraintException see {@link Committer#commit}
     */
    public DatabaseState onto(DatabaseState head, DocumentFormat formats) {
        DatabaseState base = work.base();
        if (head == base || (work.isExact() && head.lsn() == base.lsn())) {
            return edited;
        }
        if (work.isExact()) {
            throw work.moved(head.lsn());
        }
        work.checkLocksAndReads(head);
        return new Rebase(work.branchName(), base, edited, head, changes, formats).run();
    }

    /** Returns a state with the documents that the unit of work locked marked so; before records get their LSNs. */
    public DatabaseState withLocks(DatabaseState after, long commitLsn, DocumentFormat formats) {
        return work.withLocks(after, commitLsn, formats);
    }

    /** Gives the records written their LSNs; once, when the place in the log is certain. */
    public void assignLsns(long firstLsn) {
        long lsn = firstLsn;
        for (Changes collection : changes) {
            for (Change change : collection.changes()) {
                @Nullable Record after = change.after();
                if (after != null) {
                    after.committed(lsn);
                }
                lsn++;
            }
        }
    }
}
