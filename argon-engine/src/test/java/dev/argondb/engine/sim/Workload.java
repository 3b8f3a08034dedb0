package dev.argondb.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.BranchOptions;
import dev.argondb.Commit;
import dev.argondb.ConflictException;
import dev.argondb.ConstraintException;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.UnavailableException;
import dev.argondb.UnknownRefException;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.Pin;
import dev.argondb.engine.Retention;
import dev.argondb.engine.StorageStatus;
import dev.argondb.engine.model.NaiveDatabase;
import dev.argondb.engine.model.NaiveDatabase.Key;
import dev.argondb.engine.model.NaiveDatabase.Line;
import dev.argondb.engine.model.NaiveDatabase.Snapshot;
import dev.argondb.engine.model.NaiveDatabase.Transaction;
import dev.argondb.engine.model.NaiveDatabase.Version;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.sim.History.Effect;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What is done to a database and to its model, step by step, in an order that a seed decides.
 *
 * <p>A step throws the {@link UnavailableException} of the database, once the {@link History} knows what of it is in doubt.
 */
final class Workload {

    /** The sequences that are used. */
    static final List<Integer> SEQUENCES = List.of(30, 31);

    private static final int MOST_BRANCHES = 6;
    private static final int MOST_TAGS = 4;
    private static final int MAKER_IDS = 12;
    private static final int ITEM_IDS = 40;

    /**
     * A transaction, or a reader in the past.
     *
     * @param base the rows of the state it began on
     */
    private record Open(UnitOfWork work, Transaction model, TreeMap<Key, Version> base) {

        void compare() {
            Comparison.state("open unit of work on " + work.ref() + " at " + work.baseLsn(), work.base(), base);
        }
    }

    /** Does something to the database, and returns the LSN of it. */
    @FunctionalInterface
    private interface Operation {
        long run();
    }

    private final Random random;
    private final History history;
    private final Model model;
    private final SimulatedClock clock;
    private final List<Open> open = new ArrayList<>();
    private final List<Pin> pins = new ArrayList<>();
    private final List<Open> readers = new ArrayList<>();
    private final Retention retention;
    private ArgonDatabase database;
    private final boolean mayRecover;
    private boolean isRefusing;
    private int names;

    /**
     * @param mayRecover whether a step may fail because of what it reads, and later ones may succeed
     */
    Workload(
            long seed,
            Retention retention,
            History history,
            SimulatedClock clock,
            ArgonDatabase database,
            boolean mayRecover) {
        this.retention = retention;
        this.mayRecover = mayRecover;
        this.random = new Random(seed);
        this.history = history;
        this.model = history.model;
        this.clock = clock;
        this.database = database;
    }

    /** Goes on with another instance of the database; what was open is gone. */
    void goOnWith(ArgonDatabase reopened) {
        database = reopened;
        open.clear();
        pins.clear();
        readers.clear();
        isRefusing = false;
    }

    /** Does the next step. */
    void step() {
        clock.advance(Duration.ofMillis(random.nextInt(5000)));
        if (random.nextInt(8) == 0) {
            maintain();
            return;
        }
        int choice = random.nextInt(1000);
        if (choice < 440) {
            transaction();
        } else if (choice < 500) {
            beginOrWrite();
        } else if (choice < 560) {
            end();
        } else if (choice < 650) {
            fork();
        } else if (choice < 690) {
            reset();
        } else if (choice < 715) {
            delete();
        } else if (choice < 735) {
            rename();
        } else if (choice < 785) {
            tag();
        } else if (choice < 800) {
            untag();
        } else if (choice < 840) {
            changeSchema();
        } else if (choice < 930) {
            drawFromSequence();
        } else if (choice < 940) {
            restartSequence();
        } else if (choice < 970) {
            readPast();
        } else {
            pin();
        }
    }

