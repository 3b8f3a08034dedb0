package dev.argondb.engine.branch;

import dev.argondb.engine.Retention;
import dev.argondb.engine.branch.BranchGraph.TagState;
import dev.argondb.engine.branch.BranchState.Head;
import dev.argondb.engine.branch.Chain.Position;
import dev.argondb.engine.branch.Checkpoint.ChainImage;
import dev.argondb.engine.branch.GraphCut.CutBranch;
import dev.argondb.engine.branch.Snapshots.Wanted;
import dev.argondb.engine.page.MarkedPages;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.page.PageStore.LivePages;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives back the space of history that nobody asked to keep.
 *
 * <p>The watermark is the lowest LSN whose state stays readable. Every branch, and every tag, keeps the newest commit at or
 * below it on its own chain, written down as a snapshot, and all that follows. In this order: those snapshots are made durable;
 * the chains forget what is below; a checkpoint that says so is made durable; then the log below the watermark goes, and the
 * pages that no snapshot, checkpoint, head or open unit of work reaches (mark and sweep).
 *
 * <p>Confined to who holds the lock of {@link Snapshots}.
 */
final class Retainer {

    private static final int MOST_TRIES = 3;
    private static final int COMMITS_AT_A_TIME = 1000;
    /** What is not to be kept may stay for so many windows, where letting it go costs a snapshot of its own. */
    private static final int MOST_WINDOWS = 2;
    /** Those who begin or commit are waited for. */
    private static final Duration MOST_WAIT = Duration.ofSeconds(1);

    private final BranchGraph graph;
    private final Snapshots snapshots;
    private final Storage storage;
    /** The checkpoint that led to all pages there were, when they were looked through last. */
    private @Nullable PageId swept;

    Retainer(BranchGraph graph, Snapshots snapshots) {
        this.graph = graph;
        this.snapshots = snapshots;
        this.storage = snapshots.storage();
    }

    /** Gives back all there is. */
    void run() {
        retainFrom(graph.pins().oldest(target(graph.cut())));
        collect(storage.pages()::retain);
    }

    /** Gives back what is worth it; returns whether pages were looked through. */
    boolean runInBackground() {
        retainFrom(cheapTarget(graph.cut()));
        boolean isSwept = swept != null && swept.equals(snapshots.checkpointPage());
        return isSwept || collect(storage.pages()::retainCheaply);
    }

    private void retainFrom(long target) {
        if (target > snapshots.watermark()) {
            forgetBelow(target);
        }
        if (snapshots.watermark() > snapshots.durableWatermark()) {
            snapshots.writeCheckpoint(graph.cut(), new TreeMap<>(), snapshots.watermark());
        }
    }

    /** Gives back what is known to be unneeded; returns false where that could not be known now. */
    private boolean collect(Consumer<LivePages> sweep) {
        boolean isKnown = graph.generations().awaitAllGone(MOST_WAIT) && !snapshots.isUncertain();
        if (isKnown) {
            if (snapshots.durableWatermark() > 0) {
                graph.log().dropBefore(snapshots.durableWatermark());
            }
            graph.materializer().forget(); // a remembered state may hold pages of a branch that is gone
            MarkedPages live = new MarkedPages();
            PageMarker marker = new PageMarker(live);
            markCheckpoint(live, marker);
            long named = live.size();
            markInUse(live, marker);
            sweep.accept(live);
            swept = live.size() == named ? snapshots.checkpointPage() : null;
        }
        return isKnown;
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

    /**
     * Returns what costs little: the commit of the newest snapshot that is not to be kept for anything else. Where there was none
     * for long, that of the setting: then a snapshot has to be taken.
     */
    private long cheapTarget(GraphCut cut) {
        long target = graph.pins().oldest(target(cut));
        if (storage.settings().retention() instanceof Retention.Window window
                && lastBefore(cut, window.length().multipliedBy(MOST_WINDOWS)) <= snapshots.watermark()) {
            return cut.chains().stream()
                    .mapToLong(chain -> snapshotAtOrBelow(chain, target))
                    .max()
                    .orElse(0);
        }
        return target;
    }

    private static long snapshotAtOrBelow(Chain chain, long lsn) {
        Long floor = chain.snapshots().floorKey(lsn);
        return floor == null ? 0 : floor;
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

    private void markCheckpoint(MarkedPages live, PageMarker marker) {
        Checkpoint checkpoint = snapshots.checkpoint();
        PageId page = snapshots.checkpointPage();
        if (checkpoint != null && page != null) {
            live.addLeading(page);
            checkpoint.chains().forEach(chain -> mark(chain, live, marker));
        }
    }

    private void markInUse(MarkedPages live, PageMarker marker) {
        Set<Chain> marked = new HashSet<>();
        graph.cut().chains().forEach(chain -> {
            marked.add(chain);
            marker.mark(chain.content().commits(), CommitsCodec.INSTANCE);
        });
        graph.forEachInUse(state -> StateStore.mark(state, marker), past -> mark(past, marked, live, marker));
    }

    /** A chain of a branch that was deleted meanwhile is in no checkpoint. */
    private void mark(PastState past, Set<Chain> marked, MarkedPages live, PageMarker marker) {
        past.forEachState(state -> StateStore.mark(state, marker));
        for (Chain chain = past.chain(); chain != null && marked.add(chain); chain = chain.below()) {
            marker.mark(chain.content().commits(), CommitsCodec.INSTANCE);
            chain.snapshots().values().forEach(page -> markSnapshot(page, live, marker));
        }
    }

    private void mark(ChainImage chain, MarkedPages live, PageMarker marker) {
        PageId root = chain.commits();
        if (root != null) {
            marker.mark(storage.openCommits(root, chain.size()), CommitsCodec.INSTANCE);
        }
        chain.snapshots().values().forEach(snapshot -> markSnapshot(snapshot, live, marker));
    }

    private void markSnapshot(PageId page, MarkedPages live, PageMarker marker) {
        if (live.addLeading(page)) {
            StateStore.mark(storage.states().read(page), marker);
        }
    }
}
