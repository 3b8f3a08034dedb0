package dev.argondb.engine.branch;

import dev.argondb.ArgonException;
import dev.argondb.engine.Finding;
import dev.argondb.engine.branch.BranchGraph.TagState;
import dev.argondb.engine.branch.Chain.Position;
import dev.argondb.engine.branch.GraphCut.CutBranch;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.IndexVerifier;
import dev.argondb.engine.state.StateStore;
import dev.argondb.engine.tree.BTree;
import dev.argondb.engine.tree.TreeCursor;
import dev.argondb.engine.tree.TreeVerifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads everything once, and reports what is wrong: the log with all its frames and records; every page of the store; the trees
 * of every snapshot; the commits of every chain; and in the state of every branch and tag, the indexes against the documents.
 *
 * <p>Confined to one thread.
 */
final class Verifier {

    private final BranchGraph graph;
    private final Snapshots snapshots;
    private final List<Finding> findings = Collections.synchronizedList(new ArrayList<>());

    Verifier(BranchGraph graph, Snapshots snapshots) {
        this.graph = graph;
        this.snapshots = snapshots;
    }

    List<Finding> run() {
        Storage storage = snapshots.storage();
        attempt("log", 0, () -> storage.log().verify(findings::add));
        attempt("pages", 0, () -> storage.pages().verify((place, what) -> findings.add(new Finding(place, 0, what))));
        snapshots.exclusively(() -> {
            verifyTrees();
            verifyChains();
        });
        verifyStates();
        return List.copyOf(findings);
    }

    /** What cannot be read at all is a finding as well. */
    private void attempt(String place, long lsn, Runnable check) {
        try {
            check.run();
        } catch (ArgonException e) {
            findings.add(new Finding(place, lsn, String.valueOf(e.getMessage())));
        }
    }

    // ---- snapshots

    private void verifyTrees() {
        Storage storage = snapshots.storage();
        Set<PageId> visited = new HashSet<>();
        TreeVerifier trees = new TreeVerifier(
                storage.pages(), visited, (page, what) -> findings.add(new Finding("page `" + page + "`", 0, what)));
        for (Chain chain : graph.cut().chains()) {
            chain.snapshots()
                    .forEach((lsn, page) -> attempt("snapshot `" + page + "`", lsn, () -> {
                        if (visited.add(page)) {
                            verify(lsn, page, trees);
                        }
                    }));
        }
        Checkpoint checkpoint = snapshots.checkpoint();
        if (checkpoint != null) {
            checkpoint.chains().forEach(chain -> {
                PageId root = chain.commits();
                if (root != null) {
                    trees.verify(root, chain.size(), CommitsCodec.INSTANCE);
                }
            });
        }
    }

    private void verify(long lsn, PageId page, TreeVerifier trees) {
        StateStore.Image image = snapshots.storage().states().image(page);
        if (image.lsn() != lsn) {
            findings.add(new Finding("snapshot `" + page + "`", lsn, "it is of lsn " + image.lsn()));
        }
        snapshots.storage().states().verify(image, trees);
    }

    // ---- chains

    private void verifyChains() {
        for (Chain chain : graph.cut().chains()) {
            attempt("chain " + chain.id(), 0, () -> verify(chain.id(), chain.content()));
        }
    }

    /** What a chain held at one moment, and not what may have become of it since. */
    private void verify(long chain, Chain.Content content) {
        BTree<Long> commits = content.commits();
        long time = 0;
        TreeCursor<Long> cursor = commits.cursor();
        while (cursor.next()) {
            if (cursor.longKey() <= content.belowLsn() || cursor.value() < time) {
                findings.add(new Finding("chain " + chain, cursor.longKey(), "the commit is out of order"));
            }
            time = cursor.value();
        }
        content.snapshots().keySet().forEach(lsn -> {
            if (commits.get(lsn) == null) {
                findings.add(new Finding("chain " + chain, lsn, "a snapshot of no commit"));
            }
        });
    }

    // ---- states

    private void verifyStates() {
        Map<CollectionState, Boolean> seen = new IdentityHashMap<>();
        for (CutBranch branch : graph.cut().branches()) {
            String place = "branch `" + branch.name() + "`";
            attempt(
                    place,
                    branch.head().lsn(),
                    () -> graph.readHead(branch.branch(), state -> verify(place, state, seen)));
        }
        for (TagState tag : graph.tagStates()) {
            String place = "tag `" + tag.tag().name() + "`";
            Position position = tag.chain().floor(tag.tag().lsn().value());
            attempt(
                    place,
                    position.lsn(),
                    () -> verify(place, graph.stateRef(position).get(), seen));
        }
    }

    private void verify(String place, DatabaseState state, Map<CollectionState, Boolean> seen) {
        for (CollectionState collection : state.collections()) {
            if (seen.put(collection, true) == null) {
                String where = place + ", `" + collection.schema().name() + "`";
                attempt(
                        where,
                        state.lsn(),
                        () -> IndexVerifier.verify(
                                collection, what -> findings.add(new Finding(where, state.lsn(), what))));
            }
        }
    }
}
