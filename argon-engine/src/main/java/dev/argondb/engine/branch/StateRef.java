package dev.argondb.engine.branch;

import dev.argondb.engine.state.DatabaseState;
import org.jspecify.annotations.Nullable;

/**
 * The state of one commit: at hand, or to be materialized when it is first asked for.
 *
 * <p>Thread-safe.
 */
final class StateRef {

    private final Materializer materializer;
    private final @Nullable Chain chain;
    private final long lsn;
    private volatile @Nullable DatabaseState state;

    private StateRef(Materializer materializer, @Nullable Chain chain, long lsn, @Nullable DatabaseState state) {
        this.materializer = materializer;
        this.chain = chain;
        this.lsn = lsn;
        this.state = state;
    }

    /** A state that is at hand; once released, the chain leads to it. */
    static StateRef of(Materializer materializer, @Nullable Chain chain, DatabaseState state) {
        return new StateRef(materializer, chain, state.lsn(), state);
    }

    /** The state of a commit of a chain; the empty one where the LSN is 0. */
    static StateRef at(Materializer materializer, @Nullable Chain chain, long lsn) {
        return new StateRef(materializer, chain, lsn, lsn == 0 ? DatabaseState.EMPTY : null);
    }

    /** Returns the same state, to which another chain leads. */
    StateRef on(Chain other) {
        return new StateRef(materializer, other, lsn, state);
    }

    /** Returns the LSN of the commit, 0 for the empty state. */
    long lsn() {
        return lsn;
    }

    /** Returns the state. */
    DatabaseState get() {
        DatabaseState present = state;
        return present != null ? present : materialize();
    }

    private synchronized DatabaseState materialize() {
        DatabaseState present = state;
        if (present == null) {
            if (chain == null) {
                throw new AssertionError("no chain leads to lsn " + lsn);
            }
            present = materializer.state(chain, lsn);
            state = present;
        }
        return present;
    }

    /** Returns the state if it is at hand. */
    @Nullable
    DatabaseState present() {
        return state;
    }

    /** Lets go of the state; it will be materialized again when it is asked for. */
    void release() {
        if (lsn != 0) {
            state = null;
        }
    }
}
