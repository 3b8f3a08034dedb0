package dev.argondb.engine.log;

import dev.argondb.EntityEvent;
import java.util.List;

/**
 * One atomic step of a database's history. A record takes one LSN, a commit one for each of its entries.
 *
 * <p>Immutable. Times are microseconds since the epoch and never decrease along the log. A parent, base or target LSN of 0
 * stands for the empty state before the first commit. Branch, collection and sequence ids are positive and never reused.
 */
public sealed interface LogRecord {

    /** The LSN of its first, or only, step. */
    long firstLsn();

    /** The LSN of its last, or only, step. */
    default long lastLsn() {
        return firstLsn();
    }

    /** When it was appended. */
    long timeMicros();

    /** An atomic group of document changes on one branch; never empty. */
    record CommitRecord(
            long firstLsn,
            long timeMicros,
            long branchId,
            long parentLsn,
            long mergeParentLsn,
            String author,
            String message,
            List<EntityEvent> events,
            List<LogEntry> entries)
            implements LogRecord {

        public CommitRecord {
            if (entries.isEmpty()) {
                throw new AssertionError("a commit without entries at lsn " + firstLsn);
            }
        }

        @Override
        public long lastLsn() {
            return firstLsn + entries.size() - 1;
        }
    }

    /** A new branch at a commit. */
    record BranchCreated(
            long firstLsn,
            long timeMicros,
            long branchId,
            String name,
            long parentId,
            long baseLsn,
            boolean privateSequences)
            implements LogRecord {}

    /** A branch got another name. */
    record BranchRenamed(long firstLsn, long timeMicros, long branchId, String name) implements LogRecord {}

    /** A branch is gone, its name free. */
    record BranchDeleted(long firstLsn, long timeMicros, long branchId) implements LogRecord {}

    /** A branch's head moved back to an earlier commit of its chain. */
    record BranchReset(long firstLsn, long timeMicros, long branchId, long toLsn) implements LogRecord {}

    /** A commit got a kept name. */
    record TagCreated(long firstLsn, long timeMicros, String name, long targetLsn) implements LogRecord {}

    /** A kept name is gone. */
    record TagDeleted(long firstLsn, long timeMicros, String name) implements LogRecord {}

    /**
     * Values of a sequence up to a point may have been given out.
     *
     * @param branchId the branch whose private sequence it is, 0 for one shared by all branches
     * @param next the first value, counted in steps of the sequence's increment, that is surely free
     */
    record SequenceReserved(long firstLsn, long timeMicros, long branchId, int sequenceId, long next)
            implements LogRecord {}
}
