package dev.argondb.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.BranchOptions;
import dev.argondb.Commit;
import dev.argondb.ConflictException;
import dev.argondb.ConstraintException;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.UnknownRefException;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.Environment;
import dev.argondb.engine.log.FileLog;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.log.Log;
import dev.argondb.engine.log.MemLog;
import dev.argondb.engine.log.SyncMode;
import dev.argondb.engine.model.NaiveDatabase.Key;
import dev.argondb.engine.model.NaiveDatabase.Line;
import dev.argondb.engine.model.NaiveDatabase.Snapshot;
import dev.argondb.engine.model.NaiveDatabase.Transaction;
import dev.argondb.engine.model.NaiveDatabase.Version;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.TreeCursor;
import dev.argondb.engine.volume.DirectoryVolume;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Transactions on several branches at once, forks, resets, renames, deletions, past reads and restarts, in random order, on
 * the engine over a file log and on {@link NaiveDatabase}; equal after every step. The seed stands in every failure.
 */
class RandomizedModelTest {

    private static final int STEPS = 3000;

    private record Open(UnitOfWork work, Transaction model) {}

    @TempDir
    private Path directory;

    private final NaiveDatabase model = new NaiveDatabase();
    private final List<Open> open = new ArrayList<>();
    private Random random = new Random(0);
    private ArgonDatabase database = ArgonDatabase.open(new MemLog(), Shop.FORMAT, Environment.SYSTEM);
    private long schemaLsn;
    private int names;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void engine_randomOperations_equalsModel(long seed) {
        random = new Random(seed);
        start();
        for (int step = 0; step < STEPS; step++) {
            String where = "seed " + seed + ", step " + step;
            try {
                step();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(where + ": " + e, e);
            }
            if (step % 20 == 0) {
                assertHeads(where);
            }
        }
        restart();
        assertHeads("seed " + seed + ", at the end");
        database.close();
    }

    private void start() {
        database = openDatabase();
        UnitOfWork work = database.begin(Ref.parse("main"), Isolation.SNAPSHOT);
        work.changeSchema(Shop.SCHEMA);
        Commit commit = work.commit("", "").orElseThrow();
        schemaLsn = commit.lsn().value();
        model.branches.put(
                "main",
                new Line(List.of(
                        new Snapshot(0, new TreeMap<>()),
                        new Snapshot(commit.lsn().value(), new TreeMap<>()))));
    }

    private ArgonDatabase openDatabase() {
        try {
            Log log = FileLog.open(
                    DirectoryVolume.at(directory),
                    new FileLogSettings(SyncMode.RELAXED, Duration.ofMillis(100), 1 << 16));
            return ArgonDatabase.open(log, Shop.FORMAT, Environment.SYSTEM);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void restart() {
        open.clear();
        database.close();
        database = openDatabase();
    }

    private void step() {
        int choice = random.nextInt(1000);
        if (choice < 150) {
            begin();
        } else if (choice < 750) {
            write();
        } else if (choice < 880) {
            end();
        } else if (choice < 920) {
            fork();
        } else if (choice < 940) {
            reset();
        } else if (choice < 955) {
            delete();
        } else if (choice < 965) {
            rename();
        } else if (choice < 997) {
            readPast();
        } else {
            restart();
        }
    }

    private String anyBranch() {
        List<String> all = List.copyOf(model.branches.keySet());
        return all.get(random.nextInt(all.size()));
    }

    private Line line(String branch) {
        Line line = model.branches.get(branch);
        if (line == null) {
            throw new AssertionError(branch);
        }
        return line;
    }

    private void begin() {
        if (open.size() < 6) {
            String branch = anyBranch();
            open.add(new Open(
                    database.begin(Ref.parse(branch), Isolation.SNAPSHOT), new Transaction(branch, line(branch))));
        }
    }

    private void write() {
        if (open.isEmpty()) {
            begin();
        }
        Open transaction = open.get(random.nextInt(open.size()));
        UnitOfWork.Savepoint savepoint = transaction.work().savepoint();
        TreeMap<Key, Version> before = new TreeMap<>(transaction.model().rows);
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(3) == 0) {
                writeMaker(transaction);
            } else {
                writeItem(transaction);
            }
        }
        if (random.nextInt(5) == 0) {
            transaction.work().rollbackTo(savepoint);
            transaction.model().rows.clear();
            transaction.model().rows.putAll(before);
        }
        if (random.nextInt(10) == 0) {
            assertOwnView(transaction);
        }
    }