    private void perform(String what, Operation operation, Effect effect) {
        long lsn;
        try {
            lsn = operation.run();
        } catch (UnavailableException e) {
            history.note(what + ": " + e.getMessage());
            if (!isRefusing && !(mayRecover && isOfReading(e))) {
                history.doubt(effect);
                isRefusing = true;
            }
            throw e;
        }
        history.note(what + " -> lsn " + lsn);
        assertThat(isRefusing)
                .as("a store that failed took this write: " + what)
                .isFalse();
        history.acknowledge(lsn, effect);
    }

    /** Returns whether a failure came from something read before a step got its place in the log. */
    private static boolean isOfReading(UnavailableException e) {
        return !String.valueOf(e.getMessage()).startsWith("the commit is not durable");
    }

    private String anyBranch() {
        List<String> all = List.copyOf(model.shop.branches.keySet());
        return all.get(random.nextInt(all.size()));
    }

    /** Puts the schema of the shop into an empty database. */
    void found() {
        changeSchema("main", 0);
    }

    // ---- transactions

    private void transaction() {
        Open transaction = begin();
        int writes = 1 + random.nextInt(5);
        for (int i = 0; i < writes; i++) {
            write(transaction);
        }
        if (random.nextInt(12) == 0) {
            transaction.work().rollback();
        } else {
            commit(transaction);
        }
    }

    private Open begin() {
        String branch = anyBranch();
        Line line = model.line(branch);
        return new Open(
                database.begin(Ref.parse(branch), Isolation.SNAPSHOT),
                new Transaction(branch, line),
                line.head().rows());
    }

    private void beginOrWrite() {
        if (open.size() < 3) {
            open.add(begin());
        }
        write(open.get(random.nextInt(open.size())));
    }

    private void end() {
        if (!open.isEmpty()) {
            commit(open.remove(random.nextInt(open.size())));
        }
    }

    private void write(Open t) {
        if (!t.model().rows.containsKey(Model.SCHEMA)) {
            return; // of before there were collections
        }
        boolean hasNotes = (Model.variant(t.model().rows) & Shop.WITH_NOTES) != 0;
        int choice = random.nextInt(10);
        if (choice < 3) {
            writeMaker(t, Shop.MAKERS);
        } else if (choice < 5 && hasNotes) {
            writeMaker(t, Shop.NOTES);
        } else {
            writeItem(t);
        }
    }

    private void writeMaker(Open t, int collection) {
        long id = random.nextInt(MAKER_IDS);
        long value = random.nextInt(100);
        Key key = new Key(collection, id);
        Version now = t.model().rows.get(key);
        if (now == null) {
            t.work().insert(collection, id, Shop.maker(id, value));
            t.model().rows.put(key, model.shop.version(id, value));
        } else if (random.nextInt(3) != 0) {
            assertThat(t.work().update(collection, id, Shop.maker(id, value))).isTrue();
            t.model().rows.put(key, model.shop.version(id, value));
        } else {
            TreeMap<Key, Version> after = new TreeMap<>(t.model().rows);
            after.remove(key);
            if (!NaiveDatabase.violatesKeys(after)) { // the layer above checks foreign keys of the statement
                assertThat(t.work().delete(collection, id)).isTrue();
                t.model().rows.remove(key);
            }
        }
    }

    private void writeItem(Open t) {
        long id = random.nextInt(ITEM_IDS);
        Key key = new Key(Shop.ITEMS, id);
        boolean present = t.model().rows.containsKey(key);
        if (present && random.nextInt(3) == 0) {
            assertThat(t.work().delete(Shop.ITEMS, id)).isTrue();
            t.model().rows.remove(key);
            return;
        }
        long group = random.nextInt(5);
        Long code = random.nextInt(4) == 0 ? null : Long.valueOf(random.nextInt(80));
        Long maker = random.nextInt(3) == 0 ? null : Long.valueOf(random.nextInt(MAKER_IDS));
        if (maker != null && !t.model().rows.containsKey(new Key(Shop.MAKERS, maker))) {
            maker = null;
        }
        TreeMap<Key, Version> after = new TreeMap<>(t.model().rows);
        after.put(key, model.shop.version(group, code, maker));
        boolean allowed = !NaiveDatabase.violatesKeys(after);
        boolean done = tryWrite(t, id, present, Shop.item(group, code, maker));
        assertThat(done).as("unique code %s", code).isEqualTo(allowed);
        if (done) {
            t.model().rows.put(key, after.get(key));
        }
    }

