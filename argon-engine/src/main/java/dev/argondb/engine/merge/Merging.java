package dev.argondb.engine.merge;

import dev.argondb.Branch;
import dev.argondb.Commit;
import dev.argondb.DocumentDiff;
import dev.argondb.DocumentHistory;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.MergePlan;
import dev.argondb.MergePolicy;
import dev.argondb.Ref;
import dev.argondb.UnknownRefException;
import dev.argondb.UnsupportedException;
import dev.argondb.engine.branch.BranchGraph;
import dev.argondb.engine.branch.BranchGraph.Reading;
import dev.argondb.engine.branch.CommitPoint;
import dev.argondb.engine.merge.MergeOutcome.Write;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares states of one database, follows documents through its history, and makes and applies plans.
 *
 * <p>Thread-safe.
 */
public final class Merging {

    private final BranchGraph graph;

    /** Over the branches of a database. */
    public Merging(BranchGraph graph) {
        this.graph = graph;
    }

    /** Returns what differs between two states; see {@link dev.argondb.Argon#diff(Ref, Ref)}. */
    public List<DocumentDiff> diff(Ref from, Ref to) {
        try (Reading reading = graph.reading()) {
            return StateDiff.between(graph.point(from).state(), graph.point(to).state());
        }
    }

    /** Returns what differs between two states in one collection; see {@link dev.argondb.Argon#diff(Ref, Ref, String)}. */
    public List<DocumentDiff> diff(Ref from, Ref to, String collection) {
        try (Reading reading = graph.reading()) {
            return StateDiff.between(
                    graph.point(from).state(), graph.point(to).state(), collection, "`" + from + "` and `" + to + "`");
        }
    }

    /** Returns the changes of one document; see {@link dev.argondb.Argon#history(Ref, String, Object, int)}. */
    public DocumentHistory history(Ref ref, String collection, Object documentId, int limit) {
        try (Reading reading = graph.reading()) {
            CommitPoint point = graph.point(ref);
            CollectionState state = point.state().collection(collection);
            if (state == null) {
                throw StateDiff.unknown(collection, "`" + ref + "`", point.state());
            }
            return new DocumentTrail(graph, point, state, state.format().key(documentId), limit).follow();
        }
    }

    // ---- plans

    /** Plans a merge; see {@link dev.argondb.Argon#planMerge(Ref, String, MergePolicy)}. */
    public MergePlan planMerge(Ref source, String target, MergePolicy policy, DocumentRules rules) {
        try (Reading reading = graph.reading()) {
            Branch branch = graph.branch(target);
            requireShared(branch);
            sourceBranch(source).ifPresent(name -> requireShared(graph.branch(name)));
            CommitPoint ours = graph.point(new Ref.Head(target));
            CommitPoint theirs = graph.point(source);
            Bases bases = new Bases(graph, ours.holds(theirs) ? List.of(theirs) : graph.commonAncestors(ours, theirs));
            return plan(
                    new MergeTask(
                            MergePlan.Kind.MERGE,
                            "`" + source + "`",
                            branch.id(),
                            target,
                            ours,
                            theirs,
                            bases,
                            policy,
                            rules),
                    Resolutions.NONE);
        }
    }

    private static Optional<String> sourceBranch(Ref ref) {
        if (ref instanceof Ref.Head head) {
            return Optional.of(head.branch());
        } else if (ref instanceof Ref.AtLsn at) {
            return Optional.of(at.branch());
        }
        return ref instanceof Ref.AtTime at ? Optional.of(at.branch()) : Optional.empty();
    }

    private static void requireShared(Branch branch) {
        if (branch.hasPrivateSequences()) {
            throw new UnsupportedException("`" + branch.name()
                    + "` has sequences of its own, so its rows may have the ids of others; it cannot be merged");
        }
    }

