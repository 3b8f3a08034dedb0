package dev.argondb.engine.work;

import dev.argondb.Commit;
import dev.argondb.engine.state.DatabaseState;
import java.util.function.Consumer;

/** Makes the writes of a unit of work a commit of its branch. Thread-safe. */
public interface Committer {

    /**
     * Validates, assigns LSNs, appends, and publishes once durable.
     *
     * @throws dev.argondb.ConflictException if another commit changed what this one wrote, locked or (serializable) read
     * @throws dev.argondb.ConstraintException if a unique or foreign key would be violated on the head as it is now
     * @throws dev.argondb.UnavailableException if the log cannot take it
     * @throws dev.argondb.UnknownRefException if the branch was deleted
     */
    Commit commit(CommitRequest request);

    /**
     * Gives the newest state of a branch, which is there until the check returns: what a unit of work that only locked is checked
     * against.
     *
     * @throws dev.argondb.UnknownRefException if the branch was deleted
     */
    void checkOnHead(long branchId, Consumer<DatabaseState> check);
}
