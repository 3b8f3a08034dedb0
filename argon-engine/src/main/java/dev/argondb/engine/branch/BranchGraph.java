package dev.argondb.engine.branch;

import dev.argondb.ArgonListener.Work;
import dev.argondb.Branch;
import dev.argondb.BranchOptions;
import dev.argondb.Commit;
import dev.argondb.ConflictException;
import dev.argondb.CorruptDataException;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.Tag;
import dev.argondb.UnknownRefException;
import dev.argondb.UnsupportedException;
import dev.argondb.engine.Environment;
import dev.argondb.engine.Finding;
import dev.argondb.engine.Pin;
import dev.argondb.engine.Sequences;
import dev.argondb.engine.StorageStatus;
import dev.argondb.engine.WorkListeners;
import dev.argondb.engine.branch.BranchState.Discarded;
import dev.argondb.engine.branch.BranchState.Head;
import dev.argondb.engine.branch.Chain.Position;
import dev.argondb.engine.branch.CommitPipeline.Step;
import dev.argondb.engine.branch.Generations.Generation;
import dev.argondb.engine.branch.GraphCut.CutBranch;
import dev.argondb.engine.branch.Lineage.Link;
import dev.argondb.engine.log.Log;
import dev.argondb.engine.log.LogEntry;
import dev.argondb.engine.log.LogRecord.BranchCreated;
import dev.argondb.engine.log.LogRecord.BranchDeleted;
import dev.argondb.engine.log.LogRecord.BranchRenamed;
import dev.argondb.engine.log.LogRecord.BranchReset;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.log.LogRecord.SequenceReserved;
import dev.argondb.engine.log.LogRecord.TagCreated;
import dev.argondb.engine.log.LogRecord.TagDeleted;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.DocumentFormat;
import dev.argondb.engine.state.StateStore;
import dev.argondb.engine.work.CommitRequest;
import dev.argondb.engine.work.Committer;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The branches, tags and commits of one database, over one log.
 *
 * <p>Thread-safe. Readers take a branch's head with one volatile read; whoever moves one goes through the
 * {@link CommitPipeline}.
 */
public final class BranchGraph {

    private final Log log;
    private final DocumentFormat formats;
    private final CommitPipeline pipeline;
    private final Materializer materializer;
    private final SequenceTable sequences;
    private final Map<Long, BranchState> byId;
    private final Map<String, BranchState> byName;
    private final Map<String, TagState> tags;
    private final Committer committer = new GraphCommitter();
    private final Generations generations = new Generations();
    private final Pins pins = new Pins();
    private final OpenUnits openUnits = new OpenUnits();

    private final Environment environment;
    /** Branches and tags as the next step of history will find them; guarded by the pipeline's lock. */
    private final PendingNames pending;

    private final @Nullable Snapshots snapshots;
    private final WorkListeners listeners = new WorkListeners();

    record TagState(Tag tag, Chain chain) {}

    /** Rebuilds the branches of a log; an empty log gets its first branch. */
    public BranchGraph(Log log, DocumentFormat formats, Environment environment) {
        this(log, formats, environment, null);
    }

    /**
     * Rebuilds the branches of a log; an empty log gets its first branch.
     *
     * @param storage what keeps snapshots, null where all is in memory
     */
    public BranchGraph(Log log, DocumentFormat formats, Environment environment, @Nullable Storage storage) {
        this.log = log;
        this.formats = formats;
        this.environment = environment;
        this.materializer = new Materializer(log, formats, storage == null ? null : storage.states(), listeners);
        this.sequences = new SequenceTable(this::reserve);
        GraphFold fold = new GraphFold(materializer, sequences);
        CheckpointFile file = storage == null ? null : storage.checkpointFile();
        Checkpoint checkpoint = null;
        if (file != null && storage != null) {
            requireReached(log, file);
            checkpoint = storage.readCheckpoint(file);
            fold.begin(checkpoint, storage);
        }
        fold.run(log);
        this.byId = fold.byId;
        this.byName = fold.byName;
        this.tags = fold.tags;
        this.pending = fold.pending;
        this.pipeline = new CommitPipeline(log, environment, fold.lastTimeMicros);
        this.snapshots =
                storage == null ? null : new Snapshots(this, storage, checkpoint, file == null ? null : file.page());
        if (log.lastLsn() == 0) {
            create(dev.argondb.Argon.MAIN, 0, null, StateRef.at(materializer, null, 0), BranchOptions.DEFAULT);
        }
    }