    /** Plans to undo commits; see {@link dev.argondb.Argon#planRevert(String, Lsn, Lsn, MergePolicy)}. */
    public MergePlan planRevert(String branch, Lsn first, Lsn last, MergePolicy policy, DocumentRules rules) {
        if (last.compareTo(first) < 0) {
            throw new InvalidRequestException("the newest commit to undo, lsn " + last
                    + ", is older than the oldest, lsn " + first + "; exchange them");
        }
        try (Reading reading = graph.reading()) {
            CommitPoint base = graph.point(branch, last);
            CommitPoint theirs = graph.before(graph.point(branch, first));
            String source = "`" + branch + "@" + first + (first.equals(last) ? "" : ".." + branch + "@" + last) + "`";
            return plan(
                    new MergeTask(
                            MergePlan.Kind.REVERT,
                            source,
                            graph.branch(branch).id(),
                            branch,
                            graph.point(new Ref.Head(branch)),
                            theirs,
                            new Bases(graph, List.of(base)),
                            policy,
                            rules),
                    Resolutions.NONE);
        }
    }

    /** Makes a plan. */
    MergePlan plan(MergeTask task, Resolutions resolutions) {
        UnitOfWork scratch = begin(task);
        try {
            return new PlannedMerge(this, task, resolutions, MergeRun.run(task, resolutions, scratch));
        } finally {
            scratch.rollback();
        }
    }

    /** Begins a unit of work on the head that a plan is for. */
    private UnitOfWork begin(MergeTask task) {
        Branch branch = graph.findBranch(task.targetId())
                .orElseThrow(() -> new UnknownRefException(
                        "branch `" + task.target() + "`, which the plan was made for, was deleted"));
        UnitOfWork work = graph.begin(new Ref.Head(branch.name()), Isolation.SNAPSHOT, false);
        if (work.branchId() != task.targetId() || work.baseLsn() != task.oursLsn()) {
            work.rollback();
            throw UnitOfWork.stale(task.target(), task.oursLsn(), work.baseLsn());
        }
        return work;
    }

    // ---- applying

    /** Applies a plan; see {@link dev.argondb.Argon#merge(MergePlan, String, String)}. */
    public Optional<Commit> merge(MergePlan plan, String author, String message) {
        if (!(plan instanceof PlannedMerge planned) || planned.merging() != this) {
            throw new InvalidRequestException("the plan " + plan + " is of another database; plan on this one");
        }
        if (!plan.conflicts().isEmpty()) {
            throw new InvalidRequestException("the plan has " + plan.conflicts().size()
                    + " open conflicts, the first: " + plan.conflicts().get(0).text()
                    + "; resolve them by `MergePlan.resolve`");
        }
        UnitOfWork work = begin(planned.task());
        try {
            return plan.isAlreadyMerged() ? Optional.empty() : apply(planned, work, author, message);
        } finally {
            work.rollback();
        }
    }

    private Optional<Commit> apply(PlannedMerge planned, UnitOfWork work, String author, String message) {
        MergeTask task = planned.task();
        MergeOutcome outcome = planned.outcome();
        if (outcome.schema() != null) {
            work.changeSchema(outcome.schema());
        }
        outcome.writes().forEach(write -> put(work, write));
        @Nullable Write record = outcome.record();
        if (record != null) {
            put(work, record);
        }
        Optional<Commit> commit =
                work.commitExactly(author, message.isEmpty() ? reason(task) : message, task.mergeParentLsn());
        if (task.kind() == MergePlan.Kind.MERGE) {
            graph.remember(task.theirs());
        }
        return commit;
    }

    private static String reason(MergeTask task) {
        return task.kind() == MergePlan.Kind.MERGE
                ? "Merge " + task.source() + " into `" + task.target() + "`"
                : "Revert " + task.source();
    }

    /** The entry in the log has only what changed of the document before, if both are read in the same form. */
    private static void put(UnitOfWork work, Write write) {
        int id = write.place().collectionId();
        byte[] key = write.place().key();
        CollectionState before = work.base().collection(id);
        Record present = before == null ? null : before.find(key);
        if (before != null && present != null) {
            before.format().keepDecoded(key, present);
        }
        work.put(id, key, write.after());
    }
}
