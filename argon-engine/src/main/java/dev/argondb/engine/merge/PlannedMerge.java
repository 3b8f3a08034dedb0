package dev.argondb.engine.merge;

import dev.argondb.DocumentDiff;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.MergeConflict;
import dev.argondb.MergePlan;
import dev.argondb.Resolution;
import dev.argondb.engine.branch.Nearest;
import dev.argondb.engine.merge.MergeOutcome.Write;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A plan with what it was made of, so that it can be made again with a resolution more. */
final class PlannedMerge implements MergePlan {

    private final Merging merging;
    private final MergeTask task;
    private final Resolutions resolutions;
    private final MergeOutcome outcome;

    PlannedMerge(Merging merging, MergeTask task, Resolutions resolutions, MergeOutcome outcome) {
        this.merging = merging;
        this.task = task;
        this.resolutions = resolutions;
        this.outcome = outcome;
    }

    Merging merging() {
        return merging;
    }

    MergeTask task() {
        return task;
    }

    MergeOutcome outcome() {
        return outcome;
    }

    @Override
    public Kind kind() {
        return task.kind();
    }

    @Override
    public String source() {
        return task.source().replace("`", "");
    }

    @Override
    public Optional<Lsn> sourceLsn() {
        return task.theirs().lsn();
    }

    @Override
    public String target() {
        return task.target();
    }

    @Override
    public Optional<Lsn> targetLsn() {
        return task.ours().lsn();
    }

    @Override
    public Optional<Lsn> baseLsn() {
        return task.bases().newest().lsn();
    }

    @Override
    public boolean isAlreadyMerged() {
        return outcome.isNothing();
    }

    @Override
    public List<DocumentDiff> changes() {
        return outcome.writes().stream().flatMap(PlannedMerge::diff).toList();
    }

    private static Stream<DocumentDiff> diff(Write write) {
        return write.before() == null && write.after() == null
                ? Stream.empty()
                : Stream.ofNullable(
                        StateDiff.of(write.place().key(), write.was(), write.before(), write.is(), write.after()));
    }

    @Override
    public List<MergeConflict> conflicts() {
        return outcome.conflicts();
    }

    @Override
    public MergePlan resolve(MergeConflict conflict, Resolution resolution) {
        Objects.requireNonNull(resolution, "resolution");
        List<String> ids = outcome.conflicts().stream().map(MergeConflict::id).toList();
        if (!ids.contains(conflict.id())) {
            throw new InvalidRequestException(
                    "the plan has no open conflict `" + conflict.id() + "`" + Nearest.to(conflict.id(), ids));
        }
        return merging.plan(task, resolutions.with(conflict.id(), resolution));
    }

    @Override
    public MergePlan resolveAll(Resolution.Side side) {
        return merging.plan(task, resolutions.withRest(side));
    }

    @Override
    public String toString() {
        return (kind() == Kind.MERGE ? "merge of " : "revert of ") + task.source() + " into `" + task.target() + "`: "
                + outcome.writes().size() + " changes, " + outcome.conflicts().size() + " conflicts";
    }
}
