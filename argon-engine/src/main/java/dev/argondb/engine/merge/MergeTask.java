package dev.argondb.engine.merge;

import dev.argondb.MergePlan.Kind;
import dev.argondb.MergePolicy;
import dev.argondb.engine.branch.CommitPoint;

/**
 * What a plan is made of.
 *
 * @param kind what it is for
 * @param source what is merged or undone, as users name it
 * @param sourceId the branch that the source was named by, 0 for none
 * @param targetId the branch that is merged into
 * @param target its name
 * @param ours the head of the target
 * @param theirs what is merged
 * @param bases what both sides began with
 * @param policy the roles of columns
 * @param rules the rules of single documents
 */
record MergeTask(
        Kind kind,
        String source,
        long sourceId,
        long targetId,
        String target,
        CommitPoint ours,
        CommitPoint theirs,
        Bases bases,
        MergePolicy policy,
        DocumentRules rules) {

    long oursLsn() {
        return ours.lsn().map(dev.argondb.Lsn::value).orElse(0L);
    }

    /** Returns the second parent of the commit: what is merged; none where commits are undone. */
    long mergeParentLsn() {
        return kind == Kind.MERGE ? theirs.lsn().map(dev.argondb.Lsn::value).orElse(0L) : 0;
    }
}
