package dev.argondb.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.ArgonException;
import dev.argondb.Branch;
import dev.argondb.Commit;
import dev.argondb.Lsn;
import dev.argondb.Operation;
import dev.argondb.Ref;
import dev.argondb.Tag;
import dev.argondb.UnknownRefException;
import dev.argondb.WalEntry;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.Environment;
import dev.argondb.engine.model.NaiveDatabase.Key;
import dev.argondb.engine.model.NaiveDatabase.Line;
import dev.argondb.engine.model.NaiveDatabase.Snapshot;
import dev.argondb.engine.model.NaiveDatabase.Version;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.TreeCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Compares a database with a {@link Model}. */
final class Comparison {

    private static final List<String> MAKER_COLUMNS = List.of("id", "value");

    private final ArgonDatabase database;
    private final Model model;
    private final Predicate<ArgonException> isExpected;
    private final Set<Long> comparedLsns = new HashSet<>();
    private int failures;
    private int reclaimed;

    /** Everything must be answered. */
    Comparison(ArgonDatabase database, Model model) {
        this(database, model, any -> false);
    }

    /**
     * @param isExpected the errors that reads may end with; whatever is answered must be right
     */
    Comparison(ArgonDatabase database, Model model, Predicate<ArgonException> isExpected) {
        this.database = database;
        this.model = model;
        this.isExpected = isExpected;
    }

    /** Returns how many reads ended with an expected error. */
    int failures() {
        return failures;
    }

    /** Compares everything there is. */
    void everything() {
        catalog();
        heads();
        past();
    }

    /** Returns how many reads were refused because retention gave back what they need. */
    int reclaimed() {
        return reclaimed;
    }

    private void read(Runnable reading) {
        try {
            reading.run();
        } catch (ArgonException e) {
            if (!isExpected.test(e)) {
                throw new AssertionError("a read failed: " + e, e);
            }
            failures++;
        }
    }

    /** Compares branches and tags. */
    void catalog() {
        List<String> expected = new ArrayList<>();
        model.shop.branches.forEach((name, line) -> expected.add(describe(name, line)));
        assertThat(database.branches().stream().map(Comparison::describe).toList())
                .as("branches")
                .isEqualTo(expected);
        List<String> tags = new ArrayList<>();
        model.tags.forEach((name, tag) -> tags.add(name + " at " + tag.target().lsn()));
        assertThat(database.tags().stream().map(Comparison::describe).toList())
                .as("tags")
                .isEqualTo(tags);
    }

    private String describe(String name, Line line) {
        Model.BranchFacts facts = model.facts(name);
        return facts.id() + " " + name + " at " + line.head().lsn() + ", epoch " + line.epoch
                + (facts.isPrivate() ? ", private" : "");
    }

    private static String describe(Branch branch) {
        return branch.id() + " " + branch.name() + " at "
                + branch.headLsn().map(Lsn::value).orElse(0L) + ", epoch " + branch.epoch()
                + (branch.hasPrivateSequences() ? ", private" : "");
    }

    private static String describe(Tag tag) {
        return tag.name() + " at " + tag.lsn().value();
    }

    /** Compares the heads of all branches, indexes included. */
    void heads() {
        model.shop.branches.forEach((name, line) -> read(() -> {
            DatabaseState state = database.state(Ref.parse(name));
            assertThat(state.lsn()).as("head of " + name).isEqualTo(line.head().lsn());
            state("head of " + name, state, line.head().rows());
            indexes("head of " + name, state);
        }));
    }

    /** Compares every LSN of every branch, every tag, and the lists of commits. */
    void past() {
        long last = database.lastLsn();
        model.shop.branches.forEach((name, line) -> {
            for (long lsn = 1; lsn <= last; lsn++) {
                at(name, line, lsn);
            }
            read(() -> commits(name, line.snapshots));
            readUnlessReclaimed(line.head().lsn() >= model.watermark, () -> headEntries(name, line.snapshots));
            times(name, line);
        });
        model.tags.forEach((name, tag) -> {
            read(() -> found(new Ref.Tag(name), tag.target().lsn()));
            read(() -> state(new Ref.Tag(name), tag.target()));
            read(() -> commits("tag:" + name, tag.chain()));
        });
    }

    private void found(Ref ref, long lsn) {
        assertThat(database.resolve(ref)).as("commit of " + ref).isEqualTo(optional(lsn));
    }

