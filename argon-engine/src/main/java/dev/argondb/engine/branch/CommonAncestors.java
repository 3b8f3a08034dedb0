package dev.argondb.engine.branch;

import dev.argondb.engine.branch.Chain.Position;
import dev.argondb.engine.branch.Lineage.Link;
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
 * <p>Both commits know all their ancestors by {@link Lineage}, so nothing is walked commit by commit. The chain of one that both
 * reach, but no branch or tag any more, is rebuilt by the parents that the log names.
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

    /** Returns whether a commit is among the ancestors that a reach tells; the empty state always is. */
    static boolean holds(Map<Long, Link> reach, @Nullable Link commit) {
        if (commit == null) {
            return true;
        }
        Link found = reach.get(commit.lineage().origin());
        return found != null && found.lsn() >= commit.lsn();
    }

    /** Returns the best common ancestors, newest first; the empty state where there is no other. */
    List<Position> of(Position a, Position b) {
        List<Link> candidates = common(a.reach(), b.reach());
        List<Position> best = new ArrayList<>();
        while (!candidates.isEmpty()) {
            // An ancestor is older: the newest of all is none of another's.
            Link newest = candidates.get(0);
            Map<Long, Link> reach = newest.lineage().reach(newest.lsn());
            candidates.removeIf(other -> holds(reach, other));
            best.add(position(newest, List.of(a, b)));
        }
        return best.isEmpty() ? List.of(Position.EMPTY) : best;
    }

    /** Returns the newest common ancestor on each chain that both have ancestors on, the newest of all first. */
    private static List<Link> common(Map<Long, Link> a, Map<Long, Link> b) {
        List<Link> common = new ArrayList<>();
        a.forEach((origin, link) -> {
            Link other = b.get(origin);
            if (other != null) {
                common.add(other.lsn() < link.lsn() ? other : link);
            }
        });
        common.sort(Comparator.comparingLong(Link::lsn).reversed());
        return common;
    }

    private Position position(Link link, List<Position> near) {
        Position found = position(link, chainsOf(near));
        if (found == null) {
            found = position(link, chains());
        }
        return found != null ? found : new Position(rebuilt(link), link.lsn());
    }

    private static @Nullable Position position(Link link, Collection<Chain> chains) {
        for (Chain chain : chains) {
            if (chain.lineage().origin() == link.lineage().origin() && chain.ownFloor(link.lsn()) == link.lsn()) {
                return new Position(chain, link.lsn());
            }
        }
        return null;
    }

    /** Builds the chain of a commit that no branch or tag stands on any more, down to one that is there. */
    private Chain rebuilt(Link link) {
        Deque<CommitRecord> missing = new ArrayDeque<>();
        Chain below = null;
        long at = link.lsn();
        while (at != 0 && below == null) {
            if (at < firstLsn) {
                throw BranchGraph.reclaimed("the common ancestor at lsn " + link.lsn(), firstLsn);
            }
            CommitRecord commit = materializer.commit(at);
            missing.push(commit);
            at = commit.parentLsn();
            below = holding(at);
        }
        Chain chain = Chain.rebuilt(link.lineage(), below, at);
        for (CommitRecord commit : missing) {
            chain.append(commit.lastLsn(), commit.timeMicros());
            if (BranchGraph.changesSchema(commit)) {
                chain.addSchemaChange(commit.lastLsn());
            }
        }
        return chain;
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
