package dev.argondb.engine.branch;

import dev.argondb.CorruptDataException;
import dev.argondb.Lsn;
import dev.argondb.Tag;
import dev.argondb.engine.Environment;
import dev.argondb.engine.branch.BranchGraph.TagState;
import dev.argondb.engine.branch.BranchState.Head;
import dev.argondb.engine.branch.Checkpoint.BranchImage;
import dev.argondb.engine.branch.Checkpoint.ChainImage;
import dev.argondb.engine.branch.Checkpoint.TagImage;
import dev.argondb.engine.branch.Lineage.Link;
import dev.argondb.engine.log.Log;
import dev.argondb.engine.log.LogRecord;
import dev.argondb.engine.log.LogRecord.BranchCreated;
import dev.argondb.engine.log.LogRecord.BranchDeleted;
import dev.argondb.engine.log.LogRecord.BranchRenamed;
import dev.argondb.engine.log.LogRecord.BranchReset;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.log.LogRecord.SequenceReserved;
import dev.argondb.engine.log.LogRecord.TagCreated;
import dev.argondb.engine.log.LogRecord.TagDeleted;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.tree.BTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds a checkpoint and the records of the log behind it into branches, tags and sequences. States are left to be
 * materialized when they are asked for.
 *
 * <p>Confined to the thread that opens the database.
 */
final class GraphFold {

    final Map<Long, BranchState> byId = new ConcurrentHashMap<>();
    final Map<String, BranchState> byName = new ConcurrentHashMap<>();
    final Map<String, TagState> tags = new ConcurrentHashMap<>();
    final PendingNames pending = new PendingNames(byId, byName);
    long lastTimeMicros;

    private final Materializer materializer;
    private final SequenceTable sequences;
    private final List<Chain> chains = new ArrayList<>();
    private long foldedLsn;

    GraphFold(Materializer materializer, SequenceTable sequences) {
        this.materializer = materializer;
        this.sequences = sequences;
    }

    /** Begins with what a checkpoint says. */
    void begin(Checkpoint checkpoint, Storage storage) {
        foldedLsn = checkpoint.lsn();
        lastTimeMicros = checkpoint.timeMicros();
        Map<Long, Chain> byChainId = new HashMap<>();
        for (ChainImage image : checkpoint.chains()) {
            Chain chain = chain(image, byChainId, storage);
            byChainId.put(chain.id(), chain);
            chains.add(chain);
        }
        for (BranchImage image : checkpoint.branches()) {
            add(image, known(byChainId, image.chainId()));
        }
        for (TagImage image : checkpoint.tags()) {
            pending.addTag(image.name());
            publish(image.name(), image.lsn(), image.timeMicros(), known(byChainId, image.chainId()));
        }
        checkpoint.sequences().forEach(image -> sequences.recover(image.branchId(), image.sequenceId(), image.next()));
    }

    private static Chain known(Map<Long, Chain> chains, long id) {
        Chain chain = chains.get(id);
        if (chain == null) {
            throw new CorruptDataException("the checkpoint speaks of chain " + id + ", which it does not hold");
        }
        return chain;
    }

    private static Chain chain(ChainImage image, Map<Long, Chain> before, Storage storage) {
        Chain below = image.belowId() == 0 ? null : known(before, image.belowId());
        PageId root = image.commits();
        BTree<Long> commits = root == null ? image.few() : storage.openCommits(root, image.size());
        return new Chain(
                image.id(),
                new Chain.Content(
                        below,
                        image.belowLsn(),
                        image.reclaimed(),
                        commits,
                        image.snapshots(),
                        image.schemaChanges(),
                        image.lineage()));
    }

    private void add(BranchImage image, Chain chain) {
        Head head = new Head(StateRef.at(materializer, chain, image.headLsn()), chain, image.epoch());
        BranchState branch = new BranchState(
                image.id(), image.name(), image.parentId(), image.baseLsn(), image.privateSequences(), head);
        branch.discarded = List.copyOf(image.discarded());
        Chain.Snapshot snapshot = chain.snapshot(image.headLsn());
        branch.entriesToReplay = image.headLsn() - (snapshot == null ? 0 : snapshot.lsn());
        publish(branch);
    }

    private void publish(BranchState branch) {
        byId.put(branch.id, branch);
        byName.put(branch.name, branch);
        if (branch.privateSequences) {
            sequences.keepPrivate(branch.id);
        } else {
            sequences.forget(branch.id);
        }
    }

    /** Folds the records of a log behind what was folded already. */
    void run(Log log) {
        if (log.lastLsn() <= foldedLsn) {
            return;
        }
        try (var reader = log.read(foldedLsn + 1)) {
            for (LogRecord record = reader.next(); record != null; record = reader.next()) {
                apply(record);
                lastTimeMicros = Math.max(lastTimeMicros, record.timeMicros());
            }
        }
    }

