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
import dev.argondb.engine.branch.Storage;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.log.Log;
import dev.argondb.engine.log.LogEntry;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.merge.Merging;
import dev.argondb.engine.schema.ColumnSpec;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.SchemaCodec;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.DocumentFormat;
import dev.argondb.engine.volume.Volume;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable Storage storage;
    private final BranchGraph graph;
    private final Merging merging;

    private ArgonDatabase(Log log, @Nullable Storage storage, BranchGraph graph) {
        this.log = log;
        this.storage = storage;
        this.graph = graph;
        this.merging = new Merging(graph);
    }

    /**
     * Opens the database of a log, and owns the log from then on.
     *
     * @throws dev.argondb.CorruptDataException if the log is damaged
     */
    public static ArgonDatabase open(Log log, DocumentFormat formats, Environment environment) {
        return new ArgonDatabase(log, null, new BranchGraph(log, formats, environment));
    }

    /**
     * Opens the database in the files of a volume, making it if there is none. Reads the newest checkpoint and the log behind
     * it; states follow when they are asked for.
     *
     * @throws dev.argondb.CorruptDataException if its files are damaged
     * @throws dev.argondb.UnavailableException if another database has the volume open, or the volume fails
     */
    public static ArgonDatabase open(
            Volume volume,
            FileLogSettings logSettings,
            StorageSettings settings,
            DocumentFormat formats,
            Environment environment) {
        Storage storage = Storage.open(volume, logSettings, settings, formats, environment);
        try {
            Log log = storage.log();
            return new ArgonDatabase(log, storage, new BranchGraph(log, formats, environment, storage));
        } catch (RuntimeException | Error e) {
            try {
                storage.close();
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
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
        if (!ref.isPast()) {
            return state(ref).schema();
        }
        UnitOfWork unit = beginReadOnly(ref);
        try {
            return unit.schema();
        } finally {
            unit.rollback();
        }
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

    /** Returns what compares states and merges branches. */
    public Merging merging() {
        return merging;
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
        DatabaseState after = graph.state(ref);
        DatabaseState before = null;
        List<WalEntry> entries = new ArrayList<>();
        for (int i = 0; i < commit.entries().size(); i++) {
            LogEntry entry = commit.entries().get(i);
            CollectionState collection = after.collection(entry.collectionId());
            if (collection == null) {
                before = before == null ? graph.before(ref) : before;
                collection = before.collection(entry.collectionId());
            }
            if (collection != null) {
                entries.add(entry(commit, commit.firstLsn() + i, entry, collection));
            }
        }
        return entries;
    }

    /** Returns what users see of an entry of a commit, by the columns that its collection has in some state. */
    public static WalEntry entry(CommitRecord commit, long lsn, LogEntry entry, CollectionState collection) {
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
     * Takes a snapshot of every branch that has none at its head, and a checkpoint: opening reads no log before it.
     *
     * @throws dev.argondb.UnavailableException if the storage fails; nothing is lost
     * @throws dev.argondb.UnsupportedException if the database is in memory
     */
    public void snapshot() {
        graph.snapshot();
    }

    /** Returns whether the database is in files: if not, it has no snapshots and keeps all history. */
    public boolean hasStorage() {
        return storage != null;
    }

    /**
     * Returns what the storage holds and did.
     *
     * @throws dev.argondb.UnsupportedException if the database is in memory
     */
    public StorageStatus storage() {
        return graph.storageStatus();
    }

    /**
     * Gives back the space of history that the settings do not ask to keep, and that no branch, tag or pin needs. Runs beside
     * everything else. Pages that a unit of work begun earlier may still read go with a later call.
     *
     * @throws dev.argondb.UnavailableException if the storage fails; nothing that is needed is lost
     * @throws dev.argondb.UnsupportedException if the database is in memory
     */
    public void retain() {
        graph.retain();
    }

    /**
     * Rewrites full segments of the log as compressed ones, and moves them to the cold tier if there is one. Runs beside
     * everything else.
     *
     * @throws dev.argondb.UnavailableException if the storage fails; nothing is lost
     * @throws dev.argondb.UnsupportedException if the database is in memory
     */
    public void pack() {
        graph.pack();
    }

    /**
     * Reads everything once, and returns what is wrong with it: log, pages, trees, indexes against documents, and what the
     * checkpoint leads to. Runs beside everything else; what was written after it began is looked at in part.
     *
     * @throws dev.argondb.UnsupportedException if the database is in memory
     */
    public List<Finding> verify() {
        return graph.verify();
    }

    /**
     * Keeps the state that a ref names, whatever retention says, until the pin is closed or the database is.
     *
     * @throws dev.argondb.UnknownRefException if the ref names nothing
     * @throws dev.argondb.UnsupportedException if the database is in memory
     */
    public Pin pin(Ref ref) {
        return graph.pin(ref);
    }

    /**
     * Makes everything durable and closes the log and the pages. Idempotent.
     *
     * @throws dev.argondb.UnavailableException if not everything could be made durable; all is closed all the same
     */
    @Override
    public void close() {
        try (log;
                storage) {
            graph.close();
        }
    }
}
