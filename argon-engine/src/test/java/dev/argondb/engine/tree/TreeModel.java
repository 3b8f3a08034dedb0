package dev.argondb.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A tree and a {@code TreeMap} that get the same seeded random operations and must agree after each. */
final class TreeModel {
    private final long seed;
    private final Random random;
    private final KeyShape shape;
    private final @Nullable StoredTrees stored;
    private MutableBTree<Object> tree = BTree.<Object>empty().edit();
    private long written;
    private final TreeMap<byte[], Object> model = new TreeMap<>(Keys::compare);
    private final List<Moment> moments = new ArrayList<>();
    private final List<Walk> walks = new ArrayList<>();

    /** Percentage of puts; what is left are removals. */
    private int growth = 80;

    /** Trees in memory. */
    TreeModel(KeyShape shape, long seed) {
        this(shape, seed, null);
    }

    /** Trees that are stored every now and then, and read back. */
    TreeModel(KeyShape shape, long seed, @Nullable StoredTrees stored) {
        this.stored = stored;
        this.seed = seed;
        this.random = new Random(seed);
        this.shape = shape;
        moments.add(now());
    }

    void run(int steps) {
        int step = 0;
        try {
            while (step < steps) {
                step(++step);
            }
            moments.forEach(Moment::check);
            drain();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("keys " + shape + ", seed " + seed + ", step " + step + ": " + e.getMessage(), e);
        }
    }

    private void step(int step) {
        edit();
        if (step % 50 == 0) {
            check();
        }
        if (stored != null && random.nextInt(400) == 0) {
            store(stored);
        }
        if (step % 1000 == 0) {
            growth = 20 + random.nextInt(70);
            moments.add(now());
        }
    }

    /** Stores the present tree or one of the past, and goes on with what was stored, with what was read back, or as before. */
    private void store(StoredTrees store) {
        int at = random.nextInt(moments.size());
        moments.set(at, moments.get(at).stored(store, random));
        if (random.nextBoolean()) {
            tree = store.stored(tree.snapshot(), random).edit();
        } else {
            store.giveUp(tree.snapshot());
        }
    }

    private void edit() {
        byte[] key = shape.key(random);
        if (random.nextInt(100) < growth) {
            Object value = ++written;
            assertThat(put(key, value)).isEqualTo(model.put(key, value));
        } else {
            assertThat(remove(key)).isEqualTo(model.remove(key));
        }
        assertThat(tree.size()).isEqualTo(model.size());
        byte[] other = shape.key(random);
        assertThat(get(other)).isEqualTo(model.get(other));
    }

    private @Nullable Object put(byte[] key, Object value) {
        return asLong(key) ? tree.put(Keys.toLong(key), value) : tree.put(key, value);
    }

    private @Nullable Object remove(byte[] key) {
        return asLong(key) ? tree.remove(Keys.toLong(key)) : tree.remove(key);
    }

    private @Nullable Object get(byte[] key) {
        return asLong(key) ? tree.get(Keys.toLong(key)) : tree.get(key);
    }

    private boolean asLong(byte[] key) {
        return key.length == Long.BYTES && random.nextBoolean();
    }

    private void check() {
        TreeStructure.assertSound(tree);
        KeyRange range = range();
        Moment now = random.nextBoolean() ? now() : moments.get(random.nextInt(moments.size()));
        now.checkDiff(moments.get(random.nextInt(moments.size())), range);
        checkCounts(range);
        checkWalks(range);
    }

    private void checkCounts(KeyRange range) {
        assertThat(tree.count(range)).isEqualTo(entries(model, range, false).size());
        byte[] key = shape.key(random);
        assertThat(tree.rank(key)).isEqualTo(model.headMap(key).size());
    }

    /** Goes on with walks that were begun before earlier edits, and begins one more. */
    private void checkWalks(KeyRange range) {
        boolean descending = random.nextBoolean();
        walks.add(new Walk(
                tree.cursor(range, descending),
                entries(model, range, descending).iterator()));
        for (Walk walk : walks) {
            walk.check(random.nextInt(200));
        }
        walks.removeIf(walk -> random.nextInt(4) == 0);
    }