    private void apply(LogRecord record) {
        if (record instanceof CommitRecord commit) {
            apply(commit);
        } else if (record instanceof BranchCreated created) {
            apply(created);
        } else if (record instanceof BranchRenamed renamed) {
            apply(renamed);
        } else if (record instanceof BranchDeleted deleted) {
            apply(deleted);
        } else if (record instanceof BranchReset reset) {
            apply(reset);
        } else if (record instanceof TagCreated created) {
            pending.addTag(created.name());
            publish(created.name(), created.targetLsn(), created.timeMicros(), chainOf(created.targetLsn(), null));
        } else if (record instanceof TagDeleted deleted) {
            pending.removeTag(deleted.name());
            tags.remove(deleted.name());
        } else if (record instanceof SequenceReserved reserved) {
            sequences.recover(reserved.branchId(), reserved.sequenceId(), reserved.next());
        }
    }

    private void publish(String name, long lsn, long timeMicros, @Nullable Chain chain) {
        if (chain == null) {
            throw new AssertionError("tag `" + name + "` names no commit");
        }
        Tag tag = new Tag(name, new Lsn(lsn), Environment.instantOf(timeMicros));
        tags.put(name, new TagState(tag, chain));
    }

    private void apply(CommitRecord commit) {
        BranchState branch = known(commit.branchId());
        Chain chain = branch.pendingChain;
        chain.append(commit.lastLsn(), commit.timeMicros());
        if (BranchGraph.changesSchema(commit)) {
            chain.addSchemaChange(commit.lastLsn());
        }
        if (commit.mergeParentLsn() != 0) {
            addMerge(chain, commit);
        }
        moveTo(branch, new Head(StateRef.at(materializer, chain, commit.lastLsn()), chain, branch.pendingEpoch));
        branch.entriesToReplay += commit.entries().size();
    }

    /** A source that was deleted while it was merged may be unknown here; then the merge adds no ancestors. */
    private void addMerge(Chain target, CommitRecord commit) {
        chains.stream()
                .filter(chain -> chain.holds(commit.mergeParentLsn()))
                .findFirst()
                .ifPresent(source -> target.lineage()
                        .addMerge(commit.lastLsn(), new Link(source.lineage(), commit.mergeParentLsn())));
    }

    private static void moveTo(BranchState branch, Head head) {
        branch.pendingState = head.state();
        branch.pendingChain = head.chain();
        branch.pendingEpoch = head.epoch();
        branch.head = head;
    }

    private void apply(BranchCreated created) {
        BranchState parent = byId.get(created.parentId());
        Chain below = chainOf(created.baseLsn(), parent);
        StateRef base = parent != null && parent.head.lsn() == created.baseLsn()
                ? parent.head.state()
                : StateRef.at(materializer, below, created.baseLsn());
        BranchState branch = new BranchState(
                created.branchId(), created.name(), created.parentId(), created.privateSequences(), base, below);
        branch.entriesToReplay = parent == null ? created.baseLsn() : parent.entriesToReplay;
        chains.add(branch.pendingChain);
        publish(branch);
    }

    /** Returns the chain whose own commit an LSN is, null for the empty state. */
    private @Nullable Chain chainOf(long lsn, @Nullable BranchState likely) {
        if (lsn == 0) {
            return null;
        }
        Chain near = likely == null ? null : likely.pendingChain.floor(lsn).chain();
        if (near != null && near.holds(lsn)) {
            return near;
        }
        return chains.stream()
                .filter(chain -> chain.holds(lsn))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the log speaks of lsn " + lsn + ", where no commit ends"));
    }

    private void apply(BranchRenamed renamed) {
        BranchState branch = known(renamed.branchId());
        byName.remove(branch.name);
        branch.name = renamed.name();
        byName.put(branch.name, branch);
    }

    private void apply(BranchDeleted deleted) {
        BranchState branch = known(deleted.branchId());
        byName.remove(branch.name);
        byId.remove(branch.id);
        sequences.forget(branch.id);
    }

    private void apply(BranchReset reset) {
        BranchState branch = known(reset.branchId());
        Chain dropped = branch.pendingChain;
        Chain chain = new Chain(reset.firstLsn(), dropped, reset.toLsn());
        chains.add(chain);
        BranchGraph.noteDiscarded(branch, reset, dropped);
        moveTo(branch, new Head(StateRef.at(materializer, chain, reset.toLsn()), chain, branch.pendingEpoch + 1));
    }

    private BranchState known(long branchId) {
        BranchState branch = byId.get(branchId);
        if (branch == null) {
            throw new AssertionError("the log speaks of branch " + branchId + ", which it never created");
        }
        return branch;
    }
}