    private static boolean tryWrite(Open t, long id, boolean present, Shop.Row row) {
        try {
            if (present) {
                t.work().update(Shop.ITEMS, id, row);
            } else {
                t.work().insert(Shop.ITEMS, id, row);
            }
            return true;
        } catch (ConstraintException e) {
            assertThat(e.objectId()).isEqualTo(Shop.BY_CODE);
            return false;
        }
    }

    private void commit(Open transaction) {
        Transaction t = transaction.model();
        if (t.written().isEmpty()) {
            assertThat(transaction.work().commit("", "")).isEmpty();
            return;
        }
        Optional<String> branch = nameOf(t.line);
        Set<String> reasons = new HashSet<>();
        if (branch.isEmpty()) {
            reasons.add("deleted");
        }
        TreeMap<Key, Version> after = NaiveDatabase.merged(t, reasons);
        try {
            commit(branch.orElse(t.branch), transaction.work(), reasons, after);
        } catch (ConflictException e) {
            assertThat(reasons).as(e.getMessage()).containsAnyOf("conflict", "reset");
        } catch (ConstraintException e) {
            assertThat(reasons).as(e.getMessage()).containsAnyOf("duplicate key", "keys");
        } catch (UnknownRefException e) {
            assertThat(reasons).as(e.getMessage()).contains("deleted");
        }
    }

    private void commit(String branch, UnitOfWork work, Set<String> reasons, @Nullable TreeMap<Key, Version> after) {
        long micros = micros(clock.instant());
        perform(
                "commit on " + branch,
                () -> {
                    Commit commit = work.commit("ann", "why").orElseThrow();
                    assertThat(reasons).isEmpty();
                    return commit.lsn().value();
                },
                (any, lsn) -> any.commit(branch, lsn, micros, Objects.requireNonNull(after)));
    }

