package dev.argondb.engine;

import dev.argondb.Branch;
import dev.argondb.BranchOptions;
import dev.argondb.Commit;
import dev.argondb.Lsn;
import dev.argondb.Operation;
import dev.argondb.Ref;
import dev.argondb.Tag;
import dev.argondb.WalEntry;
import dev.argondb.engine.branch.BranchGraph;
import dev.argondb.engine.log.Log;
import dev.argondb.engine.log.LogEntry;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.schema.ColumnSpec;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.SchemaCodec;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.DocumentFormat;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One open database: its branches over one log, and units of work on them.
 *
 * <p>Thread-safe. Shared by all handles and connections of a process; see {@link dev.argondb.Argon} for the meaning and errors
 * of what both offer.
 */
public final class ArgonDatabase implements AutoCloseable {

    /** Sequences that the engine itself uses; those of users have the ids of their schema objects. */
    private static final int OBJECT_IDS = 1;

    private static final int ROW_IDS = 2;

    private final Log log;
    private final BranchGraph graph;

    private ArgonDatabase(Log log, BranchGraph graph) {
        this.log = log;
        this.graph = graph;
    }

    /**
     * Opens the database of a log, and owns the log from then on.
     *
     * @throws dev.argondb.CorruptDataException if the log is damaged
     */
    public static ArgonDatabase open(Log log, DocumentFormat formats, Environment environment) {
        return new ArgonDatabase(log, new BranchGraph(log, formats, environment));
    }

    /** Begins a unit of work: read-write on a branch's head, read-only on any other ref. */
    public UnitOfWork begin(Ref ref, Isolation isolation) {
        return graph.begin(ref, isolation, false);
    }

    /** Begins a unit of work that may not write. */
    public UnitOfWork beginReadOnly(Ref ref) {
        return graph.begin(ref, Isolation.SNAPSHOT, true);
    }

    /** Returns the state that a ref stands for. */
    public DatabaseState state(Ref ref) {
        return graph.state(ref);
    }

    /** Returns the schema that a ref's state has, which need not be at hand for it. */
    public Schema schema(Ref ref) {
        return state(ref).schema();
    }

    /** Returns the sequences of the database. */
    public Sequences sequences() {
        return graph.sequences();
    }

    /** Returns the steps that the sequences of a branch give next, by sequence. */
    public Map<Integer, Long> sequenceValues(long branchId) {
        return graph.sequenceValues(branchId);
    }

    /** Returns an id for a schema object, never given out before. */
    public int nextObjectId() {
        return Math.toIntExact(Schema.FIRST_OBJECT_ID + sequences().next(0, OBJECT_IDS));
    }

    /** Returns an id for a row without an integer primary key, never given out before. */
    public long nextRowId() {
        return 1 + sequences().next(0, ROW_IDS);
    }

    public List<Branch> branches() {
        return graph.branches();
    }

    public Branch branch(String name) {
        return graph.branch(name);
    }

    public Optional<Branch> findBranch(String name) {
        return graph.findBranch(name);
    }

    public Optional<Branch> findBranch(long id) {
        return graph.findBranch(id);
    }

    public Branch createBranch(String name, Ref from, BranchOptions options) {
        return graph.createBranch(name, from, options);
    }

    public Branch renameBranch(String name, String newName) {
        return graph.renameBranch(name, newName);
    }

    public void deleteBranch(String name) {
        graph.deleteBranch(name);
    }

    public Branch resetBranch(String name, Lsn to) {
        return graph.resetBranch(name, to);
    }

    /** Keeps the state of a branch's head at hand, so that {@link #resetBranch} to it is immediate. Returns its LSN. */
    public Optional<Lsn> mark(String branch) {
        return graph.mark(branch);
    }

    public Tag createTag(String name, Ref at) {
        return graph.createTag(name, at);
    }

    public void deleteTag(String name) {
        graph.deleteTag(name);
    }

    public List<Tag> tags() {
        return graph.tags();
    }

    public List<Commit> commits(Ref ref, int limit) {
        return graph.commits(ref, limit);
    }

    /** Returns the LSN of the commit that a ref stands for; empty for the empty state. */
    public Optional<Lsn> resolve(Ref ref) {
        long lsn = graph.resolve(ref);
        return lsn == 0 ? Optional.empty() : Optional.of(new Lsn(lsn));
    }

    /** Returns the highest LSN that is durable and visible, 0 for none. */
    public long lastLsn() {
        return graph.lastLsn();
    }

    /** Returns the entries of the commit that a ref stands for, in LSN order. */
    public List<WalEntry> entries(Ref ref) {
        CommitRecord commit = graph.commitRecord(ref);
        if (commit == null) {
            return List.of();
        }
        DatabaseState[] around = graph.around(ref);
        List<WalEntry> entries = new ArrayList<>();
        for (int i = 0; i < commit.entries().size(); i++) {
            LogEntry entry = commit.entries().get(i);
            CollectionState collection = around[1].collection(entry.collectionId());
            if (collection == null) {
                collection = around[0].collection(entry.collectionId());
            }
            if (collection != null) {
                entries.add(entry(commit, commit.firstLsn() + i, entry, collection));
            }
        }
        return entries;
    }

    private static WalEntry entry(CommitRecord commit, long lsn, LogEntry entry, CollectionState collection) {
        return new WalEntry(
                new Lsn(lsn),
                Environment.instantOf(commit.timeMicros()),
                commit.branchId(),
                entry.operation(),
                collection.schema().name(),
                collection.format().documentId(entry.key()),
                entry.previousLsn() == 0 ? Optional.empty() : Optional.of(new Lsn(entry.previousLsn())),
                entry.after() == null ? Map.of() : collection.format().values(entry.after()),
                before(entry, collection),
                Optional.ofNullable(entry.entityName()));
    }

    private static Map<String, Object> before(LogEntry entry, CollectionState collection) {
        if (entry.before() == null) {
            return Map.of();
        }
        Map<String, Object> values = collection.format().values(entry.before());
        byte[] encoded = entry.encodedBefore();
        if (entry.operation() != Operation.UPDATE || encoded == null) {
            return values;
        }
        Set<String> changed = SchemaCodec.document(encoded).keySet();
        Map<String, Object> before = new LinkedHashMap<>(values);
        for (ColumnSpec column : collection.schema().columns()) {
            if (!changed.contains(column.field())) {
                before.remove(column.name());
            }
        }
        return before;
    }

    /**
     * Makes everything durable and closes the log. Idempotent.
     *
     * @throws dev.argondb.UnavailableException if not everything could be made durable; the log is closed all the same
     */
    @Override
    public void close() {
        try (log) {
            graph.close();
        }
    }
}