    private static void requireReached(Log log, CheckpointFile checkpoint) {
        if (log.lastLsn() < checkpoint.lsn()) {
            throw new CorruptDataException("the log ends at lsn " + log.lastLsn() + ", before the checkpoint at lsn "
                    + checkpoint.lsn() + "; restore the log from a copy");
        }
    }

    // ---- refs

    /** Returns the sequences of the database. */
    public Sequences sequences() {
        return sequences;
    }

    /** Returns the highest LSN that is durable and visible. */
    public long lastLsn() {
        return pipeline.durableLsn();
    }

    /** Returns the live branches by name. */
    public List<Branch> branches() {
        return byName.values().stream()
                .map(BranchState::toBranch)
                .sorted(Comparator.comparing(Branch::name))
                .toList();
    }

    /** Returns the live branch of a name. */
    public Optional<Branch> findBranch(String name) {
        return Optional.ofNullable(byName.get(name)).map(BranchState::toBranch);
    }

    /** Returns the live branch of an id. */
    public Optional<Branch> findBranch(long id) {
        return Optional.ofNullable(byId.get(id)).map(BranchState::toBranch);
    }

    /**
     * Returns the live branch of a name.
     *
     * @throws UnknownRefException if there is none
     */
    public Branch branch(String name) {
        return require(name).toBranch();
    }

    private BranchState require(String name) {
        BranchState branch = byName.get(name);
        if (branch == null) {
            throw new UnknownRefException("branch `" + name + "` does not exist" + Nearest.to(name, byName.keySet())
                    + "; list them with `Argon.branches()` or `SELECT * FROM argon.branches`");
        }
        return branch;
    }

    private TagState requireTag(String name) {
        TagState tag = tags.get(name);
        if (tag == null) {
            throw new UnknownRefException("tag `" + name + "` does not exist" + Nearest.to(name, tags.keySet())
                    + "; list them with `Argon.tags()` or `SELECT * FROM argon.tags`");
        }
        return tag;
    }

    /**
     * Returns the LSN of the commit that a ref stands for, 0 for the empty state.
     *
     * @throws UnknownRefException if it stands for nothing
     */
    public long resolve(Ref ref) {
        return position(ref).lsn();
    }

    private Position position(Ref ref) {
        if (ref instanceof Ref.Tag tag) {
            TagState state = requireTag(tag.name());
            return state.chain().floor(state.tag().lsn().value());
        }
        if (ref instanceof Ref.AtLsn at) {
            return position(require(at.branch()), at.lsn().value());
        }
        if (ref instanceof Ref.AtTime at) {
            return position(require(at.branch()), at.time());
        }
        Head head = require(((Ref.Head) ref).branch()).head;
        return head.chain().floor(head.lsn());
    }

    private Position position(BranchState branch, long lsn) {
        long last = lastLsn();
        if (lsn > last) {
            throw new UnknownRefException(
                    "lsn " + lsn + " of `" + branch.name + "` is beyond the end of the log at lsn " + last
                            + "; list commits with `Argon.commits(ref, limit)` or `SELECT * FROM argon.commits`");
        }
        for (Discarded discarded : branch.discarded) {
            if (lsn >= discarded.firstDropped() && lsn < discarded.resetLsn()) {
                throw new UnknownRefException(
                        "lsn " + lsn + " of `" + branch.name + "` was discarded by the reset at lsn "
                                + discarded.resetLsn() + ", which went back to lsn " + discarded.targetLsn()
                                + "; read at or below that, or after the reset");
            }
        }
        Chain chain = branch.head.chain();
        return requireKept(chain, chain.floor(lsn), "lsn " + lsn + " of `" + branch.name + "`");
    }

    private Position position(BranchState branch, Instant time) {
        Chain chain = branch.head.chain();
        Position position = chain.floorTime(ChronoUnit.MICROS.between(Instant.EPOCH, time));
        return requireKept(chain, position, "`" + branch.name + "@" + time + "`");
    }

    /** Where retention took away the beginning of a chain, nothing stands for what was before it. */
    private static Position requireKept(Chain chain, Position position, String asked) {
        long oldest = position.lsn() == 0 ? chain.reclaimed() : 0;
        if (oldest != 0) {
            throw reclaimed(asked, oldest);
        }
        return position;
    }

    static UnknownRefException reclaimed(String asked, long oldest) {
        return new UnknownRefException(asked + " cannot be read: history before lsn " + oldest
                + " was reclaimed by retention; read at that lsn or later, or keep more (`retention`)");
    }

    /** Returns the live branch that a ref names, null for a tag. */
    private @Nullable BranchState named(Ref ref) {
        if (ref instanceof Ref.AtLsn at) {
            return require(at.branch());
        }
        if (ref instanceof Ref.AtTime at) {
            return require(at.branch());
        }
        return ref instanceof Ref.Head head ? require(head.branch()) : null;
    }

