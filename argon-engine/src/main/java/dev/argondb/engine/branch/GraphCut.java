package dev.argondb.engine.branch;

import dev.argondb.engine.branch.BranchGraph.TagState;
import dev.argondb.engine.branch.BranchState.Discarded;
import dev.argondb.engine.branch.BranchState.Head;
import dev.argondb.engine.branch.Checkpoint.BranchImage;
import dev.argondb.engine.branch.Checkpoint.ChainImage;
import dev.argondb.engine.branch.Checkpoint.TagImage;
import dev.argondb.engine.branch.SequenceTable.Reserved;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The graph as of one LSN.
 *
 * <p>Immutable, but for what its branches and chains become meanwhile.
 *
 * @param lsn the last LSN that is durable and visible
 * @param branches the live branches
 * @param reserved at least what had been reserved of sequences by then
 */
record GraphCut(long lsn, long timeMicros, List<CutBranch> branches, List<TagState> tags, List<Reserved> reserved) {

    /**
     * A branch as of that LSN.
     *
     * @param entriesToReplay what replay takes to its head from the nearest snapshot
     */
    record CutBranch(BranchState branch, String name, Head head, List<Discarded> discarded, long entriesToReplay) {

        /** Returns a branch as it is now; under the pipeline's lock. */
        static CutBranch of(BranchState branch) {
            return new CutBranch(branch, branch.name, branch.head, branch.discarded, branch.entriesToReplay);
        }

        private BranchImage image() {
            return new BranchImage(
                    branch.id,
                    name,
                    branch.parentId,
                    branch.baseLsn,
                    branch.privateSequences,
                    head.chain().id(),
                    head.lsn(),
                    head.epoch(),
                    discarded);
        }
    }

    /** Returns all chains that branches and tags stand on, each after the one it stands on. */
    Collection<Chain> chains() {
        Map<Long, Chain> chains = new LinkedHashMap<>();
        branches.forEach(branch -> addWithBelow(branch.head().chain(), chains));
        tags.forEach(tag -> addWithBelow(tag.chain(), chains));
        return chains.values();
    }

    private static void addWithBelow(Chain chain, Map<Long, Chain> chains) {
        Deque<Chain> missing = new ArrayDeque<>();
        for (Chain next = chain; next != null && !chains.containsKey(next.id()); next = next.below()) {
            missing.push(next);
        }
        missing.forEach(next -> chains.put(next.id(), next));
    }

    Checkpoint checkpoint(List<ChainImage> chains, long watermark) {
        return new Checkpoint(
                lsn,
                timeMicros,
                watermark,
                chains,
                branches.stream().map(CutBranch::image).toList(),
                tags.stream().map(GraphCut::image).toList(),
                reserved);
    }

    private static TagImage image(TagState tag) {
        return new TagImage(
                tag.tag().name(),
                tag.tag().lsn().value(),
                ChronoUnit.MICROS.between(Instant.EPOCH, tag.tag().time()),
                tag.chain().id());
    }
}
