package dev.argondb.engine.branch;

import dev.argondb.Branch;
import dev.argondb.Lsn;
import dev.argondb.engine.state.DatabaseState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One live branch.
 *
 * <p>{@link #head} is what readers take: durable, one volatile read. {@code pending...} is what the next commit stands on,
 * ordered but perhaps not durable yet; guarded by the pipeline's lock.
 */
final class BranchState {

    /** A durable head. */
    record Head(DatabaseState state, Chain chain, long epoch) {}

    /**
     * What a reset threw away: LSNs from {@code firstDropped} up to, but not including, {@code resetLsn}.
     *
     * @param resetLsn the LSN of the reset itself
     */
    record Discarded(long firstDropped, long resetLsn) {}

    final long id;
    final long parentId;
    final long baseLsn;
    final boolean privateSequences;
    volatile String name;
    volatile Head head;
    volatile List<Discarded> discarded = List.of();
    volatile boolean deleted;

    DatabaseState pendingState;
    Chain pendingChain;
    long pendingEpoch;

    BranchState(
            long id, String name, long parentId, boolean privateSequences, DatabaseState base, @Nullable Chain below) {
        this.id = id;
        this.name = name;
        this.parentId = parentId;
        this.baseLsn = base.lsn();
        this.privateSequences = privateSequences;
        Chain chain = new Chain(below, base.lsn());
        this.head = new Head(base, chain, 0);
        this.pendingState = base;
        this.pendingChain = chain;
    }

    Branch toBranch() {
        Head now = head;
        return new Branch(
                id,
                name,
                parentId == 0 ? Optional.empty() : Optional.of(parentId),
                optional(baseLsn),
                optional(now.state().lsn()),
                now.epoch(),
                privateSequences);
    }

    private static Optional<Lsn> optional(long lsn) {
        return lsn == 0 ? Optional.empty() : Optional.of(new Lsn(lsn));
    }
}
