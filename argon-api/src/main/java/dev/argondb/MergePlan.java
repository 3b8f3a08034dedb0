package dev.argondb;

import java.util.List;
import java.util.Optional;

/**
 * What a merge, or the undoing of commits, would do to a branch; nothing is written until {@link Argon#merge} applies it.
 *
 * <p>Three states decide: <i>ours</i>, the head of the target branch; <i>theirs</i>, what is merged; and the <i>base</i> that both
 * began with. What only one side changed is taken from that side, document by document and field by field; what both changed
 * differently is a conflict. A merge of a branch has the best common ancestor as its base. To undo commits is a merge as well: its
 * base is the state after them, theirs the state before them.
 *
 * <p>Immutable, thread-safe. A plan holds for the head it was made on: once the branch has moved, it can no longer be applied.
 */
public interface MergePlan {

    /** What a plan is made for. */
    enum Kind {
        /** Another branch, or a past moment of one, is merged. */
        MERGE,
        /** Commits of the branch itself are undone. */
        REVERT
    }

    /** Returns what it is made for. */
    Kind kind();

    /** Returns what is merged: a ref; or the commits to undo, such as {@code main@17} or {@code main@17..main@23}. */
    String source();

    /** Returns the commit whose state is <i>theirs</i>; empty for the state before the first commit. */
    Optional<Lsn> sourceLsn();

    /** Returns the branch that it would change. */
    String target();

    /** Returns the head of the target that the plan was made on; empty where it has no commit yet. */
    Optional<Lsn> targetLsn();

    /** Returns the commit whose state is the <i>base</i>, the newest where there are several; empty for the empty state. */
    Optional<Lsn> baseLsn();

    /**
     * Returns whether there is nothing to merge: the target holds all of the source already. Applying such a plan makes no commit.
     */
    boolean isAlreadyMerged();

    /** Returns what would change on the target, by collection and key; of documents in conflict, as far as it is resolved. */
    List<DocumentDiff> changes();

    /** Returns what is still to be resolved; the plan can be applied once there is nothing. */
    List<MergeConflict> conflicts();

    /**
     * Returns this plan with one conflict resolved. Keys and checks are tested again: resolving one conflict may bring another.
     *
     * @throws InvalidRequestException if the plan has no such conflict, or the value does not fit
     * @throws ConflictException if the target has moved since the plan was made
     */
    MergePlan resolve(MergeConflict conflict, Resolution resolution);

    /**
     * Returns this plan with every conflict resolved in favour of one side, those included that come by it.
     *
     * @throws ConflictException if the target has moved since the plan was made
     */
    MergePlan resolveAll(Resolution.Side side);
}
