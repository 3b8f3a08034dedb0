package dev.argondb.engine.work;

import dev.argondb.ClosedException;
import dev.argondb.Commit;
import dev.argondb.ConflictException;
import dev.argondb.EntityEvent;
import dev.argondb.Operation;
import dev.argondb.ReadOnlyException;
import dev.argondb.Ref;
import dev.argondb.engine.log.Document;
import dev.argondb.engine.log.LogEntry;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.state.Changes;
import dev.argondb.engine.state.Changes.Change;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.CollectionView;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.DocumentFormat;
import dev.argondb.engine.state.DocumentKeys;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.state.WorkingState;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.Keys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transaction: pinned to a branch head, with its own writes on top; or pinned to a past commit, and read-only.
 *
 * <p>Begin is a pointer copy. Reads see own writes. {@link #savepoint} is a position in the undo list, so taking one for every
 * statement costs nothing. A commit whose branch moved on is carried over (see {@link Rebase}); the first committer wins.
 *
 * <p>Confined to one thread at a time.
 */
public final class UnitOfWork {

    /** A point to roll back to. Valid until an earlier one is rolled back to. */
    public record Savepoint(int mark, int events) {}

    private record Lock(int collectionId, byte[] key) {}

    /**
     * Where a unit of work stands.
     *
     * @param ref how its branch or moment was named
     * @param branchId the branch; of a past moment, the branch it was named by, 0 for a tag
     * @param branchName the branch's name at the beginning
     * @param epoch the branch's epoch at the beginning
     * @param readOnly whether it may not write
     */
    public record Position(Ref ref, long branchId, String branchName, long epoch, boolean readOnly) {}

    private final Position position;
    private final @Nullable DatabaseState base;
    private final @Nullable PastReads past;
    private final DocumentFormat formats;
    private final Committer committer;
    private final @Nullable ReadSet reads;
    private final List<Lock> locks = new ArrayList<>(0);
    private final List<EntityEvent> events = new ArrayList<>(0);
    private final Map<String, Map<ByteBuffer, String>> entityNames = new HashMap<>(0);
    private final Runnable onEnd;
    private @Nullable WorkingState working;
    private boolean exact;
    private long mergeParentLsn;
    private long mergeSourceId;
    private boolean ended;

    /**
     * Begins on a state.
     *
     * @param onEnd runs once, when it was committed or rolled back
     */
    public UnitOfWork(
            Position position,
            DatabaseState base,
            Isolation isolation,
            DocumentFormat formats,
            Committer committer,
            Runnable onEnd) {
        this(position, base, null, isolation, formats, committer, onEnd);
    }

    /**
     * Begins on a past moment; read-only.
     *
     * @param onEnd runs once, when it was committed or rolled back
     */
    public UnitOfWork(Position position, PastReads past, DocumentFormat formats, Committer committer, Runnable onEnd) {
        this(position, null, past, Isolation.SNAPSHOT, formats, committer, onEnd);
    }

    private UnitOfWork(
            Position position,
            @Nullable DatabaseState base,
            @Nullable PastReads past,
            Isolation isolation,
            DocumentFormat formats,
            Committer committer,
            Runnable onEnd) {
        this.past = past;
        this.onEnd = onEnd;
        this.position = position;
        this.base = base;
        this.formats = formats;
        this.committer = committer;
        this.reads = isolation == Isolation.SERIALIZABLE && !position.readOnly() ? new ReadSet() : null;
    }

    /** Returns the state it began on. */
    public DatabaseState base() {
        return base != null ? base : requirePast().state();
    }

    private PastReads requirePast() {
        if (past == null) {
            throw new AssertionError("neither a state nor a past moment under `" + position.ref() + "`");
        }
        return past;
    }

    /** Returns the LSN of the commit it began on, 0 for the empty state; the state itself need not be at hand for it. */
    public long baseLsn() {
        return base != null ? base.lsn() : requirePast().lsn();
    }

    /** Returns the schema, own changes included. */
    public Schema schema() {
        if (working != null) {
            return working.schema();
        }
        return base != null ? base.schema() : requirePast().schema();
    }

    /** Returns whether it may not write. */
    public boolean isReadOnly() {
        return position.readOnly();
    }

    /** Returns whether reads must be recorded. */
    public boolean isSerializable() {
        return reads != null;
    }

    /** Returns the branch it writes to, or was named by. */
    public long branchId() {
        return position.branchId();
    }

    /** Returns the name its branch had at the beginning. */
    public String branchName() {
        return position.branchName();
    }

    /** Returns how its branch or moment was named. */
    public Ref ref() {
        return position.ref();
    }

    /** Returns the epoch its branch had at the beginning. */
    public long epoch() {
        return position.epoch();
    }

    List<EntityEvent> events() {
        return List.copyOf(events);
    }

    /**
     * Returns a collection, own writes included; it must be in {@link #schema}.
     *
     * @throws ClosedException after the end
     */
    public CollectionView view(int collectionId) {
        if (working != null) {
            return working.view(collectionId);
        }
        requireOpen();
        CollectionView collection =
                base != null ? base.collection(collectionId) : requirePast().collection(collectionId);
        if (collection == null) {
            throw new AssertionError("no collection of id " + collectionId + " at lsn " + baseLsn());
        }
        return collection;
    }

    /**
     * Adds a document.
     *
     * @throws ReadOnlyException on a past moment
     * @throws dev.argondb.ConstraintException if its key or a unique index's is taken; nothing is changed
     */
    public void insert(int collectionId, byte[] key, Document document) {
        writable().insert(collectionId, key, 0, document);
    }

    /** Adds a document to a collection keyed by integers; see {@link #insert(int, byte[], Document)}. */
    public void insert(int collectionId, long key, Document document) {
        writable().insert(collectionId, null, key, document);
    }

    /**
     * Exchanges a document. Returns false where there is none.
     *
     * @throws ReadOnlyException on a past moment
     * @throws dev.argondb.ConstraintException if a unique index has its new value; nothing is changed
     */
    public boolean update(int collectionId, byte[] key, Document document) {
        return writable().update(collectionId, key, 0, document);
    }

    /** Exchanges a document of a collection keyed by integers; see {@link #update(int, byte[], Document)}. */
    public boolean update(int collectionId, long key, Document document) {
        return writable().update(collectionId, null, key, document);
    }

    /**
     * Removes a document. Returns false where there is none.
     *
     * @throws ReadOnlyException on a past moment
     */
    public boolean delete(int collectionId, byte[] key) {
        return writable().delete(collectionId, key, 0);
    }

    /** Removes a document of a collection keyed by integers; see {@link #delete(int, byte[])}. */
    public boolean delete(int collectionId, long key) {
        return writable().delete(collectionId, null, key);
    }

    /** Makes a document part of what is checked: the commit fails if another one changed it since the beginning. */
    public void lock(int collectionId, byte[] key) {
        writable();
        locks.add(new Lock(collectionId, key));
    }

    /** Makes a document of a collection keyed by integers part of what is checked; see {@link #lock(int, byte[])}. */
    public void lock(int collectionId, long key) {
        lock(collectionId, DocumentKeys.ofLong(key));
    }

    /**
     * Makes a range part of what is checked, if this is a serializable unit of work.
     *
     * @param indexPosition the index, -1 for the documents themselves
     */
    public void recordRead(int collectionId, int indexPosition, KeyRange range) {
        if (reads != null) {
            reads.add(collectionId, indexPosition, range);
        }
    }

    /** Creates or redefines one collection; see {@link WorkingState#define}. */
    public void define(CollectionSchema schema) {
        writable().define(schema);
    }

    /** Drops one collection. */
    public void undefine(int collectionId) {
        writable().undefine(collectionId);
    }

    /** Puts everything under another schema; see {@link WorkingState#changeSchema}. */
    public void changeSchema(Schema schema) {
        writable().changeSchema(schema);
    }

    /** Returns the present point, to roll back to. */
    public Savepoint savepoint() {
        return new Savepoint(working == null ? 0 : working.mark(), events.size());
    }

    /** Takes back everything after a savepoint. */
    public void rollbackTo(Savepoint savepoint) {
        if (working != null) {
            working.undoTo(savepoint.mark());
        }
        if (savepoint.events() < events.size()) {
            events.subList(savepoint.events(), events.size()).clear();
        }
    }

    /**
     * Says what happened in JPA's terms.
     *
     * @param collection the collection of the entity's row, and
     * @param key its key there, to name the log entry; or null if unknown
     */
    public void event(EntityEvent event, String collection, byte @Nullable [] key) {
        events.add(event);
        if (key != null) {
            name(collection, key, event.entityName());
        }
    }

    /** Names the log entry of a document by the entity that it is a part of. */
    public void name(String collection, byte[] key, String entityName) {
        entityNames.computeIfAbsent(collection, name -> new HashMap<>()).put(ByteBuffer.wrap(key), entityName);
    }

    /** Returns whether anything was written. */
    public boolean hasChanges() {
        return working != null && working.isEdited();
    }

    private WorkingState writable() {
        WorkingState state = working;
        return state != null ? state : beginWriting();
    }

    private WorkingState beginWriting() {
        requireOpen();
        if (position.readOnly()) {
            throw new ReadOnlyException("`" + position.ref() + "` is a past moment and read-only; create a branch there"
                    + " (`createBranch(\"name\", \"" + position.ref() + "\")`) and write on it");
        }
        WorkingState state = new WorkingState(base(), formats);
        working = state;
        return state;
    }

    private void requireOpen() {
        if (ended) {
            throw new ClosedException("the unit of work on `" + position.ref() + "` has ended; begin another");
        }
    }

    /**
     * Commits. The unit of work ends, whatever comes of it. Returns empty where nothing was changed.
     *
     * @throws dev.argondb.ConflictException if another commit changed what this one wrote, locked or (serializable) read
     * @throws dev.argondb.ConstraintException if a unique or foreign key would be violated on the head as it is now
     * @throws dev.argondb.UnavailableException if the log cannot take it
     */
    public Optional<Commit> commit(String author, String message) {
        requireOpen();
        ended = true;
        try {
            return tryCommit(author, message);
        } finally {
            onEnd.run();
        }
    }

    /**
     * Commits what a plan says: only on the very head that it began on.
     *
     * @param mergeParent the commit that becomes the second parent, 0 for none
     * @param mergeSource the branch that is likely to lead to it, 0 for none
     * @throws ConflictException if the branch has moved
     */
    public Optional<Commit> commitExactly(String author, String message, long mergeParent, long mergeSource) {
        exact = true;
        mergeParentLsn = mergeParent;
        mergeSourceId = mergeSource;
        return commit(author, message);
    }

    boolean isExact() {
        return exact;
    }

    long mergeParentLsn() {
        return mergeParentLsn;
    }

    long mergeSourceId() {
        return mergeSourceId;
    }

    /** The branch is no longer where a plan for it was made. */
    ConflictException moved(long headLsn) {
        return stale(branchName(), baseLsn(), headLsn);
    }

    /** The error of a plan for a branch that is elsewhere by now. */
    public static ConflictException stale(String branch, long planLsn, long headLsn) {
        return new ConflictException("the plan was made for `" + branch + "` at lsn " + planLsn + ", which is at lsn "
                + headLsn + " by now; plan again");
    }

    /** Sets what a key holds, indexes kept right, without checks; null for nothing. For who has checked the whole. */
    public void put(int collectionId, byte[] key, @Nullable Document document) {
        boolean isLong = DocumentKeys.isLong(key);
        writable().put(collectionId, isLong ? null : key, isLong ? Keys.toLong(key) : 0, document);
    }

    private Optional<Commit> tryCommit(String author, String message) {
        WorkingState state = working;
        working = null;
        if (state == null || !state.isEdited()) {
            checkLocksOnly();
            return Optional.empty();
        }
        DatabaseState edited = state.freeze();
        List<Changes> changes = Changes.between(base(), edited);
        if (changes.isEmpty()) {
            checkLocksOnly();
            return Optional.empty();
        }
        List<LogEntry> entries = entries(edited, changes);
        return Optional.of(committer.commit(new CommitRequest(this, edited, changes, entries, author, message)));
    }

    private List<LogEntry> entries(DatabaseState edited, List<Changes> changes) {
        List<LogEntry> entries = new ArrayList<>();
        for (Changes collection : changes) {
            Map<ByteBuffer, String> names = namesIn(edited, collection.collectionId());
            for (Change change : collection.changes()) {
                String name = names.isEmpty() ? null : names.get(ByteBuffer.wrap(change.key()));
                entries.add(entry(collection.collectionId(), change, name));
            }
        }
        return entries;
    }

    private Map<ByteBuffer, String> namesIn(DatabaseState edited, int collectionId) {
        if (entityNames.isEmpty()) {
            return Map.of();
        }
        CollectionState collection = edited.collection(collectionId);
        return collection == null
                ? Map.of()
                : entityNames.getOrDefault(collection.schema().name(), Map.of());
    }

    private static LogEntry entry(int collectionId, Change change, @Nullable String entityName) {
        Record before = change.before();
        Record after = change.after();
        Operation operation = before == null ? Operation.INSERT : after == null ? Operation.DELETE : Operation.UPDATE;
        return new LogEntry(
                operation,
                collectionId,
                change.key(),
                before == null ? 0 : before.lsn(),
                after == null ? null : after.document(),
                before == null ? null : before.document(),
                entityName);
    }

    private void checkLocksOnly() {
        if (!locks.isEmpty() && !isReadOnly()) {
            DatabaseState head = committer.head(position.branchId());
            locks.forEach(lock -> checkLock(lock, head));
        }
    }

    void checkLocksAndReads(DatabaseState head) {
        for (Lock lock : locks) {
            checkLock(lock, head);
        }
        if (reads != null) {
            reads.check(base(), head);
        }
    }

    private void checkLock(Lock lock, DatabaseState head) {
        CollectionState before = base().collection(lock.collectionId());
        CollectionState now = head.collection(lock.collectionId());
        if (before == null || before == now) {
            return;
        }
        Record seen = before.find(lock.key());
        Record present = now == null ? null : now.find(lock.key());
        if (seen != null && (present == null || present.lastTouched() != seen.lastTouched())) {
            throw Rebase.conflict(position.branchName(), before, lock.key(), present, base(), head);
        }
    }

    DatabaseState withLocks(DatabaseState after, long commitLsn, DocumentFormat documents) {
        if (locks.isEmpty()) {
            return after;
        }
        WorkingState marked = new WorkingState(after, documents);
        locks.forEach(lock -> marked.markLocked(lock.collectionId(), lock.key(), commitLsn));
        return marked.freeze();
    }

    /** Ends the unit of work without a trace. Idempotent. */
    public void rollback() {
        working = null;
        if (!ended) {
            ended = true;
            onEnd.run();
        }
    }

    /** Returns whether it was committed or rolled back. */
    public boolean hasEnded() {
        return ended;
    }
}
