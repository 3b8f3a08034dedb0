package dev.argondb.engine.branch;

import java.util.Collections;
import java.util.NavigableMap;

/**
 * What a chain knows of its ancestors beside its own commits and the chain that it stands on; retention takes none of it.
 *
 * <p>Immutable.
 *
 * @param origin the id of the run of commits that its own commits are of: its own id, unless it keeps one commit of another chain
 * @param forgotten the ancestors below it that it no longer stands on
 * @param merges by its own merge commits, what each of them added to the ancestors
 */
record Ancestry(long origin, Reach forgotten, NavigableMap<Long, Reach> merges) {

    /** The ancestry of a chain without merges that forgot nothing. */
    static Ancestry of(long origin) {
        return new Ancestry(origin, Reach.NONE, Collections.emptyNavigableMap());
    }
}