    /**
     * Returns the state that a ref stands for.
     *
     * @throws UnknownRefException if it stands for nothing
     */
    public DatabaseState state(Ref ref) {
        return ref instanceof Ref.Head head
                ? require(head.branch()).head.state().get()
                : stateRef(ref, position(ref)).get();
    }

    /** Returns the state of a position: that of the head of the branch named if it is the same. */
    private StateRef stateRef(Ref ref, Position position) {
        BranchState branch = named(ref);
        StateRef head = branch == null ? null : branch.head.state();
        return head != null && head.lsn() == position.lsn()
                ? head
                : StateRef.at(materializer, position.chain(), position.lsn());
    }

    private DatabaseState state(Position position) {
        return materializer.state(position.chain(), position.lsn());
    }

    /**
     * Keeps the state of a branch's head at hand, so that coming back to it is immediate.
     *
     * @throws UnknownRefException if there is no such branch
     */
    public Optional<Lsn> mark(String branch) {
        StateRef head = require(branch).head.state();
        if (head.lsn() == 0) {
            return Optional.empty();
        }
        materializer.remember(head.get());
        return Optional.of(new Lsn(head.lsn()));
    }

    /**
     * Begins a unit of work on a ref: read-write on a branch's head, read-only on any other.
     *
     * @throws UnknownRefException if it stands for nothing
     */
    public UnitOfWork begin(Ref ref, Isolation isolation, boolean readOnly) {
        Generation generation = generations.enter();
        try {
            return ref instanceof Ref.Head named ? beginOnHead(named, isolation, readOnly) : beginInThePast(ref);
        } finally {
            generation.exit();
        }
    }

    private UnitOfWork beginOnHead(Ref.Head ref, Isolation isolation, boolean readOnly) {
        BranchState branch = require(ref.branch());
        branch.units.incrementAndGet();
        try {
            Head head = branch.head;
            DatabaseState state = head.state().get();
            OpenUnits.Unit unit = openUnits.onHead(state);
            return new UnitOfWork(
                    new UnitOfWork.Position(ref, branch.id, branch.name, head.epoch(), readOnly),
                    state,
                    isolation,
                    formats,
                    committer,
                    () -> {
                        branch.units.decrementAndGet();
                        openUnits.end(unit);
                    });
        } catch (RuntimeException | Error e) {
            branch.units.decrementAndGet();
            throw e;
        }
    }

    private UnitOfWork beginInThePast(Ref ref) {
        BranchState branch = named(ref);
        Position position = pins.pin(() -> position(ref));
        try {
            PastState past = pastState(ref, position);
            OpenUnits.Unit unit = openUnits.inThePast(past);
            return new UnitOfWork(
                    new UnitOfWork.Position(ref, branch == null ? 0 : branch.id, ref.toString(), 0, true),
                    past,
                    formats,
                    committer,
                    () -> {
                        pins.unpin(position.lsn());
                        openUnits.end(unit);
                    });
        } catch (RuntimeException | Error e) {
            pins.unpin(position.lsn());
            throw e;
        }
    }

    private PastState pastState(Ref ref, Position position) {
        BranchState branch = named(ref);
        StateRef moment = stateRef(ref, position);
        Head head = branch == null ? null : branch.head;
        StateStore states = snapshots == null ? null : snapshots.storage().states();
        // A reset may have come between: then the head is no later state of the same chain.
        return head != null && head.chain().floor(position.lsn()).lsn() == position.lsn()
                ? new PastState(moment, head.chain(), head.state(), materializer, states)
                : new PastState(moment, position.chain(), moment, materializer, states);
    }

    /**
     * Keeps the state that a ref names until the pin is closed.
     *
     * @throws UnknownRefException if it names nothing
     */
    public Pin pin(Ref ref) {
        requireStorage();
        long lsn = pins.pin(() -> position(ref)).lsn();
        AtomicBoolean closed = new AtomicBoolean();
        return new Pin() {
            @Override
            public Optional<Lsn> lsn() {
                return optional(lsn);
            }

            @Override
            public void close() {
                if (closed.compareAndSet(false, true)) {
                    pins.unpin(lsn);
                }
            }
        };
    }

    // ---- commits

    /** What units of work see of the graph. */
    private final class GraphCommitter implements Committer {

        @Override
        public Commit commit(CommitRequest request) {
            if (snapshots != null) {
                snapshots.awaitRoom();
            }
            Generation generation = generations.enter();
            try {
                return BranchGraph.this.commit(request);
            } finally {
                generation.exit();
            }
        }

