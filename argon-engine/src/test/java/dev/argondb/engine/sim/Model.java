package dev.argondb.engine.sim;

import dev.argondb.engine.model.NaiveDatabase;
import dev.argondb.engine.model.NaiveDatabase.Key;
import dev.argondb.engine.model.NaiveDatabase.Line;
import dev.argondb.engine.model.NaiveDatabase.Snapshot;
import dev.argondb.engine.model.NaiveDatabase.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the database must hold: every committed state of every branch by LSN, tags, and the next steps of sequences.
 *
 * <p>Written to be plainly right. Where the schema of a state stands among its rows, see {@link #SCHEMA}.
 */
final class Model {

    /** The row whose one field is the {@link dev.argondb.engine.model.Shop#schema variant} of the schema. */
    static final Key SCHEMA = new Key(0, 0);

    /** What is fixed about a branch. */
    record BranchFacts(long id, boolean isPrivate) {}

    /** A tag: its commit, and those below it on its chain, the last is its own. */
    record TagFacts(List<Snapshot> chain) {
        Snapshot target() {
            return chain.get(chain.size() - 1);
        }
    }

    final NaiveDatabase shop = new NaiveDatabase();
    final Map<String, BranchFacts> facts = new TreeMap<>();
    final Map<String, TagFacts> tags = new TreeMap<>();
    /** Microseconds since the epoch by the LSN of a commit. */
    final Map<Long, Long> times = new HashMap<>();
    /** The steps that come next. */
    final TreeMap<SequenceKey, Long> sequences = new TreeMap<>();

    /** The lowest LSN whose state must be readable on every branch; 0 while no history was given back. */
    long watermark;

    /** Forgets everything but the watermark. */
    void clear() {
        shop.branches.clear();
        facts.clear();
        tags.clear();
        times.clear();
        sequences.clear();
    }

    /** Returns the oldest commit of a chain that must still be readable, 0 for the empty state. */
    long oldest(List<Snapshot> chain) {
        long oldest = 0;
        for (Snapshot snapshot : chain) {
            if (snapshot.lsn() <= watermark) {
                oldest = snapshot.lsn();
            }
        }
        return oldest;
    }

    /** Returns the commits of a chain that must still be readable. */
    List<Snapshot> readable(List<Snapshot> chain) {
        long oldest = oldest(chain);
        return chain.stream().filter(snapshot -> snapshot.lsn() >= oldest).toList();
    }

    /** Returns the newest commit of all branches at or before a time. */
    long newestBefore(long micros) {
        long newest = 0;
        for (Line line : shop.branches.values()) {
            for (Snapshot snapshot : line.snapshots) {
                Long time = times.get(snapshot.lsn());
                if (time != null && time <= micros) {
                    newest = Math.max(newest, snapshot.lsn());
                }
            }
        }
        return newest;
    }

    Line line(String branch) {
        return Objects.requireNonNull(shop.branches.get(branch), branch);
    }

    BranchFacts facts(String branch) {
        return Objects.requireNonNull(facts.get(branch), branch);
    }

    /** Returns the owner of the sequences that a branch uses. */
    long sequenceOwner(String branch) {
        BranchFacts branchFacts = facts(branch);
        return branchFacts.isPrivate() ? branchFacts.id() : 0;
    }

    /** Adds the first branch. */
    void found(long lsn) {
        shop.branches.put("main", new Line(List.of(new Snapshot(0, new TreeMap<>()))));
        facts.put("main", new BranchFacts(lsn, false));
    }

    void commit(String branch, long lsn, long micros, TreeMap<Key, Version> rows) {
        line(branch).snapshots.add(new Snapshot(lsn, rows));
        times.put(lsn, micros);
    }

    /** Adds a branch that uses the shared sequences. */
    void fork(String name, long lsn, List<Snapshot> chain) {
        shop.branches.put(name, new Line(chain));
        facts.put(name, new BranchFacts(lsn, false));
    }

    /** Gives a branch that was just added private sequences, which go on where an owner's are. */
    void makePrivate(String name, long from) {
        long id = facts(name).id();
        facts.put(name, new BranchFacts(id, true));
        Map<SequenceKey, Long> copied = new HashMap<>();
        sequences.forEach((key, next) -> {
            if (key.owner() == from) {
                copied.put(new SequenceKey(id, key.sequenceId()), next);
            }
        });
        sequences.putAll(copied);
    }

    void rename(String name, String newName) {
        shop.branches.put(newName, Objects.requireNonNull(shop.branches.remove(name)));
        facts.put(newName, Objects.requireNonNull(facts.remove(name)));
    }

    void delete(String name) {
        shop.branches.remove(name);
        long id = Objects.requireNonNull(facts.remove(name)).id();
        sequences.keySet().removeIf(key -> key.owner() == id);
    }

    void reset(String name, long toLsn, long resetLsn) {
        Line line = line(name);
        List<Snapshot> dropped = new ArrayList<>(line.snapshots);
        dropped.removeIf(snapshot -> snapshot.lsn() <= toLsn);
        if (!dropped.isEmpty()) {
            line.discarded.add(new long[] {dropped.get(0).lsn(), resetLsn});
        }
        line.snapshots.removeAll(dropped);
        line.epoch++;
    }

    void tag(String name, List<Snapshot> chain) {
        tags.put(name, new TagFacts(List.copyOf(chain)));
    }

    void untag(String name) {
        tags.remove(name);
    }

    /** Returns the variant of the schema that rows are under. */
    static int variant(TreeMap<Key, Version> rows) {
        Version version = rows.get(SCHEMA);
        return version == null
                ? 0
                : Math.toIntExact(Objects.requireNonNull(version.fields().get(0)));
    }
}