    /** Compares one LSN of a branch. */
    void at(String branch, Line line, long lsn) {
        Ref ref = new Ref.AtLsn(branch, new Lsn(lsn));
        Snapshot expected = line.at(lsn);
        boolean isKept = expected.lsn() >= model.oldest(line.snapshots);
        if (line.isDiscarded(lsn)) {
            discarded(ref, isKept);
        } else {
            readUnlessReclaimed(isKept, () -> {
                found(ref, expected.lsn());
                state(ref, expected);
            });
        }
    }

    private void discarded(Ref ref, boolean isKept) {
        try {
            database.resolve(ref);
        } catch (UnknownRefException e) {
            if (isKept || !isReclaimed(e)) {
                assertThat(e).hasMessageContaining("was discarded by the reset at lsn ");
            }
            return;
        }
        throw new AssertionError(ref + " was discarded by a reset, yet it is found");
    }

    private static boolean isReclaimed(ArgonException e) {
        return e instanceof UnknownRefException
                && String.valueOf(e.getMessage()).contains("was reclaimed by retention");
    }

    /** What need not be kept may be answered, rightly, or refused as reclaimed. */
    private void readUnlessReclaimed(boolean isKept, Runnable reading) {
        read(() -> {
            try {
                reading.run();
            } catch (UnknownRefException e) {
                if (isKept || !isReclaimed(e)) {
                    throw e;
                }
                reclaimed++;
            }
        });
    }

    private static Optional<Lsn> optional(long lsn) {
        return lsn == 0 ? Optional.empty() : Optional.of(new Lsn(lsn));
    }

    private void state(Ref ref, Snapshot expected) {
        if (comparedLsns.add(expected.lsn())) {
            DatabaseState state = database.state(ref);
            assertThat(state.lsn()).as("state of " + ref).isEqualTo(expected.lsn());
            state(ref.toString(), state, expected.rows());
        }
    }

    private void times(String branch, Line line) {
        for (int i = 1; i < line.snapshots.size(); i++) {
            long micros =
                    Objects.requireNonNull(model.times.get(line.snapshots.get(i).lsn()));
            Snapshot expected = newestAt(line, micros);
            readUnlessReclaimed(
                    expected.lsn() >= model.oldest(line.snapshots),
                    () -> found(new Ref.AtTime(branch, Environment.instantOf(micros)), expected.lsn()));
        }
    }

    private Snapshot newestAt(Line line, long micros) {
        Snapshot newest = line.snapshots.get(0);
        for (Snapshot snapshot : line.snapshots) {
            if (snapshot.lsn() != 0 && Objects.requireNonNull(model.times.get(snapshot.lsn())) <= micros) {
                newest = snapshot;
            }
        }
        return newest;
    }

    private void commits(String ref, List<Snapshot> chain) {
        List<Long> expected = new ArrayList<>();
        int kept = 0;
        for (int i = chain.size() - 1; i > 0; i--) {
            expected.add(chain.get(i).lsn());
            kept += chain.get(i).lsn() >= model.watermark ? 1 : 0;
        }
        List<Long> found = new ArrayList<>();
        for (Commit commit : database.commits(Ref.parse(ref), Integer.MAX_VALUE)) {
            found.add(commit.lsn().value());
        }
        assertThat(found)
                .as("commits of " + ref)
                .hasSizeGreaterThanOrEqualTo(kept)
                .isEqualTo(expected.subList(0, Math.min(found.size(), expected.size())));
    }

    /** The newest commit's entries are the difference between the last two states. */
    private void headEntries(String branch, List<Snapshot> chain) {
        if (chain.size() < 2) {
            return;
        }
        TreeMap<Key, Version> before = chain.get(chain.size() - 2).rows();
        TreeMap<Key, Version> after = chain.get(chain.size() - 1).rows();
        if (Model.variant(before) != Model.variant(after)) {
            return;
        }
        List<String> found = new ArrayList<>();
        for (WalEntry entry : database.entries(Ref.parse(branch))) {
            if (!entry.collection().startsWith("argon")) {
                found.add(entry.operation() + " " + entry.collection() + " " + entry.documentId());
            }
        }
        assertThat(found)
                .as("entries of the head of " + branch)
                .containsExactlyInAnyOrderElementsOf(difference(before, after));
    }

    private static List<String> difference(TreeMap<Key, Version> before, TreeMap<Key, Version> after) {
        Set<Key> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<String> difference = new ArrayList<>();
        for (Key key : keys) {
            Version old = before.get(key);
            Version now = after.get(key);
            if (key.collection() != 0 && !Objects.equals(old, now)) {
                Operation operation =
                        old == null ? Operation.INSERT : now == null ? Operation.DELETE : Operation.UPDATE;
                difference.add(operation + " " + collectionName(key.collection()) + " " + key.id());
            }
        }
        return difference;
    }