        @Override
        public void checkOnHead(long branchId, Consumer<DatabaseState> check) {
            BranchState branch = byId.get(branchId);
            if (branch == null) {
                throw new UnknownRefException("the branch was deleted while the transaction ran");
            }
            Generation generation = generations.enter();
            try {
                check.accept(branch.head.state().get());
            } finally {
                generation.exit();
            }
        }
    }

    private Commit commit(CommitRequest request) {
        return listeners.hear(Work.COMMIT, () -> commitUnheard(request), commit -> request.entries()
                .size());
    }

    private Commit commitUnheard(CommitRequest request) {
        List<LogEntry> entries = log.prepare(request.entries());
        CommitRecord[] done = new CommitRecord[1];
        pipeline.run((lsn, time) -> {
            BranchState branch = committable(request);
            Link merged = merged(request);
            DatabaseState after = request.onto(branch.pendingState.get(), formats);
            CommitRecord record = new CommitRecord(
                    lsn,
                    time,
                    branch.id,
                    branch.pendingState.lsn(),
                    request.mergeParentLsn(),
                    request.author(),
                    request.message(),
                    request.events(),
                    entries);
            DatabaseState state =
                    request.withLocks(after, record.lastLsn(), formats).at(record.lastLsn());
            request.assignLsns(lsn);
            Chain chain = branch.pendingChain;
            StateRef ref = StateRef.of(materializer, chain, state);
            branch.pendingState = ref;
            Head head = new Head(ref, chain, branch.pendingEpoch);
            done[0] = record;
            return new Step(record, () -> {
                if (request.isPlanned()) {
                    branch.lastPlan = record.lastLsn();
                }
                publishCommit(branch, head, state, record, merged);
            });
        });
        return toCommit(done[0]);
    }

    private BranchState committable(CommitRequest request) {
        BranchState branch = pending.branch(request.branchId());
        if (branch == null) {
            throw new UnknownRefException("the branch this transaction began on was deleted; nothing was committed");
        }
        if (branch.pendingEpoch != request.epoch()) {
            throw new ConflictException(
                    "`" + branch.name + "` was reset after this transaction began; retry the transaction");
        }
        return branch;
    }

    /** Returns the commit that is merged, which a branch or tag leads to, or null for none. Under the pipeline's lock. */
    private @Nullable Link merged(CommitRequest request) {
        long lsn = request.mergeParentLsn();
        if (lsn == 0) {
            return null;
        }
        BranchState source = pending.branch(request.mergeSourceId());
        Chain chain = source == null ? null : holding(lsn, List.of(headOf(source)));
        if (chain == null) {
            chain = holding(lsn, liveHeads());
        }
        if (chain == null) {
            throw new ConflictException("what is merged, lsn " + lsn
                    + ", was given up meanwhile: no branch or tag leads to it any more; nothing was committed");
        }
        return new Link(chain.lineage(), lsn);
    }

    private static @Nullable Chain holding(long lsn, List<Position> heads) {
        return CommonAncestors.chainsOf(heads).stream()
                .filter(chain -> chain.ownFloor(lsn) == lsn)
                .findFirst()
                .orElse(null);
    }

    private static Position headOf(BranchState branch) {
        Head head = branch.head;
        return new Position(head.chain(), head.lsn());
    }

    private List<Position> liveHeads() {
        List<Position> heads = new ArrayList<>();
        byId.values().stream()
                .filter(branch -> pending.branch(branch.id) != null)
                .forEach(branch -> heads.add(headOf(branch)));
        tags.values()
                .forEach(tag ->
                        heads.add(new Position(tag.chain(), tag.tag().lsn().value())));
        return heads;
    }

    private void publishCommit(
            BranchState branch, Head head, DatabaseState state, CommitRecord record, @Nullable Link merged) {
        head.chain().append(record.lastLsn(), record.timeMicros());
        if (merged != null) {
            head.chain().lineage().addMerge(record.lastLsn(), merged);
        }
        if (changesSchema(record)) {
            head.chain().addSchemaChange(record.lastLsn());
        }
        DatabaseState before = branch.head.state().present();
        branch.head = head;
        branch.entriesToReplay += record.entries().size();
        materializer.committed(before, state, record.entries().size());
        if (snapshots != null) {
            snapshots.committed(record);
        }
    }

    /** Returns whether a commit changes the schema: the schema's documents are the first of its entries. */
    static boolean changesSchema(CommitRecord record) {
        return record.entries().get(0).collectionId() == Schema.COLLECTION_ID;
    }

