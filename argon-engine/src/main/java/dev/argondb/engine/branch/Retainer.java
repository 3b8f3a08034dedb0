package dev.argondb.engine.branch;

import dev.argondb.engine.Retention;
import dev.argondb.engine.branch.BranchGraph.TagState;
import dev.argondb.engine.branch.BranchState.Head;
import dev.argondb.engine.branch.Chain.Position;
import dev.argondb.engine.branch.Checkpoint.ChainImage;
import dev.argondb.engine.branch.GraphCut.CutBranch;
import dev.argondb.engine.branch.Snapshots.Wanted;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.state.StateStore;
import dev.argondb.engine.tree.PageMarker;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gives back the space of history that nobody asked to keep.
 *
 * <p>The watermark is the lowest LSN whose state stays readable. Every branch, and every tag, keeps the newest commit at or
 * below it on its own chain, written down as a snapshot, and all that follows. In this order: those snapshots are made durable;
 * the chains forget what is below; a checkpoint that says so is made durable; and once all units of work that began before have
 * ended, the log below the watermark goes, and the pages that no snapshot, head or checkpoint reaches (mark and sweep).
 *
 * <p>Confined to who holds the lock of {@link Snapshots}.
 */
final class Retainer {

    private static final int MOST_TRIES = 3;
    private static final int COMMITS_AT_A_TIME = 1000;

    private final BranchGraph graph;
    private final Snapshots snapshots;
    private final Storage storage;

    Retainer(BranchGraph graph, Snapshots snapshots) {
        this.graph = graph;
        this.snapshots = snapshots;
        this.storage = snapshots.storage();
    }

    void run() {
        long target = graph.pins().oldest(target(graph.cut()));
        if (target > snapshots.watermark()) {
            forgetBelow(target);
        }
        if (snapshots.watermark() > snapshots.durableWatermark()) {
            snapshots.writeCheckpoint(graph.cut(), new TreeMap<>(), snapshots.watermark());
        }
        graph.generations().advance();
        collect();
    }

    /** Gives back what is known to be unneeded, if nobody may still read it. */
    void collect() {
        if (graph.generations().areOlderGone() && !snapshots.isUncertain()) {
            if (snapshots.durableWatermark() > 0) {
                graph.log().dropBefore(snapshots.durableWatermark());
            }
            graph.materializer().forget(); // a remembered state may hold pages of a branch that is gone
            Set<PageId> live = live();
            storage.pages().retain(live::contains);
        }
    }

    // ---- the watermark

    private long target(GraphCut cut) {
        Retention retention = storage.settings().retention();
        if (retention instanceof Retention.From from) {
            return Math.min(from.lsn().value(), cut.lsn());
        }
        if (retention instanceof Retention.Window window) {
            return lastBefore(cut, window.length());
        }
        return 0;
    }

