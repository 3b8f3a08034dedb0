package dev.argondb.engine.branch;

import dev.argondb.engine.branch.Lineage.Link;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.tree.BTree;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.Keys;
import dev.argondb.engine.tree.MutableBTree;
import dev.argondb.engine.tree.TreeCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A run of commits that only grows at its end, on top of a commit of another run. A branch begins a chain when it is created
 * and a new one when it is reset; older chains stay as they are for whoever stands on them.
 *
 * <p>The commits are a tree from LSN to time, so that most of a long chain may lie in pages. A chain also knows which of its
 * commits have snapshots. Retention takes its oldest commits away, and what it stands on.
 *
 * <p>Thread-safe: one appender at a time, any readers.
 */
final class Chain {

    /** A commit on a chain, or the empty state below all of them where {@code lsn} is 0. */
    record Position(@Nullable Chain chain, long lsn) {

        static final Position EMPTY = new Position(null, 0);

        /** Returns all ancestors, itself included; see {@link Lineage#reach}. */
        Map<Long, Link> reach() {
            return chain == null ? Map.of() : chain.lineage.reach(lsn);
        }

        /** Returns the same by the lineage of its chain; null for the empty state. */
        @Nullable
        Link link() {
            return chain == null ? null : new Link(chain.lineage, lsn);
        }

        /** Returns the commit before this one. */
        Position previous() {
            if (chain == null) {
                throw new AssertionError("nothing is before the empty state");
            }
            return chain.floor(lsn - 1);
        }
    }

    /**
     * What a chain stands on: a commit of the very chain; its chain is null for the empty state, or where retention took away
     * what is below.
     */
    private record Below(@Nullable Chain chain, long lsn) {}

    /**
     * A chain as a checkpoint keeps it.
     *
     * @param reclaimed the oldest commit that retention left, 0 while everything is there
     * @param schemaChanges its own commits that changed the schema
     * @param lineage all its ancestors
     */
    record Content(
            @Nullable Chain below,
            long belowLsn,
            long reclaimed,
            BTree<Long> commits,
            NavigableMap<Long, PageId> snapshots,
            NavigableSet<Long> schemaChanges,
            Lineage lineage) {}

    private static final NavigableMap<Long, PageId> NONE = Collections.emptyNavigableMap();
    private static final NavigableSet<Long> NO_LSNS = Collections.emptyNavigableSet();

    private final long id;
    private volatile Below below;
    private NavigableMap<Long, PageId> snapshots = NONE;
    private NavigableSet<Long> schemaChanges = NO_LSNS;
    private volatile long reclaimed;
    private final Lineage lineage;
    private @Nullable MutableBTree<Long> commits;

    /**
     * Begins on a commit of another chain, or of one that it stands on; on the empty state where {@code belowLsn} is 0.
     *
     * @param id the LSN of the step that began it
     */
    Chain(long id, @Nullable Chain below, long belowLsn) {
        this(id, belowLsn == 0 || below == null ? Position.EMPTY : below.floor(belowLsn));
    }

    private Chain(long id, Position below) {
        this(id, below, new Lineage(id, below.link()));
    }

    private Chain(long id, Position below, Lineage lineage) {
        this.id = id;
        this.below = new Below(below.chain(), below.lsn());
        this.lineage = lineage;
    }

    /** A chain of commits that no branch leads to any more, of a lineage that is known. */
    static Chain rebuilt(Lineage lineage, @Nullable Chain below, long belowLsn) {
        Position on = belowLsn == 0 || below == null ? Position.EMPTY : below.floor(belowLsn);
        return new Chain(lineage.origin(), on, lineage);
    }

    /** A chain out of a checkpoint. */
    Chain(long id, Content content) {
        this(id, new Position(content.below(), content.belowLsn()), content.lineage());
        reclaimed = content.reclaimed();
        commits = content.commits().isEmpty() ? null : content.commits().edit();
        snapshots = copyOf(content.snapshots());
        schemaChanges = copyOf(content.schemaChanges());
    }

    /** Returns what makes it unique: the LSN of the step that began it. */
    long id() {
        return id;
    }

    /** Returns the chain that it stands on, or null. */
    @Nullable
    Chain below() {
        return below.chain();
    }

    /** Returns its present content. */
    synchronized Content content() {
        Below on = below;
        return new Content(
                on.chain(),
                on.lsn(),
                reclaimed,
                commits == null ? BTree.empty() : commits.snapshot(),
                snapshots(),
                copyOf(schemaChanges),
                lineage);
    }

    synchronized void append(long lsn, long timeMicros) {
        MutableBTree<Long> own = commits;
        if (own == null) {
            own = BTree.<Long>empty().edit();
            commits = own;
        }
        own.put(lsn, timeMicros);
    }

    /** Returns the oldest commit that retention left of the chain up to this one; 0 while everything is there. */
    long reclaimed() {
        long own = reclaimed;
        Chain next = below.chain();
        return own != 0 || next == null ? own : next.reclaimed();
    }

