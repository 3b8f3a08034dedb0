package dev.argondb.engine.branch;

import dev.argondb.engine.branch.BranchState.Discarded;
import dev.argondb.engine.branch.SequenceTable.Reserved;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.tree.BTree;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a log up to an LSN fold into: branches, tags, chains and sequences. Who has it need not read them.
 *
 * <p>Immutable.
 *
 * @param lsn the last LSN folded
 * @param timeMicros the time of the last record folded
 * @param watermark the lowest LSN whose state can be read, 0 while all history is there
 */
record Checkpoint(
        long lsn,
        long timeMicros,
        long watermark,
        List<ChainImage> chains,
        List<BranchImage> branches,
        List<TagImage> tags,
        List<Reserved> sequences) {

    /** As many commits of a chain stand in the checkpoint itself; more have a tree of pages. */
    static final int FEW = 64;

    /**
     * A chain; it comes after the one it stands on.
     *
     * @param belowId the chain it stands on, 0 for none
     * @param reclaimed the oldest commit that retention left, 0 while everything is there
     * @param few its commits and their times, where there are few; else
     * @param commits the root page of the tree of its commits, null where there are few
     * @param size the number of its commits
     * @param snapshots the pages of its snapshots by LSN
     * @param schemaChanges its commits that changed the schema
     * @param lineage all its ancestors
     */
    record ChainImage(
            long id,
            long belowId,
            long belowLsn,
            long reclaimed,
            BTree<Long> few,
            @Nullable PageId commits,
            long size,
            NavigableMap<Long, PageId> snapshots,
            NavigableSet<Long> schemaChanges,
            Lineage lineage) {}

    /** A live branch. */
    record BranchImage(
            long id,
            String name,
            long parentId,
            long baseLsn,
            boolean privateSequences,
            long chainId,
            long headLsn,
            long epoch,
            List<Discarded> discarded) {}

    /** A tag, and the chain it stands on. */
    record TagImage(String name, long lsn, long timeMicros, long chainId) {}
}