    /** Returns what users see of a commit. */
    public static Commit toCommit(CommitRecord record) {
        return new Commit(
                new Lsn(record.lastLsn()),
                new Lsn(record.firstLsn()),
                record.branchId(),
                optional(record.parentLsn()),
                optional(record.mergeParentLsn()),
                Environment.instantOf(record.timeMicros()),
                record.author(),
                record.message(),
                record.events());
    }

    private static Optional<Lsn> optional(long lsn) {
        return lsn == 0 ? Optional.empty() : Optional.of(new Lsn(lsn));
    }

    /** Returns commits of the chain that a ref ends, newest first, as far back as the log reaches. */
    public List<Commit> commits(Ref ref, int limit) {
        List<Commit> commits = new ArrayList<>();
        long firstLsn = log.firstLsn();
        for (Position position = position(ref);
                position.lsn() >= firstLsn && commits.size() < limit;
                position = position.previous()) {
            commits.add(toCommit(materializer.commit(position.lsn())));
        }
        return commits;
    }

    /**
     * Returns the record of the commit that a ref stands for; null for the empty state.
     *
     * @throws UnknownRefException if it stands for nothing, or the record was reclaimed
     */
    public @Nullable CommitRecord commitRecord(Ref ref) {
        Position position = position(ref);
        if (position.lsn() != 0 && position.lsn() < log.firstLsn()) {
            throw reclaimed("the commit of `" + ref + "`", log.firstLsn());
        }
        return position.lsn() == 0 ? null : materializer.commit(position.lsn());
    }

    /** Returns the state before the commit that a ref stands for. */
    public DatabaseState before(Ref ref) {
        return state(position(ref).previous());
    }

    /** Returns the commit that a ref stands for, with the chain it was found on. */
    public CommitPoint point(Ref ref) {
        Position position = position(ref);
        return new CommitPoint(position, stateRef(ref, position));
    }

    private CommitPoint point(Position position) {
        return new CommitPoint(position, stateRef(position));
    }

    /**
     * Returns a commit of a branch's chain.
     *
     * @throws UnknownRefException if no commit is at the LSN
     */
    public CommitPoint point(String branch, Lsn lsn) {
        Position position = position(require(branch), lsn.value());
        if (position.lsn() != lsn.value()) {
            throw new UnknownRefException("`" + branch + "` has no commit at lsn " + lsn + "; the newest below is "
                    + (position.lsn() == 0 ? "none" : "at lsn " + position.lsn())
                    + "; list commits with `Argon.commits(ref, limit)` or `SELECT * FROM argon.commits`");
        }
        return point(position);
    }

    /**
     * Returns the commit before one on its chain.
     *
     * @throws UnknownRefException if it was reclaimed
     */
    public CommitPoint before(CommitPoint point) {
        Position position = point.position();
        Chain chain = position.chain();
        if (chain == null) {
            throw new AssertionError("nothing is before the empty state");
        }
        return point(requireKept(chain, position.previous(), "the state before lsn " + position.lsn()));
    }

    /** Returns the best common ancestors of two commits, newest first; see {@link CommonAncestors}. */
    public List<CommitPoint> commonAncestors(CommitPoint a, CommitPoint b) {
        return new CommonAncestors(() -> cut().chains(), materializer, log.firstLsn())
                .of(a.position(), b.position()).stream()
                        .map(position -> nearest(position, a, b))
                        .toList();
    }

    /** The state of one of both is more likely to be at hand. */
    private CommitPoint nearest(Position position, CommitPoint a, CommitPoint b) {
        if (position.lsn() == a.position().lsn()) {
            return a;
        }
        return position.lsn() == b.position().lsn() ? b : point(position);
    }

    /** Returns the LSN of the last commit of a plan that this process applied to a branch, 0 for none. */
    public long lastPlan(long branchId) {
        BranchState branch = byId.get(branchId);
        return branch == null ? 0 : branch.lastPlan;
    }

    /** Keeps the states of commits at hand: the next merge is likely to begin with them. */
    public void remember(CommitPoint point) {
        materializer.remember(point.state());
    }

    /** Keeps what units of work that begin later may no longer need from being reclaimed until it is closed. */
    public Reading reading() {
        Generation generation = generations.enter();
        return generation::exit;
    }

    /** What keeps the states that are read from being reclaimed; see {@link #reading}. */
    @FunctionalInterface
    public interface Reading extends AutoCloseable {
        @Override
        void close();
    }

    /** Returns the LSN of the oldest record that the log still holds. */
    public long firstLsn() {
        return log.firstLsn();
    }

    /** Reads the commit that wrote an LSN. */
    public CommitRecord commitThatHolds(long lsn) {
        return materializer.commitThatHolds(lsn);
    }