    /** Returns the newest commit at or below an LSN. */
    Position floor(long lsn) {
        long own = ownFloor(lsn);
        if (own != 0) {
            return new Position(this, own);
        }
        Below on = below;
        return on.chain() == null ? Position.EMPTY : on.chain().floor(Math.min(lsn, on.lsn()));
    }

    /** Its commits as of now; read without the lock, since pages may have to be loaded. */
    private synchronized BTree<Long> commits() {
        return commits == null ? BTree.empty() : commits.snapshot();
    }

    /** Returns the newest of its own commits at or below an LSN, 0 for none. */
    long ownFloor(long lsn) {
        return unlessReclaimed(floor(commits(), lsn));
    }

    private long unlessReclaimed(long commit) {
        return commit < reclaimed ? 0 : commit;
    }

    private static long floor(BTree<Long> commits, long lsn) {
        if (lsn <= 0 || commits.isEmpty()) {
            return 0;
        }
        KeyRange range = lsn == Long.MAX_VALUE ? KeyRange.ALL : new KeyRange(null, Keys.ofLong(lsn + 1));
        TreeCursor<Long> cursor = commits.cursor(range, true);
        return cursor.next() ? cursor.longKey() : 0;
    }

    /** Returns the newest commit at or before a time. */
    Position floorTime(long timeMicros) {
        return floorTime(timeMicros, Long.MAX_VALUE);
    }

    private Position floorTime(long timeMicros, long upToLsn) {
        long own = ownFloorTime(timeMicros, upToLsn);
        if (own != 0) {
            return new Position(this, own);
        }
        Below on = below;
        return on.chain() == null ? Position.EMPTY : on.chain().floorTime(timeMicros, Math.min(upToLsn, on.lsn()));
    }

