package dev.argondb;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An atomic group of WAL entries on one branch.
 *
 * <p>Immutable.
 *
 * @param lsn its id: the LSN of its last entry
 * @param firstLsn the LSN of its first entry
 * @param branchId the branch it was made on
 * @param parent the commit before it on its chain; empty for the first
 * @param mergeParent the second parent of a merge
 * @param time when it was committed; never earlier than the commit before it in the log
 * @param author who made it; empty where nobody said
 * @param message why; empty where nobody said
 * @param events what entity listeners named, in the order it happened
 */
public record Commit(
        Lsn lsn,
        Lsn firstLsn,
        long branchId,
        Optional<Lsn> parent,
        Optional<Lsn> mergeParent,
        Instant time,
        String author,
        String message,
        List<EntityEvent> events) {

    public Commit {
        events = List.copyOf(events);
    }
}