    /** Returns the newest commit on any chain that is older than a while. */
    private long lastBefore(GraphCut cut, Duration length) {
        Instant start = graph.environment().now().minus(length);
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, start);
        long last = 0;
        for (CutBranch branch : cut.branches()) {
            last = Math.max(last, branch.head().chain().floorTime(micros).lsn());
        }
        return last;
    }

    // ---- forgetting

    private void forgetBelow(long target) {
        boolean done = false;
        for (int i = 0; i < MOST_TRIES && !done; i++) {
            GraphCut cut = graph.cut();
            snapshots.writeCheckpoint(cut, missing(cut, target), snapshots.watermark());
            done = graph.pins().exclusively(() -> tryForgetBelow(target));
        }
        if (done) {
            graph.materializer().forget();
            GraphCut cut = graph.cut();
            for (Chain chain : cut.chains()) {
                while (!chain.removeReclaimed(COMMITS_AT_A_TIME)) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    /** Returns the commits that need a snapshot before what is below a watermark can go. */
    private Map<Long, Wanted> missing(GraphCut cut, long target) {
        Map<Long, Wanted> missing = new TreeMap<>();
        cut.branches().forEach(branch -> addMissing(missing, branch.head(), target));
        for (TagState tag : graph.tagStates()) {
            Position own = tag.chain().floor(Math.min(target, tag.tag().lsn().value()));
            Snapshots.want(new Wanted(own, graph.stateRef(own)), missing);
        }
        return missing;
    }

    private void addMissing(Map<Long, Wanted> missing, Head head, long target) {
        Position oldest = head.chain().floor(target);
        StateRef state = oldest.lsn() == head.lsn() ? head.state() : graph.stateRef(oldest);
        Snapshots.want(new Wanted(oldest, state), missing);
    }

    /** Makes chains forget, if nothing new needs a snapshot first; nothing can be pinned meanwhile. */
    private boolean tryForgetBelow(long target) {
        GraphCut cut = graph.cut();
        if (graph.pins().oldest(target) < target || !missing(cut, target).isEmpty()) {
            return false;
        }
        Map<Long, Chain> detached = new HashMap<>();
        for (TagState tag : graph.tagStates()) {
            detach(tag, target, detached);
        }
        List<Chain> upperFirst = new ArrayList<>(cut.chains());
        Collections.reverse(upperFirst);
        upperFirst.forEach(chain -> detach(chain, target, detached));
        upperFirst.forEach(chain -> chain.reclaimBelow(chain.ownFloor(target)));
        cut.branches().forEach(branch -> forgetDiscarded(branch.branch(), branch.head()));
        snapshots.forgot(target);
        return true;
    }

    /** A tag of a commit below what its chain keeps gets a chain of its own. */
    private void detach(TagState tag, long target, Map<Long, Chain> detached) {
        long lsn = tag.tag().lsn().value();
        Chain chain = tag.chain();
        if (lsn < target && chain.ownFloor(target) != lsn) {
            graph.replaceTag(tag, new TagState(tag.tag(), detached.computeIfAbsent(lsn, any -> chain.detached(lsn))));
        }
    }

    /** A chain that stands on a commit below what the other chain keeps gets that commit for itself. */
    private static void detach(Chain chain, long target, Map<Long, Chain> detached) {
        Position below = chain.ownFloor(target) == 0 ? chain.standsOn() : Position.EMPTY;
        Chain owner = below.chain();
        if (owner != null && below.lsn() < target && owner.ownFloor(target) != below.lsn()) {
            chain.standOn(detached.computeIfAbsent(below.lsn(), owner::detached), below.lsn());
        }
    }

    private static void forgetDiscarded(BranchState branch, Head head) {
        long oldest = head.chain().reclaimed();
        branch.discarded = branch.discarded.stream()
                .filter(discarded -> discarded.resetLsn() > oldest)
                .toList();
    }

    // ---- mark

    /** What the newest checkpoint leads to, and what is in use. */
    private Set<PageId> live() {
        Set<PageId> live = new HashSet<>();
        PageMarker marker = new PageMarker(live);
        Checkpoint checkpoint = snapshots.checkpoint();
        PageId page = snapshots.checkpointPage();
        if (checkpoint != null && page != null) {
            live.add(page);
            checkpoint.chains().forEach(chain -> mark(chain, live, marker));
        }
        graph.cut().chains().forEach(chain -> marker.mark(chain.content().commits(), CommitsCodec.INSTANCE));
        graph.statesInUse(state -> StateStore.mark(state, marker));
        return live;
    }

    private void mark(ChainImage chain, Set<PageId> live, PageMarker marker) {
        PageId root = chain.commits();
        if (root != null) {
            marker.mark(storage.openCommits(root, chain.size()), CommitsCodec.INSTANCE);
        }
        chain.snapshots().values().forEach(page -> {
            if (live.add(page)) {
                StateStore.mark(storage.states().read(page), marker);
            }
        });
    }
}