    /** Returns the LSNs of the commits of a ref's chain above one LSN, up to another. */
    public long[] commitsBetween(CommitPoint point, long afterLsn, long upToLsn) {
        Chain chain = point.position().chain();
        return chain == null
                ? new long[0]
                : chain.commitsBetween(
                        afterLsn, Math.min(upToLsn, point.position().lsn()));
    }

    /** Returns the oldest commit that retention left of the chain that ends at a point, 0 while everything is there. */
    public long reclaimed(CommitPoint point) {
        Chain chain = point.position().chain();
        return chain == null ? 0 : chain.reclaimed();
    }

    // ---- branches

    /**
     * Creates a branch.
     *
     * @throws InvalidRequestException if the name is taken
     * @throws UnknownRefException if the ref stands for nothing
     */
    public Branch createBranch(String name, Ref from, BranchOptions options) {
        Ref.checkName("branch", name);
        BranchState parent = named(from);
        Position position = pins.pin(() -> position(from));
        try {
            StateRef state = stateRef(from, position);
            rememberBase(state, from.isPast());
            return create(name, parent == null ? 0 : parent.id, position.chain(), state, options)
                    .toBranch();
        } finally {
            pins.unpin(position.lsn());
        }
    }

    /** A merge of the branch will begin with the state it was made at. */
    private void rememberBase(StateRef base, boolean isPast) {
        DatabaseState present = isPast ? base.get() : base.present();
        if (present != null && present.lsn() != 0) {
            materializer.remember(present);
        }
    }

    private BranchState create(
            String name, long parentId, @Nullable Chain below, StateRef base, BranchOptions options) {
        Map<Integer, Long> sequenceValues =
                options.privateSequences() ? new TreeMap<>(sequences.values(parentId)) : Map.of();
        BranchState[] made = new BranchState[1];
        pipeline.runGroup((lsn, time) -> {
            pending.requireFree(name);
            List<Step> steps = new ArrayList<>();
            long id = lsn + sequenceValues.size();
            sequenceValues.forEach((sequence, next) ->
                    steps.add(new Step(new SequenceReserved(lsn + steps.size(), time, id, sequence, next), () -> {})));
            BranchState branch = new BranchState(id, name, parentId, options.privateSequences(), base, below);
            BranchState parent = pending.branch(parentId);
            branch.entriesToReplay = parent == null ? base.lsn() : parent.entriesToReplay;
            PendingNames.Change change = pending.add(branch);
            made[0] = branch;
            BranchCreated record =
                    new BranchCreated(id, time, id, name, parentId, base.lsn(), options.privateSequences());
            steps.add(new Step(record, () -> {
                if (options.privateSequences()) {
                    sequences.makePrivate(id, sequenceValues);
                } else {
                    sequences.forget(id);
                }
                publishCreate(branch);
                change.isVisible();
            }));
            return steps;
        });
        return made[0];
    }

    private void publishCreate(BranchState branch) {
        byId.put(branch.id, branch);
        byName.put(branch.name, branch);
    }

    /**
     * Renames a branch.
     *
     * @throws InvalidRequestException if the name is taken
     */
    public Branch renameBranch(String name, String newName) {
        Ref.checkName("branch", newName);
        BranchState branch = require(name);
        pipeline.run((lsn, time) -> {
            requireLive(branch);
            pending.requireFree(newName);
            PendingNames.Change change = pending.rename(branch, newName);
            return new Step(new BranchRenamed(lsn, time, branch.id, newName), () -> {
                publishRename(branch, newName);
                change.isVisible();
            });
        });
        return branch.toBranch();
    }

    private void publishRename(BranchState branch, String newName) {
        byName.remove(branch.name);
        branch.name = newName;
        byName.put(newName, branch);
    }

    /** Deletes a branch and frees its name. */
    public void deleteBranch(String name) {
        BranchState branch = require(name);
        pipeline.run((lsn, time) -> {
            requireLive(branch);
            PendingNames.Change change = pending.remove(branch);
            return new Step(new BranchDeleted(lsn, time, branch.id), () -> {
                publishDelete(branch);
                change.isVisible();
            });
        });
    }

    private void publishDelete(BranchState branch) {
        byName.remove(branch.name);
        byId.remove(branch.id);
        sequences.forget(branch.id);
        noteDeleted();
    }

    private void noteDeleted() {
        if (snapshots != null) {
            snapshots.deleted();
        }
    }

    private void requireLive(BranchState branch) {
        if (pending.branch(branch.id) != branch) {
            throw new UnknownRefException("branch `" + branch.name + "` was deleted meanwhile");
        }
    }

