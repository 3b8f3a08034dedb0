package dev.argondb.engine.branch;

import dev.argondb.engine.branch.Chain.Position;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the best common ancestors of two commits: those that are no ancestors of others. Two lines that merged each other
 * crosswise have several.
 *
 * <p>Both commits know their whole {@link Reach}, so nothing is walked commit by commit. What both reach on a chain whose branch is
 * long gone, because both merged it, is found by the parents that the log names.
 */
final class CommonAncestors {

    private final Supplier<Collection<Chain>> others;
    private final Materializer materializer;
    private final long firstLsn;
    private @Nullable Collection<Chain> chains;

    /**
     * @param others the chains that branches and tags stand on, asked for when those of the commits themselves do not do
     * @param firstLsn the first LSN that the log still holds
     */
    CommonAncestors(Supplier<Collection<Chain>> others, Materializer materializer, long firstLsn) {
        this.others = others;
        this.materializer = materializer;
        this.firstLsn = firstLsn;
    }

    private Collection<Chain> chains() {
        Collection<Chain> known = chains;
        if (known == null) {
            known = others.get();
            chains = known;
        }
        return known;
    }

    /** Returns the best common ancestors, newest first; the empty state where there is no other. */
    List<Position> of(Position a, Position b) {
        Map<Long, Long> candidates = a.reach().common(b.reach());
        List<Position> best = new ArrayList<>();
        while (!candidates.isEmpty()) {
            // An ancestor is older: the newest of all is none of another's.
            Map.Entry<Long, Long> newest = newest(candidates);
            Position position = position(newest.getKey(), newest.getValue(), List.of(a, b));
            Reach reach = position.reach();
            candidates.remove(newest.getKey());
            candidates.entrySet().removeIf(other -> reach.holds(other.getKey(), other.getValue()));
            best.add(position);
        }
        return best.isEmpty() ? List.of(Position.EMPTY) : best;
    }

    private static Map.Entry<Long, Long> newest(Map<Long, Long> candidates) {
        return candidates.entrySet().stream()
                .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private Position position(long origin, long lsn, List<Position> near) {
        Position found = position(origin, lsn, chainsOf(near));
        if (found == null) {
            found = position(origin, lsn, chains());
        }
        return found != null ? found : new Position(rebuilt(origin, lsn), lsn);
    }

    private static @Nullable Position position(long origin, long lsn, Collection<Chain> chains) {
        for (Chain chain : chains) {
            if (chain.origin() == origin && chain.ownFloor(lsn) == lsn) {
                return new Position(chain, lsn);
            }
        }
        return null;
    }

    /** Builds the chain of a commit that no branch or tag stands on any more, down to one that is there. */
    private Chain rebuilt(long origin, long lsn) {
        Deque<CommitRecord> missing = new ArrayDeque<>();
        Chain below = null;
        long at = lsn;
        while (at != 0 && below == null) {
            if (at < firstLsn) {
                throw BranchGraph.reclaimed("the common ancestor at lsn " + lsn, firstLsn);
            }
            CommitRecord commit = materializer.commit(at);
            missing.push(commit);
            at = commit.parentLsn();
            below = holding(at);
        }
        Chain chain = new Chain(origin, below, at);
        for (CommitRecord commit : missing) {
            append(chain, commit);
        }
        return chain;
    }

    private void append(Chain chain, CommitRecord commit) {
        chain.append(commit.lastLsn(), commit.timeMicros());
        if (BranchGraph.changesSchema(commit)) {
            chain.addSchemaChange(commit.lastLsn());
        }
        Chain merged = holding(commit.mergeParentLsn());
        if (merged != null) {
            chain.addMerge(commit.lastLsn(), merged.reach(commit.mergeParentLsn()));
        }
    }

    private @Nullable Chain holding(long lsn) {
        return lsn == 0
                ? null
                : chains().stream()
                        .filter(chain -> chain.ownFloor(lsn) == lsn)
                        .findFirst()
                        .orElse(null);
    }

    /** Returns the chains that lead to commits, each once. */
    static Collection<Chain> chainsOf(Collection<Position> positions) {
        Map<Long, Chain> all = new TreeMap<>();
        for (Position position : positions) {
            for (Chain chain = position.chain(); chain != null; chain = chain.below()) {
                all.putIfAbsent(chain.id(), chain);
            }
        }
        return all.values();
    }
}
