package dev.argondb.engine.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The model: every branch is a list of whole states. Written to be plainly right, not fast. */
public final class NaiveDatabase {

    /** A document's place; collection 0 is for what a test keeps beside the documents. */
    public record Key(int collection, long id) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return collection != other.collection
                    ? Integer.compare(collection, other.collection)
                    : Long.compare(id, other.id);
        }
    }

    /** A document's fields, and a number that is new with every write. */
    public record Version(List<@Nullable Long> fields, long number) {}

    /** A state at a commit. */
    public record Snapshot(long lsn, TreeMap<Key, Version> rows) {}

    /** A branch: its states, oldest first, those of its parents below its base included. */
    public static final class Line {
        public final List<Snapshot> snapshots;
        public final List<long[]> discarded = new ArrayList<>();
        public int epoch;

        public Line(List<Snapshot> snapshots) {
            this.snapshots = new ArrayList<>(snapshots);
        }

        public Snapshot head() {
            return snapshots.get(snapshots.size() - 1);
        }

        public Snapshot at(long lsn) {
            Snapshot found = snapshots.get(0);
            for (Snapshot snapshot : snapshots) {
                if (snapshot.lsn() <= lsn) {
                    found = snapshot;
                }
            }
            return found;
        }

        public boolean isDiscarded(long lsn) {
            return discarded.stream().anyMatch(range -> lsn >= range[0] && lsn < range[1]);
        }
    }

    public final Map<String, Line> branches = new TreeMap<>();
    private long versions;

    public Version version(@Nullable Long... fields) {
        return new Version(Arrays.asList(fields), ++versions);
    }

    /** A transaction: the state it began on, and what it made of it. */
    public static final class Transaction {
        public final String branch;
        public final Line line;
        final int epoch;
        final TreeMap<Key, Version> base;
        public final TreeMap<Key, Version> rows;

        public Transaction(String branch, Line line) {
            this.branch = branch;
            this.line = line;
            this.epoch = line.epoch;
            this.base = line.head().rows();
            this.rows = new TreeMap<>(base);
        }

        public Set<Key> written() {
            Set<Key> keys = new HashSet<>(base.keySet());
            keys.addAll(rows.keySet());
            keys.removeIf(key -> sameVersion(base.get(key), rows.get(key)));
            return keys;
        }
    }

    /** Returns the head after a commit, or null where it must be refused. */
    public static @Nullable TreeMap<Key, Version> merged(Transaction t, Set<String> reasons) {
        TreeMap<Key, Version> result = new TreeMap<>(t.line.head().rows());
        for (Key key : t.written()) {
            Version before = t.base.get(key);
            if (before == null && result.containsKey(key)) {
                reasons.add("duplicate key");
            } else if (!sameVersion(before, result.get(key))) {
                reasons.add("conflict");
            }
            Version after = t.rows.get(key);
            if (after == null) {
                result.remove(key);
            } else {
                result.put(key, after);
            }
        }
        if (violatesKeys(result)) {
            reasons.add("keys");
        }
        if (t.epoch != t.line.epoch) {
            reasons.add("reset");
        }
        return reasons.isEmpty() ? result : null;
    }

    /** Returns whether a code stands twice or a maker is missing. */
    public static boolean violatesKeys(TreeMap<Key, Version> rows) {
        Map<Long, Key> codes = new HashMap<>();
        for (Map.Entry<Key, Version> row : rows.entrySet()) {
            if (row.getKey().collection() == Shop.ITEMS) {
                Long code = row.getValue().fields().get(1);
                Long maker = row.getValue().fields().get(2);
                if (code != null && codes.put(code, row.getKey()) != null) {
                    return true;
                }
                if (maker != null && !rows.containsKey(new Key(Shop.MAKERS, maker))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean sameVersion(@Nullable Version a, @Nullable Version b) {
        return a == null ? b == null : b != null && a.number() == b.number();
    }
}