    /**
     * Moves a branch's head back to the newest commit at or below an LSN on its chain. At the head already, it does nothing.
     *
     * @throws UnknownRefException if the LSN is beyond the log, or was discarded by an earlier reset
     */
    public Branch resetBranch(String name, Lsn to) {
        return listeners.hear(Work.RESET, () -> resetUnheard(name, to));
    }

    private Branch resetUnheard(String name, Lsn to) {
        BranchState branch = require(name);
        Ref at = new Ref.AtLsn(name, to);
        Position position = pins.pin(() -> position(at));
        try {
            reset(branch, to, stateRef(at, position));
        } finally {
            pins.unpin(position.lsn());
        }
        return branch.toBranch();
    }

    private void reset(BranchState branch, Lsn to, StateRef target) {
        target.get();
        pipeline.run((lsn, time) -> {
            requireLive(branch);
            if (branch.pendingState.lsn() < target.lsn()) {
                throw new ConflictException(
                        "`" + branch.name + "` was reset meanwhile below lsn " + to + "; look again");
            }
            Chain dropped = branch.pendingChain;
            BranchReset record = new BranchReset(lsn, time, branch.id, target.lsn());
            Chain chain = new Chain(lsn, dropped, target.lsn());
            Head head = new Head(target.on(chain), chain, branch.pendingEpoch + 1);
            branch.pendingState = head.state();
            branch.pendingChain = chain;
            branch.pendingEpoch = head.epoch();
            return new Step(record, () -> {
                noteDiscarded(branch, record, dropped);
                branch.head = head;
                noteDeleted();
            });
        });
    }

    static void noteDiscarded(BranchState branch, BranchReset reset, Chain dropped) {
        long firstDropped = dropped.firstAbove(reset.toLsn());
        if (firstDropped != 0) {
            List<Discarded> discarded = new ArrayList<>(branch.discarded);
            discarded.add(new Discarded(firstDropped, reset.firstLsn(), reset.toLsn()));
            branch.discarded = List.copyOf(discarded);
        }
    }

    /** Returns the values that the sequences of a branch give next, by sequence. */
    public Map<Integer, Long> sequenceValues(long branchId) {
        return sequences.values(branchId);
    }

    private void reserve(long branchId, int sequenceId, long next) {
        pipeline.runLater(
                (lsn, time) -> new Step(new SequenceReserved(lsn, time, branchId, sequenceId, next), () -> {}));
    }

    // ---- tags

    /**
     * Names a commit.
     *
     * @throws InvalidRequestException if the name is taken, or there is no commit yet
     */
    public Tag createTag(String name, Ref at) {
        Ref.checkName("tag", name);
        Position position = pins.pin(() -> position(at));
        try {
            if (position.lsn() == 0 || position.chain() == null) {
                throw new InvalidRequestException("`" + at + "` has no commit yet that a tag could name");
            }
            Chain chain = position.chain();
            pipeline.run((lsn, time) -> {
                pending.requireFreeTag(name);
                pending.addTag(name);
                TagCreated record = new TagCreated(lsn, time, name, position.lsn());
                return new Step(record, () -> publishTag(record, chain));
            });
            if (snapshots != null) {
                snapshots.tagged(new Snapshots.Wanted(position, stateRef(at, position)));
            }
        } finally {
            pins.unpin(position.lsn());
        }
        return requireTag(name).tag();
    }

    private void publishTag(TagCreated record, Chain chain) {
        Tag tag = new Tag(record.name(), new Lsn(record.targetLsn()), Environment.instantOf(record.timeMicros()));
        tags.put(record.name(), new TagState(tag, chain));
    }

    /** Forgets a tag. */
    public void deleteTag(String name) {
        requireTag(name);
        pipeline.run((lsn, time) -> {
            pending.removeTag(name);
            return new Step(new TagDeleted(lsn, time, name), () -> tags.remove(name));
        });
    }

    /** Returns the tags by name. */
    public List<Tag> tags() {
        return tags.values().stream()
                .map(TagState::tag)
                .sorted(Comparator.comparing(Tag::name))
                .toList();
    }

    // ---- storage

    /** Returns the graph as it is now. */
    GraphCut cut() {
        List<CutBranch> branches = new ArrayList<>(byId.size());
        List<TagState> tagStates = new ArrayList<>();
        long[] place = pipeline.whileStill((lsn, time) -> {
            byId.values().forEach(branch -> branches.add(CutBranch.of(branch)));
            tagStates.addAll(tags.values());
            return new long[] {lsn, time};
        });
        // After the records were counted: what is reserved since is in the log as well, and never less.
        return new GraphCut(place[0], place[1], branches, tagStates, sequences.reserved());
    }

