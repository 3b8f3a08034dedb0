package dev.argondb.engine.branch;

import dev.argondb.Branch;
import dev.argondb.Lsn;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One live branch.
 *
 * <p>{@link #head} is what readers take: durable, one volatile read. {@code pending...} is what the next commit stands on,
 * ordered but perhaps not durable yet; guarded by the pipeline's lock.
 */
final class BranchState {

    /** A durable head. */
    record Head(StateRef state, Chain chain, long epoch) {

        long lsn() {
            return state.lsn();
        }
    }

    /**
     * What a reset threw away: LSNs from {@code firstDropped} up to, but not including, {@code resetLsn}.
     *
     * @param resetLsn the LSN of the reset itself
     * @param targetLsn where the reset moved the head to
     */
    record Discarded(long firstDropped, long resetLsn, long targetLsn) {}

    final long id;
    final long parentId;
    final long baseLsn;
    final boolean privateSequences;
    volatile String name;
    volatile Head head;
    volatile List<Discarded> discarded = List.of();

    /** The LSN of the last commit of a plan that this process applied to it; known no later than the commit is seen. */
    volatile long lastPlan;

    /** Units of work that began on its head and have not ended. */
    final AtomicInteger units = new AtomicInteger();

    /** Entries and commits that replay takes from its nearest snapshot to its head; guarded by the pipeline's lock. */
    long entriesToReplay;

    /** The head it had at the last snapshot of anything; only for who takes snapshots. */
    @Nullable
    Head idleHead;

    StateRef pendingState;
    Chain pendingChain;
    long pendingEpoch;

    /** A new branch. */
    BranchState(long id, String name, long parentId, boolean privateSequences, StateRef base, @Nullable Chain below) {
        this(id, name, parentId, base.lsn(), privateSequences, beginning(new Chain(id, below, base.lsn()), base));
    }

    /** Its own chain leads to where it begins: the parent's may forget it. */
    private static Head beginning(Chain chain, StateRef base) {
        return new Head(base.on(chain), chain, 0);
    }

    /** A branch at a head. */
    BranchState(long id, String name, long parentId, long baseLsn, boolean privateSequences, Head head) {
        this.id = id;
        this.name = name;
        this.parentId = parentId;
        this.baseLsn = baseLsn;
        this.privateSequences = privateSequences;
        this.head = head;
        this.pendingState = head.state();
        this.pendingChain = head.chain();
        this.pendingEpoch = head.epoch();
    }

    Branch toBranch() {
        Head now = head;
        return new Branch(
                id,
                name,
                parentId == 0 ? Optional.empty() : Optional.of(parentId),
                optional(baseLsn),
                optional(now.lsn()),
                now.epoch(),
                privateSequences);
    }

    private static Optional<Lsn> optional(long lsn) {
        return lsn == 0 ? Optional.empty() : Optional.of(new Lsn(lsn));
    }
}
