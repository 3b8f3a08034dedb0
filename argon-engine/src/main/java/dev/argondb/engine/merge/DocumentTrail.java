package dev.argondb.engine.merge;

import dev.argondb.Commit;
import dev.argondb.DocumentChange;
import dev.argondb.DocumentHistory;
import dev.argondb.Lsn;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.branch.BranchGraph;
import dev.argondb.engine.branch.CommitPoint;
import dev.argondb.engine.log.LogEntry;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.Record;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Follows one document back through the log: each entry names the one that wrote the document before it (docs/decisions/012).
 *
 * <p>Confined to one thread.
 */
final class DocumentTrail {

    private final BranchGraph graph;
    private final CommitPoint end;
    private final CollectionState collection;
    private final byte[] key;
    private final int limit;
    private final List<DocumentChange> changes = new ArrayList<>();

    DocumentTrail(BranchGraph graph, CommitPoint end, CollectionState collection, byte[] key, int limit) {
        this.graph = graph;
        this.end = end;
        this.collection = collection;
        this.key = key;
        this.limit = limit;
    }

    /** Returns the changes, newest first. */
    DocumentHistory follow() {
        Record record = collection.find(key);
        long lsn = record == null ? deletion() : record.lsn();
        long oldest = Math.max(graph.firstLsn(), graph.reclaimed(end));
        while (lsn != 0 && lsn >= oldest && changes.size() < limit) {
            lsn = add(lsn);
        }
        boolean isReclaimed = lsn != 0 && lsn < oldest;
        boolean isGone = lsn == 0 && record == null && changes.isEmpty() && oldest > 1;
        return new DocumentHistory(
                changes,
                isReclaimed || isGone ? Optional.of(new Lsn(oldest)) : Optional.empty(),
                lsn != 0 && !isReclaimed);
    }

    /** Adds the change that an LSN is of; returns the LSN of the one before it, 0 for none. */
    private long add(long lsn) {
        CommitRecord commit = graph.commitThatHolds(lsn);
        LogEntry entry = commit.entries().get((int) (lsn - commit.firstLsn()));
        if (!isOfDocument(entry)) {
            throw new AssertionError("lsn " + lsn + " did not write the document that says so");
        }
        Commit seen = BranchGraph.toCommit(commit);
        changes.add(new DocumentChange(seen, ArgonDatabase.entry(commit, lsn, entry, collection)));
        return entry.previousLsn();
    }

    private boolean isOfDocument(LogEntry entry) {
        return entry.collectionId() == collection.schema().id() && Arrays.equals(entry.key(), key);
    }

    /** Returns the LSN of the newest deletion on the chain, 0 for none: nothing leads to it but the commits themselves. */
    private long deletion() {
        long head = end.lsn().map(Lsn::value).orElse(0L);
        long[] commits = graph.commitsBetween(end, graph.firstLsn() - 1, head);
        for (int i = commits.length - 1; i >= 0; i--) {
            CommitRecord commit = graph.commitThatHolds(commits[i]);
            for (int j = 0; j < commit.entries().size(); j++) {
                if (isOfDocument(commit.entries().get(j))) {
                    return commit.firstLsn() + j;
                }
            }
        }
        return 0;
    }
}