    Log log() {
        return log;
    }

    Pins pins() {
        return pins;
    }

    Generations generations() {
        return generations;
    }

    /** Returns who hears what is worked at. */
    public WorkListeners listeners() {
        return listeners;
    }

    Materializer materializer() {
        return materializer;
    }

    Environment environment() {
        return environment;
    }

    Collection<TagState> tagStates() {
        return List.copyOf(tags.values());
    }

    /** Puts a tag on another chain, unless it was deleted or made anew meanwhile. */
    void replaceTag(TagState old, TagState now) {
        tags.replace(old.tag().name(), old, now);
    }

    StateRef stateRef(Position position) {
        return StateRef.at(materializer, position.chain(), position.lsn());
    }

    /** Gives what is in use: states that are at hand as heads of branches, and what open units of work stand on. */
    void forEachInUse(Consumer<DatabaseState> heads, Consumer<PastState> pasts) {
        byId.values().forEach(branch -> {
            DatabaseState state = branch.head.state().present();
            if (state != null) {
                heads.accept(state);
            }
        });
        openUnits.forEach(heads, pasts);
    }

    /** Reads the head that a branch has now; retention takes nothing of it away meanwhile. */
    void readHead(BranchState branch, Consumer<DatabaseState> reader) {
        DatabaseState state;
        OpenUnits.Unit unit;
        Generation generation = generations.enter();
        try {
            state = branch.head.state().get();
            unit = openUnits.onHead(state);
        } finally {
            generation.exit();
        }
        try {
            reader.accept(state);
        } finally {
            openUnits.end(unit);
        }
    }

    /** Takes note of new snapshots. */
    void snapshotted(GraphCut cut, Set<Long> lsns) {
        List<CutBranch> written = cut.branches().stream()
                .filter(branch -> lsns.contains(branch.head().lsn()))
                .toList();
        pipeline.whileStill((lsn, time) -> {
            written.forEach(cutBranch -> {
                BranchState branch = cutBranch.branch();
                branch.entriesToReplay = Math.max(0, branch.entriesToReplay - cutBranch.entriesToReplay());
            });
            return lsn;
        });
    }

    /** Lets go of the states of branches that nobody used since the last time. */
    @SuppressWarnings("ReferenceEquality") // the very head
    void releaseIdle(GraphCut cut) {
        cut.branches().forEach(cutBranch -> {
            BranchState branch = cutBranch.branch();
            Head head = cutBranch.head();
            boolean isIdle = branch.idleHead == head && branch.units.get() == 0;
            if (isIdle && branch.entriesToReplay > 0) {
                head.state().release();
            }
            branch.idleHead = head;
        });
    }

    /** Takes a snapshot of every branch that has none at its head, and a checkpoint, so that opening reads no log before it. */
    public void snapshot() {
        requireStorage().takeAll();
    }

    /** Gives back the space of history that is not to be kept. */
    public void retain() {
        requireStorage().retain();
    }

    /** Rewrites full segments of the log as compressed ones. */
    public void pack() {
        requireStorage().pack();
    }

    /** Reads everything once, and returns what is wrong with it. */
    public List<Finding> verify() {
        return new Verifier(this, requireStorage()).run();
    }

    /** Returns what the storage holds and did. */
    public StorageStatus storageStatus() {
        Snapshots own = requireStorage();
        RuntimeException refusing = pipeline.failure();
        RuntimeException failure = refusing == null ? own.failure() : refusing;
        return new StorageStatus(
                own.storage().log().usage().hot(),
                own.storage().log().usage().cold(),
                own.storage().pages().bytes(),
                own.storage().cache().statistics().weightBytes(),
                cut().chains().stream()
                        .mapToInt(chain -> chain.snapshots().size())
                        .sum(),
                own.checkpointLsn(),
                own.watermark(),
                failure == null ? Optional.empty() : Optional.ofNullable(failure.getMessage()));
    }

    private Snapshots requireStorage() {
        if (snapshots == null) {
            throw new UnsupportedException(
                    "a database in memory has no snapshots and keeps all history; use one in files");
        }
        return snapshots;
    }

    /** Settles the sequences and makes everything durable. Idempotent. */
    public void close() {
        if (snapshots != null) {
            snapshots.close();
        }
        try {
            sequences.settle();
        } catch (dev.argondb.UnavailableException | dev.argondb.ClosedException e) {
            // A failed or closed log takes no more; what was reserved stays reserved.
        }
        pipeline.close();
    }
}
