package dev.argondb.engine.branch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ancestors of the commits of one chain, as numbers: what the chain began on, and what its merges took in. It outlives the
 * chain: retention takes nothing of it, and chains that merged this one lead to it when its own branch is gone.
 *
 * <p>Thread-safe.
 */
final class Lineage {

    /**
     * A commit, by the lineage of its chain.
     *
     * @param lsn one of the commits of that very chain
     */
    record Link(Lineage lineage, long lsn) {}

    private final long origin;
    private @Nullable Link below;
    private @Nullable TreeMap<Long, Link> merges;

    /**
     * @param origin the id of the chain that it is of first; a chain that keeps one commit of another has that one's lineage
     * @param below what the chain began on, null for the empty state
     */
    Lineage(long origin, @Nullable Link below) {
        this.origin = origin;
        this.below = below;
    }

    long origin() {
        return origin;
    }

    synchronized @Nullable Link below() {
        return below;
    }

    /** Says what the chain began on, once: lineages that lead to each other are read one after the other. */
    synchronized void beginOn(Link link) {
        below = link;
    }

    /** Notes that a commit is a merge. */
    synchronized void addMerge(long lsn, Link source) {
        TreeMap<Long, Link> known = merges;
        if (known == null) {
            known = new TreeMap<>();
            merges = known;
        }
        known.put(lsn, source);
    }

    /** Returns what was merged, by the merge commits. */
    synchronized Map<Long, Link> merges() {
        return merges == null ? Map.of() : new TreeMap<>(merges);
    }

    private synchronized Collection<Link> mergedBetween(long afterLsn, long upToLsn) {
        return merges == null || afterLsn >= upToLsn
                ? List.of()
                : new ArrayList<>(merges.subMap(afterLsn, false, upToLsn, true).values());
    }

    /** Returns all ancestors of a commit of the chain, itself included: of each chain's commits, up to which one. */
    Map<Long, Link> reach(long lsn) {
        Map<Long, Link> reach = new HashMap<>();
        Deque<Link> open = new ArrayDeque<>();
        open.push(new Link(this, lsn));
        while (!open.isEmpty()) {
            Link link = open.pop();
            Link old = reach.get(link.lineage().origin());
            long known = old == null ? 0 : old.lsn();
            if (link.lsn() > known) {
                reach.put(link.lineage().origin(), link);
                open.addAll(link.lineage().mergedBetween(known, link.lsn()));
                Link on = link.lineage().below();
                if (old == null && on != null) {
                    open.push(on);
                }
            }
        }
        return reach;
    }

    /** Returns lineages and all that they lead to, each once. */
    static Collection<Lineage> closure(Collection<Lineage> roots) {
        Map<Long, Lineage> all = new LinkedHashMap<>();
        Deque<Lineage> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            Lineage lineage = open.pop();
            if (all.putIfAbsent(lineage.origin, lineage) == null) {
                Link on = lineage.below();
                if (on != null) {
                    open.push(on.lineage());
                }
                lineage.merges().values().forEach(link -> open.push(link.lineage()));
            }
        }
        return all.values();
    }
}
