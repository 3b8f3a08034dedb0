package dev.argondb.engine.branch;

import dev.argondb.Branch;
import dev.argondb.BranchOptions;
import dev.argondb.Commit;
import dev.argondb.ConflictException;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.Tag;
import dev.argondb.UnknownRefException;
import dev.argondb.engine.Environment;
import dev.argondb.engine.Sequences;
import dev.argondb.engine.branch.BranchState.Discarded;
import dev.argondb.engine.branch.BranchState.Head;
import dev.argondb.engine.branch.Chain.Position;
import dev.argondb.engine.branch.CommitPipeline.Step;
import dev.argondb.engine.log.Log;
import dev.argondb.engine.log.LogEntry;
import dev.argondb.engine.log.LogRecord;
import dev.argondb.engine.log.LogRecord.BranchCreated;
import dev.argondb.engine.log.LogRecord.BranchDeleted;
import dev.argondb.engine.log.LogRecord.BranchRenamed;
import dev.argondb.engine.log.LogRecord.BranchReset;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.log.LogRecord.SequenceReserved;
import dev.argondb.engine.log.LogRecord.TagCreated;
import dev.argondb.engine.log.LogRecord.TagDeleted;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.DocumentFormat;
import dev.argondb.engine.work.CommitRequest;
import dev.argondb.engine.work.Committer;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
    private final SequenceTable sequences = new SequenceTable(this::reserve);
    private final Map<Long, BranchState> byId = new ConcurrentHashMap<>();
    private final Committer committer = new GraphCommitter();
    private final Map<String, BranchState> byName = new ConcurrentHashMap<>();
    private final Map<String, TagState> tags = new ConcurrentHashMap<>();
    /** Branches and tags as the next step of history will find them; guarded by the pipeline's lock. */
    private final PendingNames pending = new PendingNames();

    private record TagState(Tag tag, Chain chain) {}

    /** Rebuilds the branches of a log; an empty log gets its first branch. */
    public BranchGraph(Log log, DocumentFormat formats, Environment environment) {
        this.log = log;
        this.formats = formats;
        this.materializer = new Materializer(log, formats);
        Recovery recovery = new Recovery();
        recovery.run(log);
        this.pipeline = new CommitPipeline(log, environment, recovery.lastTimeMicros);
        if (log.lastLsn() == 0) {
            create(dev.argondb.Argon.MAIN, 0, null, DatabaseState.EMPTY, BranchOptions.DEFAULT);
        }
    }

    /** Folds the records of the log into branches and tags, before anyone else sees them. */
    private final class Recovery {
        private final List<Chain> chains = new ArrayList<>();
        private long lastTimeMicros;

        void run(Log log) {
            if (log.lastLsn() == 0) {
                return;
            }
            try (var reader = log.read(1)) {
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
                BranchState branch = known(renamed.branchId());
                pending.rename(branch, renamed.name());
                publishRename(branch, renamed.name());
            } else if (record instanceof BranchDeleted deleted) {
                BranchState branch = known(deleted.branchId());
                pending.remove(branch);
                publishDelete(branch);
            } else if (record instanceof BranchReset reset) {
                apply(reset);
            } else if (record instanceof TagCreated created) {
                pending.addTag(created.name());
                publishTag(created, Objects.requireNonNull(chainOf(created.targetLsn())));
            } else if (record instanceof TagDeleted deleted) {
                pending.removeTag(deleted.name());
                tags.remove(deleted.name());
            } else if (record instanceof SequenceReserved reserved) {
                sequences.recover(reserved.branchId(), reserved.sequenceId(), reserved.next());
            }
        }

        private void apply(CommitRecord commit) {
            BranchState branch = known(commit.branchId());
            DatabaseState state = materializer.apply(branch.head.state(), commit);
            branch.pendingState = state;
            publishCommit(branch, branch.pendingChain, state, branch.pendingEpoch, commit);
        }

        private void apply(BranchCreated created) {
            BranchState parent = byId.get(created.parentId());
            Head head = parent != null && parent.head.state().lsn() == created.baseLsn() ? parent.head : null;
            Chain below = head == null ? chainOf(created.baseLsn()) : head.chain();
            DatabaseState base = head == null ? stateAt(below, created.baseLsn()) : head.state();
            BranchState branch = new BranchState(
                    created.branchId(), created.name(), created.parentId(), created.privateSequences(), base, below);
            chains.add(branch.pendingChain);
            pending.add(branch);
            publishCreate(branch);
            if (created.privateSequences()) {
                sequences.keepPrivate(branch.id);
            } else {
                sequences.forget(branch.id);
            }
        }

        private DatabaseState stateAt(@Nullable Chain chain, long lsn) {
            return chain == null ? DatabaseState.EMPTY : materializer.state(chain.floor(lsn));
        }

        /** Returns the chain whose own commit an LSN is, null for the empty state. */
        private @Nullable Chain chainOf(long lsn) {
            if (lsn == 0) {
                return null;
            }
            return chains.stream()
                    .filter(chain -> chain.holds(lsn))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the log speaks of lsn " + lsn + ", where no commit ends"));
        }

        private void apply(BranchReset reset) {
            BranchState branch = known(reset.branchId());
            Chain chain = branch.pendingChain;
            DatabaseState target =
                    reset.toLsn() == 0 ? DatabaseState.EMPTY : materializer.state(chain.floor(reset.toLsn()));
            Head head = moveBack(branch, target);
            chains.add(branch.pendingChain);
            publishReset(branch, head, reset, chain);
        }

        private BranchState known(long branchId) {
            BranchState branch = byId.get(branchId);
            if (branch == null) {
                throw new AssertionError("the log speaks of branch " + branchId + ", which it never created");
            }
            return branch;
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
        return head.chain().floor(head.state().lsn());
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
                                + discarded.resetLsn() + "; its history goes on below lsn " + discarded.firstDropped());
            }
        }
        return branch.head.chain().floor(lsn);
    }

    private Position position(BranchState branch, Instant time) {
        return branch.head.chain().floorTime(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }

    /**
     * Returns the state that a ref stands for.
     *
     * @throws UnknownRefException if it stands for nothing
     */
    public DatabaseState state(Ref ref) {
        if (ref instanceof Ref.Head head) {
            return require(head.branch()).head.state();
        }
        Position position = position(ref);
        DatabaseState head = ref instanceof Ref.AtLsn at
                ? require(at.branch()).head.state()
                : ref instanceof Ref.AtTime at ? require(at.branch()).head.state() : DatabaseState.EMPTY;
        return head.lsn() == position.lsn() ? head : state(position);
    }

    private DatabaseState state(Position position) {
        return position.lsn() == 0 ? DatabaseState.EMPTY : materializer.state(position);
    }

    /**
     * Keeps the state of a branch's head at hand, so that coming back to it is immediate.
     *
     * @throws UnknownRefException if there is no such branch
     */
    public Optional<Lsn> mark(String branch) {
        DatabaseState state = require(branch).head.state();
        if (state.lsn() == 0) {
            return Optional.empty();
        }
        materializer.remember(state);
        return Optional.of(new Lsn(state.lsn()));
    }

    /**
     * Begins a unit of work on a ref: read-write on a branch's head, read-only on any other.
     *
     * @throws UnknownRefException if it stands for nothing
     */
    public UnitOfWork begin(Ref ref, Isolation isolation, boolean readOnly) {
        if (ref instanceof Ref.Head named) {
            BranchState branch = require(named.branch());
            Head head = branch.head;
            return new UnitOfWork(
                    new UnitOfWork.Position(ref, branch.id, branch.name, head.epoch(), readOnly),
                    head.state(),
                    isolation,
                    formats,
                    committer);
        }
        long branchId = ref instanceof Ref.AtLsn at
                ? require(at.branch()).id
                : ref instanceof Ref.AtTime at ? require(at.branch()).id : 0;
        return new UnitOfWork(
                new UnitOfWork.Position(ref, branchId, ref.toString(), 0, true),
                state(ref),
                isolation,
                formats,
                committer);
    }

    // ---- commits

    /** What units of work see of the graph. */
    private final class GraphCommitter implements Committer {

        @Override
        public Commit commit(CommitRequest request) {
            return BranchGraph.this.commit(request);
        }

        @Override
        public DatabaseState head(long branchId) {
            BranchState branch = byId.get(branchId);
            if (branch == null) {
                throw new UnknownRefException("the branch was deleted while the transaction ran");
            }
            return branch.head.state();
        }
    }

    private Commit commit(CommitRequest request) {
        List<LogEntry> entries = log.prepare(request.entries());
        CommitRecord[] done = new CommitRecord[1];
        pipeline.run((lsn, time) -> {
            BranchState branch = committable(request);
            DatabaseState after = request.onto(branch.pendingState, formats);
            CommitRecord record = new CommitRecord(
                    lsn,
                    time,
                    branch.id,
                    branch.pendingState.lsn(),
                    0,
                    request.author(),
                    request.message(),
                    request.events(),
                    entries);
            DatabaseState state =
                    request.withLocks(after, record.lastLsn(), formats).at(record.lastLsn());
            request.assignLsns(lsn);
            branch.pendingState = state;
            Chain chain = branch.pendingChain;
            long epoch = branch.pendingEpoch;
            done[0] = record;
            return new Step(record, () -> publishCommit(branch, chain, state, epoch, record));
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

    private void publishCommit(BranchState branch, Chain chain, DatabaseState state, long epoch, CommitRecord record) {
        chain.append(record.lastLsn(), record.timeMicros());
        branch.head = new Head(state, chain, epoch);
        materializer.committed(state, record.entries().size());
    }

    private static Commit toCommit(CommitRecord record) {
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

    /** Returns commits of the chain that a ref ends, newest first. */
    public List<Commit> commits(Ref ref, int limit) {
        List<Commit> commits = new ArrayList<>();
        for (Position position = position(ref);
                position.lsn() != 0 && commits.size() < limit;
                position = position.previous()) {
            commits.add(toCommit(materializer.commit(position.lsn())));
        }
        return commits;
    }

    /** Returns the record of the commit that a ref stands for; null for the empty state. */
    public @Nullable CommitRecord commitRecord(Ref ref) {
        Position position = position(ref);
        return position.lsn() == 0 ? null : materializer.commit(position.lsn());
    }

    /** Returns the state after the commit that a ref stands for, and before it. */
    public DatabaseState[] around(Ref ref) {
        Position position = position(ref);
        return new DatabaseState[] {state(position.previous()), state(position)};
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
        if (from instanceof Ref.Head named) {
            BranchState parent = require(named.branch());
            Head head = parent.head;
            return create(name, parent.id, head.chain(), head.state(), options).toBranch();
        }
        Position position = position(from);
        long parentId = from instanceof Ref.AtLsn at
                ? require(at.branch()).id
                : from instanceof Ref.AtTime at ? require(at.branch()).id : 0;
        return create(name, parentId, position.chain(), state(from), options).toBranch();
    }

    private BranchState create(
            String name, long parentId, @Nullable Chain below, DatabaseState base, BranchOptions options) {
        Map<Integer, Long> sequenceValues =
                options.privateSequences() ? new TreeMap<>(sequences.values(parentId)) : Map.of();
        BranchState[] made = new BranchState[1];
        materializer.remember(base);
        pipeline.runGroup((lsn, time) -> {
            pending.requireFree(name);
            List<Step> steps = new ArrayList<>();
            long id = lsn + sequenceValues.size();
            sequenceValues.forEach((sequence, next) ->
                    steps.add(new Step(new SequenceReserved(lsn + steps.size(), time, id, sequence, next), () -> {})));
            BranchState branch = new BranchState(id, name, parentId, options.privateSequences(), base, below);
            pending.add(branch);
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
            pending.rename(branch, newName);
            return new Step(new BranchRenamed(lsn, time, branch.id, newName), () -> publishRename(branch, newName));
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
            pending.remove(branch);
            return new Step(new BranchDeleted(lsn, time, branch.id), () -> publishDelete(branch));
        });
    }

    private void publishDelete(BranchState branch) {
        branch.deleted = true;
        byName.remove(branch.name);
        byId.remove(branch.id);
        sequences.forget(branch.id);
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
        BranchState branch = require(name);
        DatabaseState target = state(new Ref.AtLsn(name, to));
        pipeline.run((lsn, time) -> {
            requireLive(branch);
            if (branch.pendingState.lsn() < target.lsn()) {
                throw new ConflictException("`" + name + "` was reset meanwhile below lsn " + to + "; look again");
            }
            Chain chain = branch.pendingChain;
            BranchReset record = new BranchReset(lsn, time, branch.id, target.lsn());
            Head head = moveBack(branch, target);
            return new Step(record, () -> publishReset(branch, head, record, chain));
        });
        return branch.toBranch();
    }

    private static Head moveBack(BranchState branch, DatabaseState target) {
        branch.pendingState = target;
        branch.pendingChain = new Chain(branch.pendingChain, target.lsn());
        branch.pendingEpoch++;
        return new Head(target, branch.pendingChain, branch.pendingEpoch);
    }

    private static void publishReset(BranchState branch, Head head, BranchReset reset, Chain dropped) {
        long firstDropped = dropped.firstAbove(reset.toLsn());
        if (firstDropped != 0) {
            List<Discarded> discarded = new ArrayList<>(branch.discarded);
            discarded.add(new Discarded(firstDropped, reset.firstLsn()));
            branch.discarded = List.copyOf(discarded);
        }
        branch.head = head;
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
        Position position = position(at);
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

    /** Settles the sequences and makes everything durable. Idempotent. */
    public void close() {
        try {
            sequences.settle();
        } catch (dev.argondb.UnavailableException | dev.argondb.ClosedException e) {
            // A failed or closed log takes no more; what was reserved stays reserved.
        }
        pipeline.close();
    }
}
