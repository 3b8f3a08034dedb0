package dev.argondb.engine.merge;

import dev.argondb.ArgonListener.Work;
import dev.argondb.Branch;
import dev.argondb.Commit;
import dev.argondb.ConflictException;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares states of one database, follows documents through its history, and makes and applies plans.
 *
 * <p>Thread-safe.
 */
public final class Merging {

    /** A target that moves on whenever it was looked at is given up. */
    private static final int MOST_TRIES = 100;

    private final BranchGraph graph;

    /** Over the branches of a database. */
    public Merging(BranchGraph graph) {
        this.graph = graph;
    }

    /** Returns what differs between two states; see {@link dev.argondb.Argon#diff(Ref, Ref)}. */
    @SuppressWarnings("try") // held, not used
    public List<DocumentDiff> diff(Ref from, Ref to) {
        try (Reading reading = graph.reading()) {
            return StateDiff.between(graph.point(from).state(), graph.point(to).state());
        }
    }

    /** Returns what differs between two states in one collection; see {@link dev.argondb.Argon#diff(Ref, Ref, String)}. */
    @SuppressWarnings("try") // held, not used
    public List<DocumentDiff> diff(Ref from, Ref to, String collection) {
        try (Reading reading = graph.reading()) {
            return StateDiff.between(
                    graph.point(from).state(), graph.point(to).state(), collection, "`" + from + "` and `" + to + "`");
        }
    }

    /** Returns the changes of one document; see {@link dev.argondb.Argon#history(Ref, String, Object, int)}. */
    @SuppressWarnings("try") // held, not used
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
        Branch branch = graph.branch(target);
        requireShared(branch);
        Optional<Branch> from = sourceBranch(source).map(graph::branch);
        from.ifPresent(Merging::requireShared);
        return plan(() -> {
            CommitPoint ours = graph.point(new Ref.Head(target));
            CommitPoint theirs = graph.point(source);
            List<CommitPoint> bases = ours.holds(theirs) ? List.of(theirs) : graph.commonAncestors(ours, theirs);
            return new MergeTask(
                    MergePlan.Kind.MERGE,
                    "`" + source + "`",
                    from.map(Branch::id).orElse(0L),
                    branch.id(),
                    target,
                    ours,
                    theirs,
                    new Bases(graph, bases),
                    policy,
                    rules);
        });
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
        long branchId = graph.branch(branch).id();
        String source = "`" + branch + "@" + first + (first.equals(last) ? "" : ".." + branch + "@" + last) + "`";
        return plan(() -> new MergeTask(
                MergePlan.Kind.REVERT,
                source,
                branchId,
                branchId,
                branch,
                graph.point(new Ref.Head(branch)),
                graph.before(graph.point(branch, first)),
                new Bases(graph, List.of(graph.point(branch, last))),
                policy,
                rules));
    }

    private MergePlan plan(Supplier<MergeTask> task) {
        return graph.listeners().hear(Work.PLAN, () -> planUnheard(task), plan -> plan.conflicts()
                .size());
    }

    /** Makes a plan on the head of the target, which may move while it is looked at. */
    @SuppressWarnings("try") // held, not used
    private MergePlan planUnheard(Supplier<MergeTask> task) {
        try (Reading reading = graph.reading()) {
            for (int i = 1; i < MOST_TRIES; i++) {
                try {
                    return plan(task.get(), Resolutions.NONE);
                } catch (ConflictException moved) {
                    Thread.onSpinWait();
                }
            }
            return plan(task.get(), Resolutions.NONE);
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
        Optional<Commit> commit = work.commitExactly(
                author, message.isEmpty() ? reason(task) : message, task.mergeParentLsn(), task.sourceId());
        if (task.kind() == MergePlan.Kind.MERGE) {
            graph.remember(task.theirs());
        }
        return commit;
    }

    /** Returns the LSN of the last commit of a plan that this process applied to a branch, 0 for none. */
    public long lastPlan(long branchId) {
        return graph.lastPlan(branchId);
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
