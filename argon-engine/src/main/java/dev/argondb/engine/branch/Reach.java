package dev.argondb.engine.branch;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * All ancestors of a commit, itself included: of each run of commits, up to which one. Runs are told apart by their {@linkplain
 * Chain#origin origin}, so that a reach says the same after the chains it speaks of are gone.
 *
 * <p>Immutable.
 *
 * @param upTo by the origin of a chain, the newest of its commits that is an ancestor
 */
record Reach(NavigableMap<Long, Long> upTo) {

    /** The reach of the empty state. */
    static final Reach NONE = new Reach(Collections.emptyNavigableMap());

    /** Returns whether a commit of a chain is an ancestor. */
    boolean holds(long origin, long lsn) {
        return upTo.getOrDefault(origin, 0L) >= lsn;
    }

    /** Returns what is in this one and not in another. */
    Reach without(Reach other) {
        NavigableMap<Long, Long> more = new TreeMap<>();
        upTo.forEach((origin, lsn) -> {
            if (!other.holds(origin, lsn)) {
                more.put(origin, lsn);
            }
        });
        return more.isEmpty() ? NONE : new Reach(more);
    }

    /** Returns the newest common ancestor on each chain that both have ancestors on. */
    Map<Long, Long> common(Reach other) {
        Map<Long, Long> common = new TreeMap<>();
        upTo.forEach((origin, lsn) -> {
            long theirs = other.upTo.getOrDefault(origin, 0L);
            if (theirs > 0) {
                common.put(origin, Math.min(lsn, theirs));
            }
        });
        return common;
    }

    /** Adds all of this one to a map that becomes a reach. */
    void addTo(Map<Long, Long> more) {
        upTo.forEach((origin, lsn) -> more.merge(origin, lsn, Math::max));
    }
}