    private Optional<String> nameOf(Line line) {
        return model.shop.branches.entrySet().stream()
                .filter(entry -> entry.getValue() == line)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void changeSchema() {
        String branch = anyBranch();
        Line line = model.line(branch);
        open.removeIf(transaction -> transaction.model().line == line);
        changeSchema(branch, Model.variant(line.head().rows()) ^ (1 << random.nextInt(3)));
    }

    private void changeSchema(String branch, int variant) {
        UnitOfWork work = database.begin(Ref.parse(branch), Isolation.SNAPSHOT);
        Transaction t = new Transaction(branch, model.line(branch));
        work.changeSchema(Shop.schema(variant));
        t.rows.put(Model.SCHEMA, model.shop.version((long) variant));
        if ((variant & Shop.WITH_NOTES) == 0) {
            t.rows.keySet().removeIf(key -> key.collection() == Shop.NOTES);
        }
        Open transaction = new Open(work, t, t.rows);
        for (int i = random.nextInt(3); i > 0; i--) {
            write(transaction);
        }
        commit(transaction);
    }

    // ---- branches and tags

    private void fork() {
        if (model.shop.branches.size() >= MOST_BRANCHES) {
            return;
        }
        String name = "b" + names++;
        int choice = random.nextInt(4);
        if (choice == 0 && !model.tags.isEmpty()) {
            String tag = anyTag();
            create(
                    name,
                    new Ref.Tag(tag),
                    Objects.requireNonNull(model.tags.get(tag)).chain(),
                    0);
        } else if (choice == 1) {
            forkPast(name, anyBranch());
        } else {
            String parent = anyBranch();
            create(name, new Ref.Head(parent), List.copyOf(model.line(parent).snapshots), model.sequenceOwner(parent));
        }
    }

    private void forkPast(String name, String parent) {
        long lsn = 1L + random.nextInt((int) database.lastLsn());
        Line line = model.line(parent);
        if (!line.isDiscarded(lsn) && line.at(lsn).lsn() >= model.oldest(line.snapshots)) {
            List<Snapshot> chain = new ArrayList<>(line.snapshots);
            chain.removeIf(snapshot -> snapshot.lsn() > lsn);
            create(name, new Ref.AtLsn(parent, new Lsn(lsn)), chain, model.sequenceOwner(parent));
        }
    }

    private void create(String name, Ref from, List<Snapshot> chain, long parentSequences) {
        boolean isPrivate = random.nextInt(3) == 0;
        perform(
                "create branch " + name + " from " + from + (isPrivate ? ", private" : ""),
                () -> database.createBranch(name, from, new BranchOptions(isPrivate))
                        .id(),
                (any, lsn) -> {
                    any.fork(name, lsn, chain);
                    if (isPrivate) {
                        any.makePrivate(name, parentSequences);
                    }
                });
    }

    private void reset() {
        String branch = anyBranch();
        Line line = model.line(branch);
        List<Snapshot> readable = model.readable(line.snapshots);
        long target = readable.get(random.nextInt(readable.size())).lsn();
        if (target != 0) {
            perform(
                    "reset " + branch + " to " + target,
                    () -> {
                        database.resetBranch(branch, new Lsn(target));
                        return database.lastLsn();
                    },
                    (any, lsn) -> any.reset(branch, target, lsn));
        }
    }

    private void delete() {
        String branch = anyBranch();
        if (!branch.equals("main")) {
            perform(
                    "delete " + branch,
                    () -> {
                        database.deleteBranch(branch);
                        return database.lastLsn();
                    },
                    (any, lsn) -> any.delete(branch));
        }
    }

    private void rename() {
        String branch = anyBranch();
        if (!branch.equals("main")) {
            String name = "r" + names++;
            perform(
                    "rename " + branch + " to " + name,
                    () -> {
                        database.renameBranch(branch, name);
                        return database.lastLsn();
                    },
                    (any, lsn) -> any.rename(branch, name));
        }
    }

    private String anyTag() {
        List<String> all = List.copyOf(model.tags.keySet());
        return all.get(random.nextInt(all.size()));
    }

    private void tag() {
        String branch = anyBranch();
        List<Snapshot> chain = new ArrayList<>(model.line(branch).snapshots);
        if (chain.size() < 2 || model.tags.size() >= MOST_TAGS) {
            return;
        }
        int readable = Math.min(model.readable(chain).size(), chain.size() - 1);
        chain.subList(chain.size() - random.nextInt(readable), chain.size()).clear();
        long target = chain.get(chain.size() - 1).lsn();
        String name = "t" + names++;
        perform(
                "tag " + name + " at " + branch + "@" + target,
                () -> {
                    database.createTag(name, new Ref.AtLsn(branch, new Lsn(target)));
                    return database.lastLsn();
                },
                (any, lsn) -> any.tag(name, chain));
    }

    private void untag() {
        if (!model.tags.isEmpty()) {
            String name = anyTag();
            perform(
                    "delete tag " + name,
                    () -> {
                        database.deleteTag(name);
                        return database.lastLsn();
                    },
                    (any, lsn) -> any.untag(name));
        }
    }

    // ---- storage

    private void maintain() {
        int choice = random.nextInt(6);
        if (choice < 3) {
            maintain("snapshot", database::snapshot);
            history.settle(); // a checkpoint is never ahead of the durable log
            history.settleWatermark();
        } else if (choice < 5) {
            retain();
        } else {
            maintain("pack", database::pack);
        }
    }

    private void maintain(String what, Runnable work) {
        try {
            work.run();
        } catch (UnavailableException e) {
            history.note(what + ": " + e.getMessage());
            throw e;
        }
        compareOpen();
        StorageStatus status = database.storage();
        history.note(what + " done: log " + status.logBytes() + " bytes, pages " + status.pageBytes() + " bytes, "
                + status.snapshots() + " snapshots, checkpoint at " + status.checkpointLsn() + ", watermark "
                + status.watermark());
    }

    /** Whatever was given back, nobody misses it. */
    private void compareOpen() {
        try {
            open.forEach(Open::compare);
            readers.forEach(Open::compare);
        } catch (UnavailableException e) {
            assertThat(mayRecover).as(e.getMessage()).isTrue();
        }
    }

    private void retain() {
        long target = Math.max(model.watermark, Math.min(target(), oldestPin()));
        history.attemptWatermark(target);
        try {
            maintain("retain from " + target, database::retain);
            assertThat(database.storage().watermark()).as("watermark").isEqualTo(target);
            history.settleWatermark();
        } finally {
            history.takeWatermark(database.storage().watermark());
        }
    }

    private long target() {
        if (retention instanceof Retention.From from) {
            return Math.min(from.lsn().value(), database.lastLsn());
        }
        if (retention instanceof Retention.Window window) {
            return model.newestBefore(micros(clock.instant().minus(window.length())));
        }
        return 0;
    }

    private long oldestPin() {
        return LongStream.concat(
                        pins.stream().mapToLong(pin -> pin.lsn().map(Lsn::value).orElse(0L)),
                        readers.stream().mapToLong(reader -> reader.work().baseLsn()))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Holds a moment for a while: by a pin, or by a unit of work that reads it. */
    private void pin() {
        if (pins.size() + readers.size() < 3) {
            String branch = anyBranch();
            List<Snapshot> readable = model.readable(model.line(branch).snapshots);
            Snapshot moment = readable.get(random.nextInt(readable.size()));
            if (moment.lsn() != 0) {
                hold(branch, moment);
            }
        } else if (readers.isEmpty()) {
            pins.remove(0).close();
        } else {
            readers.remove(0).work().rollback();
        }
    }

    private void hold(String branch, Snapshot moment) {
        Ref.AtLsn ref = new Ref.AtLsn(branch, new Lsn(moment.lsn()));
        if (random.nextInt(3) == 0) {
            pins.add(database.pin(ref));
            history.note("pin " + ref);
        } else {
            readers.add(
                    new Open(database.beginReadOnly(ref), new Transaction(branch, model.line(branch)), moment.rows()));
            history.note("read " + ref + " for a while");
        }
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    // ---- sequences

    private void drawFromSequence() {
        if (isRefusing) {
            return; // what is given out now can go nowhere
        }
        String branch = anyBranch();
        SequenceKey key = new SequenceKey(model.sequenceOwner(branch), SEQUENCES.get(random.nextInt(2)));
        for (int i = 1 + random.nextInt(40); i > 0; i--) {
            long step = draw(branch, key);
            assertThat(step).as("step of " + key).isEqualTo(model.sequences.getOrDefault(key, 0L));
            model.sequences.put(key, step + 1);
        }
        history.note("sequence " + key + " drawn up to " + model.sequences.get(key));
    }

    private long draw(String branch, SequenceKey key) {
        try {
            return database.sequences().next(model.facts(branch).id(), key.sequenceId());
        } catch (UnavailableException e) {
            history.note("sequence " + key + ": " + e.getMessage());
            throw e;
        }
    }

    private void restartSequence() {
        if (isRefusing) {
            return;
        }
        String branch = anyBranch();
        SequenceKey key = new SequenceKey(model.sequenceOwner(branch), SEQUENCES.get(random.nextInt(2)));
        long next = random.nextInt(100);
        database.sequences().restart(model.facts(branch).id(), key.sequenceId(), next);
        history.note("sequence " + key + " restarted at " + next);
        history.restart(key, next);
    }

    // ---- reads

    private void readPast() {
        String branch = anyBranch();
        long lsn = 1L + random.nextInt((int) database.lastLsn());
        new Comparison(database, model, e -> mayRecover && e instanceof UnavailableException)
                .at(branch, model.line(branch), lsn);
    }
}