    private static String collectionName(int collection) {
        return collection == Shop.MAKERS ? "maker" : collection == Shop.ITEMS ? "item" : "note";
    }

    /** The documents are those of the model, in the order of their keys. */
    static void state(String where, DatabaseState state, TreeMap<Key, Version> rows) {
        Iterator<Map.Entry<Key, Version>> expected = rows.entrySet().iterator();
        Map.Entry<Key, Version> next = nextDocument(expected);
        for (CollectionState collection : state.collections()) {
            if (collection.schema().id() >= Shop.MAKERS) {
                long count = 0;
                TreeCursor<Record> cursor = collection.records(KeyRange.ALL, false);
                while (cursor.next()) {
                    Key key = new Key(collection.schema().id(), cursor.longKey());
                    document(
                            where,
                            key,
                            collection.format().values(cursor.value().document()),
                            next,
                            rows);
                    next = nextDocument(expected);
                    count++;
                }
                assertThat(collection.size()).as(where).isEqualTo(count);
            }
        }
        if (next != null) {
            throw new AssertionError(where + ": " + next + " is missing");
        }
    }

    private static Map.@Nullable Entry<Key, Version> nextDocument(Iterator<Map.Entry<Key, Version>> rows) {
        while (rows.hasNext()) {
            Map.Entry<Key, Version> row = rows.next();
            if (row.getKey().collection() != 0) {
                return row;
            }
        }
        return null;
    }

    private static void document(
            String where,
            Key key,
            Map<String, Object> found,
            Map.@Nullable Entry<Key, Version> expected,
            TreeMap<Key, Version> rows) {
        if (expected == null || !expected.getKey().equals(key)) {
            throw new AssertionError(where + ": found " + key + " " + found + ", expected " + expected);
        }
        List<String> columns = key.collection() == Shop.ITEMS
                ? List.of((Model.variant(rows) & Shop.RENAMED) != 0 ? "team" : "grp", "code", "maker")
                : MAKER_COLUMNS;
        int present = 0;
        for (int i = 0; i < columns.size(); i++) {
            Long value = expected.getValue().fields().get(i);
            present += value == null ? 0 : 1;
            if (!Objects.equals(found.get(columns.get(i)), value)) {
                throw new AssertionError(where + ": " + key + " is " + found + ", expected " + expected);
            }
        }
        assertThat(found).as(where).hasSize(present);
    }

    /** Every index says just what the documents say. */
    private static void indexes(String where, DatabaseState state) {
        for (CollectionState collection : state.collections()) {
            for (int i = 0; i < collection.schema().indexes().size(); i++) {
                index(where, collection, i);
            }
        }
    }

    private static void index(String where, CollectionState collection, int position) {
        TreeSet<byte[]> expected = new TreeSet<>(Arrays::compareUnsigned);
        TreeCursor<Record> records = collection.records(KeyRange.ALL, false);
        while (records.next()) {
            expected.add(collection
                    .format()
                    .indexKey(
                            collection.schema().indexes().get(position),
                            records.value().document(),
                            records.key()));
        }
        Iterator<byte[]> keys = expected.iterator();
        TreeCursor<Object> entries = collection.index(position, KeyRange.ALL, false);
        while (entries.next()) {
            if (!keys.hasNext() || !Arrays.equals(keys.next(), entries.key())) {
                throw new AssertionError(where + ": index "
                        + collection.schema().indexes().get(position) + " differs from the documents");
            }
        }
        if (keys.hasNext()) {
            throw new AssertionError(
                    where + ": index " + collection.schema().indexes().get(position) + " lacks documents");
        }
    }

    /** Every sequence goes on exactly where it stopped. */
    void sequencesExactly() {
        model.sequences.forEach((key, next) -> assertThat(database.sequences().peek(key.owner(), key.sequenceId()))
                .as("next step of " + key)
                .isEqualTo(next));
    }

    /** No step of a sequence that could have been used comes again; the model learns where each sequence is now. */
    void sequencesAfterCrash(int mostSkipped) {
        Set<Long> owners = new HashSet<>(Set.of(0L));
        model.facts.values().stream().filter(Model.BranchFacts::isPrivate).forEach(facts -> owners.add(facts.id()));
        for (long owner : owners) {
            for (int sequence : Workload.SEQUENCES) {
                SequenceKey key = new SequenceKey(owner, sequence);
                long bound = model.sequences.getOrDefault(key, 0L);
                long next = database.sequences().peek(owner, sequence);
                assertThat(next).as("next step of " + key).isBetween(bound, bound + mostSkipped);
                model.sequences.put(key, next);
            }
        }
    }
}