    /** Times never decrease along a chain: halves the stretch of LSNs between one that is early enough and one that is not. */
    private long ownFloorTime(long timeMicros, long upToLsn) {
        BTree<Long> own = commits();
        long high = unlessReclaimed(floor(own, upToLsn));
        if (high == 0 || time(own, high) <= timeMicros) {
            return high;
        }
        long low = 0;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            long commit = floor(own, middle);
            if (commit == 0 || time(own, commit) <= timeMicros) {
                low = middle;
            } else {
                high = commit;
            }
        }
        return unlessReclaimed(floor(own, low));
    }

    private static long time(BTree<Long> commits, long lsn) {
        Long time = commits.get(lsn);
        if (time == null) {
            throw new AssertionError("no commit at lsn " + lsn);
        }
        return time;
    }

    /** Returns the lowest LSN of the commits above an LSN, own ones and those below it on its chain; 0 for none. */
    long firstAbove(long lsn) {
        Below on = below;
        if (on.chain() != null && on.lsn() > lsn) {
            long found = on.chain().firstAbove(lsn);
            if (found != 0 && found <= on.lsn()) {
                return found;
            }
        }
        return ownAbove(lsn);
    }

    private long ownAbove(long lsn) {
        TreeCursor<Long> cursor = commits().cursor(KeyRange.atLeast(Keys.ofLong(lsn + 1)), false);
        return cursor.next() ? cursor.longKey() : 0;
    }

    /** Returns the commits above one LSN up to another, ascending, own ones and those below. */
    long[] commitsBetween(long afterLsn, long upToLsn) {
        List<long[]> parts = new ArrayList<>();
        int count = 0;
        Chain chain = this;
        long bound = upToLsn;
        while (chain != null && bound > afterLsn) {
            long[] own = chain.ownBetween(afterLsn, bound);
            parts.add(own);
            count += own.length;
            Below on = chain.below;
            bound = Math.min(bound, on.lsn());
            chain = on.chain();
        }
        long[] all = new long[count];
        for (long[] part : parts) {
            count -= part.length;
            System.arraycopy(part, 0, all, count, part.length);
        }
        return all;
    }

    private long[] ownBetween(long afterLsn, long upToLsn) {
        long[] found = new long[16];
        int count = 0;
        byte[] end = upToLsn == Long.MAX_VALUE ? null : Keys.ofLong(upToLsn + 1);
        TreeCursor<Long> cursor = commits().cursor(new KeyRange(Keys.ofLong(afterLsn + 1), end), false);
        while (cursor.next()) {
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            found[count++] = cursor.longKey();
        }
        return Arrays.copyOf(found, count);
    }

    /** Returns the ancestors of its own commits. */
    Lineage lineage() {
        return lineage;
    }

    /** Returns whether a commit is its own. */
    boolean holds(long lsn) {
        return commits().get(lsn) != null;
    }

    /** A commit's snapshot. */
    record Snapshot(long lsn, PageId page) {}

    /** Returns the newest snapshot of a commit at or below an LSN of this chain, or null. */
    @Nullable
    Snapshot snapshot(long lsn) {
        Chain chain = this;
        long bound = lsn;
        while (chain != null) {
            Snapshot own = chain.ownSnapshot(bound);
            if (own != null) {
                return own;
            }
            Below on = chain.below;
            bound = Math.min(bound, on.lsn());
            chain = on.chain();
        }
        return null;
    }

    private synchronized @Nullable Snapshot ownSnapshot(long lsn) {
        Map.@Nullable Entry<Long, PageId> found = snapshots.floorEntry(lsn);
        return found == null ? null : new Snapshot(found.getKey(), found.getValue());
    }

    /** Notes the snapshot of a commit of its own. */
    synchronized void addSnapshot(long lsn, PageId page) {
        if (snapshots.isEmpty()) {
            snapshots = new TreeMap<>();
        }
        snapshots.put(lsn, page);
    }

    /** Notes that a commit of its own changed the schema. */
    synchronized void addSchemaChange(long lsn) {
        if (schemaChanges.isEmpty()) {
            schemaChanges = new TreeSet<>();
        }
        schemaChanges.add(lsn);
    }

    /** Returns whether the schema changed above one LSN of the chain, up to another. */
    boolean changesSchema(long afterLsn, long upToLsn) {
        Chain chain = this;
        long bound = upToLsn;
        while (chain != null && bound > afterLsn) {
            if (chain.ownSchemaChange(bound) > afterLsn) {
                return true;
            }
            Below on = chain.below;
            bound = Math.min(bound, on.lsn());
            chain = on.chain();
        }
        return false;
    }

    private synchronized long ownSchemaChange(long upToLsn) {
        Long last = schemaChanges.floor(upToLsn);
        return last == null ? 0 : last;
    }

    /** Returns the oldest snapshot of a commit at or above an LSN among its own commits, or null. */
    synchronized @Nullable Snapshot ownSnapshotFrom(long lsn) {
        Map.@Nullable Entry<Long, PageId> found = snapshots.ceilingEntry(lsn);
        return found == null ? null : new Snapshot(found.getKey(), found.getValue());
    }

    /** Returns whether a commit of its own has a snapshot. */
    synchronized boolean hasSnapshot(long lsn) {
        return snapshots.containsKey(lsn);
    }

    /** Returns the snapshots of its own commits. */
    synchronized NavigableMap<Long, PageId> snapshots() {
        return copyOf(snapshots);
    }

    private static NavigableMap<Long, PageId> copyOf(NavigableMap<Long, PageId> map) {
        return map.isEmpty() ? NONE : new TreeMap<>(map);
    }

    private static NavigableSet<Long> copyOf(NavigableSet<Long> set) {
        return set.isEmpty() ? NO_LSNS : new TreeSet<>(set);
    }

    /** Returns the commit that the chain stands on. */
    Position standsOn() {
        Below on = below;
        return on.chain() == null ? Position.EMPTY : on.chain().floor(on.lsn());
    }

    /** Puts the chain on an equal commit of another one. */
    void standOn(Chain other, long lsn) {
        below = new Below(other, lsn);
    }

    /** Returns a chain of one commit of this one, which must have a snapshot. */
    Chain detached(long lsn) {
        BTree<Long> own = commits();
        Snapshot snapshot = ownSnapshot(lsn);
        if (snapshot == null || snapshot.lsn() != lsn) {
            throw new AssertionError("lsn " + lsn + " of chain " + id + " has no snapshot");
        }
        MutableBTree<Long> one = BTree.<Long>empty().edit();
        one.put(lsn, (Long) time(own, lsn));
        NavigableMap<Long, PageId> its = new TreeMap<>(Map.of(lsn, snapshot.page()));
        return new Chain(lsn, new Content(null, 0, lsn, one.snapshot(), its, NO_LSNS, lineage));
    }

    /**
     * Forgets commits of its own that are below one, and what the chain stands on.
     *
     * @param oldest the oldest commit to stay, of its own; 0 leaves the chain as it is
     */
    synchronized void reclaimBelow(long oldest) {
        if (oldest == 0 || oldest <= reclaimed) {
            return;
        }
        if (below.chain() != null || floor(commits(), oldest - 1) != 0) {
            reclaimed = oldest;
            below = new Below(null, 0);
            snapshots = copyOf(snapshots.tailMap(oldest, true));
            schemaChanges = copyOf(schemaChanges.tailSet(oldest, false));
        }
    }

    /** Removes some of the commits that were forgotten; returns whether none is left. */
    synchronized boolean removeReclaimed(int most) {
        MutableBTree<Long> own = commits;
        if (own == null || reclaimed == 0) {
            return true;
        }
        long[] older = new long[most];
        int count = 0;
        TreeCursor<Long> cursor = own.cursor(new KeyRange(null, Keys.ofLong(reclaimed)), false);
        while (count < most && cursor.next()) {
            older[count++] = cursor.longKey();
        }
        for (int i = 0; i < count; i++) {
            own.remove(older[i]);
        }
        return count < most;
    }
}
