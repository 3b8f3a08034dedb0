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
final class NaiveDatabase {

    /** A document's place. */
    record Key(int collection, long id) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return collection != other.collection
                    ? Integer.compare(collection, other.collection)
                    : Long.compare(id, other.id);
        }
    }

    /** A document's fields, and a number that is new with every write. */
    record Version(List<@Nullable Long> fields, long number) {}

    /** A state at a commit. */
    record Snapshot(long lsn, TreeMap<Key, Version> rows) {}

    /** A branch: its states, oldest first, those of its parents below its base included. */
    static final class Line {
        final List<Snapshot> snapshots;
        final List<long[]> discarded = new ArrayList<>();
        int epoch;

        Line(List<Snapshot> snapshots) {
            this.snapshots = new ArrayList<>(snapshots);
        }

        Snapshot head() {
            return snapshots.get(snapshots.size() - 1);
        }

        Snapshot at(long lsn) {
            Snapshot found = snapshots.get(0);
            for (Snapshot snapshot : snapshots) {
                if (snapshot.lsn() <= lsn) {
                    found = snapshot;
                }
            }
            return found;
        }

        boolean isDiscarded(long lsn) {
            return discarded.stream().anyMatch(range -> lsn >= range[0] && lsn < range[1]);
        }
    }

    final Map<String, Line> branches = new TreeMap<>();
    private long versions;

    Version version(@Nullable Long... fields) {
        return new Version(Arrays.asList(fields), ++versions);
    }

    /** A transaction: the state it began on, and what it made of it. */
    static final class Transaction {
        final String branch;
        final Line line;
        final int epoch;
        final TreeMap<Key, Version> base;
        final TreeMap<Key, Version> rows;

        Transaction(String branch, Line line) {
            this.branch = branch;
            this.line = line;
            this.epoch = line.epoch;
            this.base = line.head().rows();
            this.rows = new TreeMap<>(base);
        }

        Set<Key> written() {
            Set<Key> keys = new HashSet<>(base.keySet());
            keys.addAll(rows.keySet());
            keys.removeIf(key -> sameVersion(base.get(key), rows.get(key)));
            return keys;
        }
    }

    /** Returns the head after a commit, or null where it must be refused. */
    static @Nullable TreeMap<Key, Version> merged(Transaction t, Set<String> reasons) {
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
    static boolean violatesKeys(TreeMap<Key, Version> rows) {
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