    private void writeMaker(Open t) {
        long id = random.nextInt(12);
        Key key = new Key(Shop.MAKERS, id);
        Version now = t.model().rows.get(key);
        if (now == null) {
            long value = random.nextInt(100);
            t.work().insert(Shop.MAKERS, id, Shop.maker(id, value));
            t.model().rows.put(key, model.version(id, value));
        } else if (random.nextBoolean()) {
            long value = random.nextInt(100);
            assertThat(t.work().update(Shop.MAKERS, id, Shop.maker(id, value))).isTrue();
            t.model().rows.put(key, model.version(id, value));
        } else {
            TreeMap<Key, Version> after = new TreeMap<>(t.model().rows);
            after.remove(key);
            if (!NaiveDatabase.violatesKeys(after)) { // the layer above checks foreign keys of the statement
                assertThat(t.work().delete(Shop.MAKERS, id)).isTrue();
                t.model().rows.remove(key);
            }
        }
    }

    private void writeItem(Open t) {
        long id = random.nextInt(60);
        Key key = new Key(Shop.ITEMS, id);
        boolean present = t.model().rows.containsKey(key);
        if (present && random.nextInt(3) == 0) {
            assertThat(t.work().delete(Shop.ITEMS, id)).isTrue();
            t.model().rows.remove(key);
            return;
        }
        long group = random.nextInt(5);
        Long code = random.nextInt(4) == 0 ? null : Long.valueOf(random.nextInt(80));
        Long maker = random.nextInt(3) == 0 ? null : Long.valueOf(random.nextInt(12));
        if (maker != null && !t.model().rows.containsKey(new Key(Shop.MAKERS, maker))) {
            maker = null;
        }
        TreeMap<Key, Version> after = new TreeMap<>(t.model().rows);
        after.put(key, model.version(group, code, maker));
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

    private void end() {
        if (open.isEmpty()) {
            return;
        }
        Open transaction = open.remove(random.nextInt(open.size()));
        if (random.nextInt(8) == 0) {
            transaction.work().rollback();
        } else {
            commit(transaction);
        }
    }

    private void commit(Open transaction) {
        Transaction t = transaction.model();
        if (t.written().isEmpty()) {
            assertThat(transaction.work().commit("", "")).isEmpty();
            return;
        }
        Set<String> reasons = new HashSet<>();
        if (model.branches.values().stream().noneMatch(line -> line == t.line)) {
            reasons.add("deleted");
        }
        TreeMap<Key, Version> after = NaiveDatabase.merged(t, reasons);
        try {
            Optional<Commit> commit = transaction.work().commit("ann", "why");
            assertThat(reasons).isEmpty();
            t.line.snapshots.add(new Snapshot(commit.orElseThrow().lsn().value(), Objects.requireNonNull(after)));
        } catch (ConflictException e) {
            assertThat(reasons).as(e.getMessage()).containsAnyOf("conflict", "reset");
        } catch (ConstraintException e) {
            assertThat(reasons).as(e.getMessage()).containsAnyOf("duplicate key", "keys");
        } catch (UnknownRefException e) {
            assertThat(reasons).as(e.getMessage()).contains("deleted");
        }
    }

    private void fork() {
        String parent = anyBranch();
        String name = "b" + names++;
        if (random.nextBoolean()) {
            database.createBranch(name, Ref.parse(parent), BranchOptions.DEFAULT);
            model.branches.put(name, new Line(line(parent).snapshots));
        } else {
            long lsn = 1L + random.nextInt((int) database.lastLsn());
            if (lsn < schemaLsn || line(parent).isDiscarded(lsn)) {
                return;
            }
            database.createBranch(name, new Ref.AtLsn(parent, new Lsn(lsn)), BranchOptions.DEFAULT);
            List<Snapshot> upTo = line(parent).snapshots.stream()
                    .filter(snapshot -> snapshot.lsn() <= lsn)
                    .toList();
            model.branches.put(name, new Line(upTo));
        }
    }

    private void reset() {
        String branch = anyBranch();
        Line line = line(branch);
        Snapshot target = line.snapshots.get(random.nextInt(line.snapshots.size()));
        if (target.lsn() == 0) {
            return;
        }
        database.resetBranch(branch, new Lsn(target.lsn()));
        List<Snapshot> dropped = line.snapshots.stream()
                .filter(snapshot -> snapshot.lsn() > target.lsn())
                .toList();
        if (!dropped.isEmpty()) {
            line.discarded.add(new long[] {dropped.get(0).lsn(), database.lastLsn()});
        }
        line.snapshots.removeAll(dropped);
        line.epoch++;
    }

    private void delete() {
        String branch = anyBranch();
        if (!branch.equals("main")) {
            database.deleteBranch(branch);
            model.branches.remove(branch);
        }
    }

    private void rename() {
        String branch = anyBranch();
        if (!branch.equals("main")) {
            String name = "r" + names++;
            database.renameBranch(branch, name);
            model.branches.put(name, line(branch));
            model.branches.remove(branch);
        }
    }

    private void readPast() {
        String branch = anyBranch();
        long lsn = 1L + random.nextInt((int) database.lastLsn());
        Ref ref = new Ref.AtLsn(branch, new Lsn(lsn));
        if (line(branch).isDiscarded(lsn)) {
            try {
                database.state(ref);
                throw new AssertionError(ref + " was discarded, yet read");
            } catch (UnknownRefException e) {
                assertThat(e).hasMessageContaining("was discarded by the reset at lsn ");
            }
        } else {
            assertState(
                    ref.toString(), database.state(ref), line(branch).at(lsn).rows());
        }
    }

    private void assertHeads(String where) {
        assertThat(database.branches().stream().map(branch -> branch.name()).toList())
                .as(where)
                .containsExactlyElementsOf(model.branches.keySet());
        model.branches.forEach((name, line) -> assertState(
                where + ", " + name,
                database.state(Ref.parse(name)),
                line.head().rows()));
    }

    private static void assertOwnView(Open t) {
        long items = t.model().rows.keySet().stream()
                .filter(key -> key.collection() == Shop.ITEMS)
                .count();
        assertThat(t.work().view(Shop.ITEMS).size()).isEqualTo(items);
        t.model().rows.forEach((key, version) -> assertThat(
                        t.work().view(key.collection()).get(key.id()))
                .as("own %s", key)
                .isNotNull());
    }

    /** The documents are those of the model, and every index says just what the documents say. */
    private static void assertState(String where, DatabaseState state, TreeMap<Key, Version> rows) {
        Map<Key, Map<String, Object>> expected = new HashMap<>();
        rows.forEach((key, version) -> expected.put(key, fields(key, version)));
        Map<Key, Map<String, Object>> actual = new HashMap<>();
        for (CollectionState collection : state.collections()) {
            if (collection.schema().id() >= Shop.MAKERS) {
                addDocuments(actual, collection);
                assertIndexes(where, collection);
            }
        }
        assertThat(actual).as(where).isEqualTo(expected);
    }

    private static Map<String, Object> fields(Key key, Version version) {
        List<String> names = key.collection() == Shop.MAKERS ? List.of("id", "value") : List.of("grp", "code", "maker");
        Map<String, Object> fields = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Long value = version.fields().get(i);
            if (value != null) {
                fields.put(names.get(i), value);
            }
        }
        return fields;
    }

    private static void addDocuments(Map<Key, Map<String, Object>> documents, CollectionState collection) {
        TreeCursor<Record> cursor = collection.records(KeyRange.ALL, false);
        while (cursor.next()) {
            documents.put(
                    new Key(collection.schema().id(), cursor.longKey()),
                    collection.format().values(cursor.value().document()));
        }
    }

    private static void assertIndexes(String where, CollectionState collection) {
        for (int i = 0; i < collection.schema().indexes().size(); i++) {
            Set<String> expected = new HashSet<>();
            TreeCursor<Record> records = collection.records(KeyRange.ALL, false);
            while (records.next()) {
                expected.add(hex(collection
                        .format()
                        .indexKey(
                                collection.schema().indexes().get(i),
                                records.value().document(),
                                records.key())));
            }
            Set<String> actual = new HashSet<>();
            TreeCursor<Object> entries = collection.index(i, KeyRange.ALL, false);
            while (entries.next()) {
                actual.add(hex(entries.key()));
            }
            assertThat(actual).as("%s, index %s", where, i).isEqualTo(expected);
        }
    }

    private static String hex(byte[] key) {
        return java.util.HexFormat.of().formatHex(key);
    }
}