    private void drain() {
        List<byte[]> keys = new ArrayList<>(model.keySet());
        Collections.shuffle(keys, random);
        for (byte[] key : keys) {
            assertThat(tree.remove(key)).isEqualTo(model.remove(key));
            if (model.size() % 100 == 0) {
                TreeStructure.assertSound(tree);
            }
        }
        assertThat(tree.isEmpty()).isTrue();
        assertThat(tree.snapshot().sameAs(BTree.empty())).isTrue();
        moments.forEach(Moment::check);
    }

    private KeyRange range() {
        byte[] from = shape.key(random);
        byte[] to = shape.key(random);
        return switch (random.nextInt(6)) {
            case 0 -> KeyRange.ALL;
            case 1 -> KeyRange.prefix(from);
            case 2 -> KeyRange.atLeast(from);
            case 3 -> KeyRange.upTo(to);
            case 4 -> KeyRange.between(from, to);
            default -> new KeyRange(from, to);
        };
    }

    private Moment now() {
        return new Moment(tree.snapshot(), new TreeMap<>(model));
    }

    private static List<Map.Entry<byte[], Object>> entries(
            NavigableMap<byte[], Object> map, KeyRange range, boolean descending) {
        return (descending ? map.descendingMap() : map)
                .entrySet().stream()
                        .filter(entry -> range.contains(entry.getKey()))
                        .map(entry ->
                                Map.entry(entry.getKey(), entry.getValue())) // the entries of a TreeMap change with it
                        .toList();
    }

    /** An immutable tree and what it must hold for ever. */
    private record Moment(BTree<Object> tree, TreeMap<byte[], Object> model) {
        Moment stored(StoredTrees store, Random random) {
            return new Moment(store.stored(tree, random), model);
        }

        void check() {
            TreeStructure.assertSound(tree);
            assertThat(tree.size()).isEqualTo(model.size());
            new Walk(tree.cursor(), model.entrySet().iterator()).check(Integer.MAX_VALUE);
        }

        void checkDiff(Moment base, KeyRange range) {
            List<Change> changes = new ArrayList<>();
            BTree.diff(
                    base.tree,
                    tree,
                    range,
                    Numbers.CODEC,
                    (key, before, after) -> changes.add(new Change(key, before, after)));
            Iterator<Change> actual = changes.iterator();
            TreeMap<byte[], Object> both = new TreeMap<>(base.model);
            both.putAll(model);
            for (byte[] key : both.keySet()) {
                if (range.contains(key) && !Objects.equals(base.model.get(key), model.get(key))) {
                    actual.next().check(key, base.model.get(key), model.get(key));
                }
            }
            assertThat(actual.hasNext()).isFalse();
        }
    }

    private record Change(
            byte[] key, @Nullable Object before, @Nullable Object after) {
        void check(byte[] expectedKey, @Nullable Object expectedBefore, @Nullable Object expectedAfter) {
            assertThat(key).isEqualTo(expectedKey);
            assertThat(before).isEqualTo(expectedBefore);
            assertThat(after).isEqualTo(expectedAfter);
        }
    }

    /** A cursor and what it must still show. */
    private record Walk(TreeCursor<Object> cursor, Iterator<Map.Entry<byte[], Object>> expected) {
        void check(int steps) {
            for (int i = 0; i < steps && expected.hasNext(); i++) {
                Map.Entry<byte[], Object> entry = expected.next();
                assertThat(cursor.next()).isTrue();
                assertThat(Keys.compare(cursor.key(), entry.getKey())).isZero();
                assertThat(cursor.value()).isEqualTo(entry.getValue());
            }
            if (!expected.hasNext()) {
                assertThat(cursor.next()).isFalse();
            }
        }
    }
}
