package dev.argondb.examples.shop.versions;

import dev.argondb.Commit;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.MergeConflict;
import dev.argondb.MergePlan;
import dev.argondb.Ref;
import dev.argondb.Resolution;
import dev.argondb.orm.hibernate.BranchSessionFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** Plans merges, takes decisions on conflicts, and merges. */
@Service
public class MergeDesk {

    private final BranchSessionFactory branches;
    private final JdbcTemplate jdbc;

    MergeDesk(BranchSessionFactory branches, JdbcTemplate jdbc) {
        this.branches = branches;
        this.jdbc = jdbc;
    }

    /** What somebody decided about a conflict: {@code ours}, {@code theirs} or {@code value}, and that value. */
    public record Decision(String choice, String value) {}

    /** A conflict with the decision on it, if there is one. */
    public record ConflictView(
            String id,
            String text,
            String thing,
            String field,
            String base,
            String ours,
            String theirs,
            boolean canType,
            @Nullable Decision decision) {}

    /**
     * A merge as the page shows it.
     *
     * @param stamp the heads that it was planned on: what is merged later is what was seen
     */
    public record Proposal(
            String source,
            String target,
            String stamp,
            boolean isAlreadyMerged,
            List<ChangeView> changes,
            List<ConflictView> conflicts,
            boolean isDecided) {}

    /** Plans a merge with the decisions so far. */
    public Proposal propose(String source, String target, Map<String, Decision> decisions) {
        return decide(plan(source, target), decisions).proposal(decisions, ThingNames.of(Ref.parse(source), jdbc));
    }

    /**
     * Merges, if all is decided and nothing moved since the plan was seen.
     *
     * @return the commit; empty where there was nothing to merge
     * @throws MovedOnException if a branch has moved
     */
    public Optional<Commit> merge(
            String source, String target, String stamp, Map<String, Decision> decisions, String author) {
        MergePlan plan = plan(source, target);
        if (plan.isAlreadyMerged()) {
            return Optional.empty();
        }
        if (!stamp(plan).equals(stamp)) {
            throw new MovedOnException();
        }
        return branches.merge(decide(plan, decisions).plan(), author, "Merge `" + source + "` into `" + target + "`");
    }

    private MergePlan plan(String source, String target) {
        if (source.equals(target)) {
            throw new InvalidRequestException("`" + source + "` is both sides; choose two branches");
        }
        return branches.planMerge(source, target);
    }

    private static String stamp(MergePlan plan) {
        return plan.sourceLsn().map(Lsn::toString).orElse("0") + "-"
                + plan.targetLsn().map(Lsn::toString).orElse("0");
    }

    /** A plan as far as it is decided, and all conflicts that were met on the way: to decide one can bring another. */
    private record Decided(MergePlan plan, Map<String, MergeConflict> met, String stamp) {

        Proposal proposal(Map<String, Decision> decisions, ThingNames names) {
            List<ConflictView> views = new ArrayList<>();
            met.forEach((id, conflict) -> views.add(view(id, conflict, decisions.get(id), names)));
            return new Proposal(
                    plan.source(),
                    plan.target(),
                    stamp,
                    plan.isAlreadyMerged(),
                    plan.changes().stream()
                            .map(diff -> ChangeView.of(diff, names))
                            .toList(),
                    views,
                    plan.conflicts().isEmpty());
        }
    }

    private static Decided decide(MergePlan first, Map<String, Decision> decisions) {
        Map<String, MergeConflict> met = new LinkedHashMap<>();
        Set<String> done = new HashSet<>();
        MergePlan plan = first;
        boolean isMoving = true;
        while (isMoving) {
            isMoving = false;
            plan.conflicts().forEach(conflict -> met.putIfAbsent(conflict.id(), conflict));
            for (MergeConflict conflict : plan.conflicts()) {
                Decision decision = decisions.get(conflict.id());
                if (decision != null && done.add(conflict.id())) {
                    plan = plan.resolve(conflict, resolution(conflict, decision));
                    isMoving = true;
                    break;
                }
            }
        }
        return new Decided(plan, met, stamp(first));
    }

    private static Resolution resolution(MergeConflict conflict, Decision decision) {
        return switch (decision.choice()) {
            case "ours" -> Resolution.OURS;
            case "theirs" -> Resolution.THEIRS;
            case "value" -> Resolution.value(ValueText.parse(decision.value(), sample(conflict)));
            default -> throw new InvalidRequestException("`" + decision.choice() + "` is no decision");
        };
    }

    private static Object sample(MergeConflict conflict) {
        Object sample = conflict.ours() != null ? conflict.ours() : conflict.theirs();
        return sample == null ? "" : sample;
    }

    private static ConflictView view(String id, MergeConflict conflict, @Nullable Decision decision, ThingNames names) {
        return new ConflictView(
                id,
                conflict.text(),
                names.name(conflict.collection(), conflict.documentId()),
                ThingNames.field(conflict.field()),
                names.value(conflict.field(), conflict.base()),
                names.value(conflict.field(), conflict.ours()),
                names.value(conflict.field(), conflict.theirs()),
                conflict.kind() == MergeConflict.Kind.FIELD && ValueText.isScalar(sample(conflict)),
                decision);
    }
}
