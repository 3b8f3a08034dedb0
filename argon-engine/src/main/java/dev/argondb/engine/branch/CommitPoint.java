package dev.argondb.engine.branch;

import dev.argondb.Lsn;
import dev.argondb.engine.branch.Chain.Position;
import dev.argondb.engine.state.DatabaseState;
import java.util.Optional;

/**
 * A commit with the chain that leads to it, or the empty state.
 *
 * <p>Immutable.
 */
public final class CommitPoint {

    private final Position position;
    private final StateRef state;

    CommitPoint(Position position, StateRef state) {
        this.position = position;
        this.state = state;
    }

    /**
     * Returns its state.
     *
     * @throws dev.argondb.UnknownRefException if it was reclaimed
     */
    public DatabaseState state() {
        return state.get();
    }

    Position position() {
        return position;
    }

    /** Returns the LSN of the commit, empty for the empty state. */
    public Optional<Lsn> lsn() {
        return position.lsn() == 0 ? Optional.empty() : Optional.of(new Lsn(position.lsn()));
    }

    /** Returns whether another commit is this one or an ancestor of it. */
    public boolean holds(CommitPoint other) {
        return CommonAncestors.holds(position.reach(), other.position.link());
    }
}
