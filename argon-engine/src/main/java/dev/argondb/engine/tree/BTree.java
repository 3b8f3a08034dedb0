package dev.argondb.engine.tree;

import org.jspecify.annotations.Nullable;

/**
 * An immutable map from keys to values, ordered by {@link Keys#compare}. A {@code long} key stands for the eight bytes
 * of {@link Keys#ofLong}. Key arrays are kept as they are given and handed out the same way: nobody may modify them.
 *
 * <p>Immutable and thread-safe.
 */
public final class BTree<V> {
    private static final BTree<?> EMPTY = new BTree<>(LeafNode.EMPTY, 0);

    private final Node root;
    private final long size;

    BTree(Node root, long size) {
        this.root = root;
        this.size = size;
    }

    /** The tree without entries. */
    @SuppressWarnings("unchecked") // it holds no value
    public static <V> BTree<V> empty() {
        return (BTree<V>) EMPTY;
    }

    /** Makes a tree of ascending keys. */
    public static <V> Builder<V> builder() {
        return new Builder<>();
    }

    public long size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    @SuppressWarnings("unchecked") // only a V is ever put
    public @Nullable V get(byte[] key) {
        return (V) Node.find(root, Keys.head(key), Keys.full(key));
    }

    @SuppressWarnings("unchecked") // only a V is ever put
    public @Nullable V get(long key) {
        return (V) Node.find(root, key, null);
    }

    /** All entries, ascending. */
    public TreeCursor<V> cursor() {
        return cursor(KeyRange.ALL, false);
    }

    /** The entries of {@code range}. */
    public TreeCursor<V> cursor(KeyRange range, boolean descending) {
        return new TreeCursor<>(root, range, descending, null);
    }

    /** The number of keys below {@code key}, in O(log n). */
    public long rank(byte[] key) {
        return Node.rank(root, key);
    }

    /** The number of keys in {@code range}, in O(log n). */
    public long count(KeyRange range) {
        return Node.count(root, size, range);
    }

    /** A working copy; this tree never changes. */
    public MutableBTree<V> edit() {
        return new MutableBTree<>(this);
    }

    /** Whether both trees are one: true only if they hold the same entries, false also for equal trees built apart. */
    public boolean sameAs(BTree<V> other) {
        return root == other.root;
    }

    /**
     * Calls {@code visitor} in key order for each key of {@code range} whose value is another object in {@code other}
     * than in {@code base}. Subtrees that both share are skipped: O(changes * log n).
     */
    public static <V> void diff(BTree<V> base, BTree<V> other, KeyRange range, DiffVisitor<V> visitor) {
        new TreeDiff<>(base.root, other.root, range, visitor).run();
    }

    Node root() {
        return root;
    }

    /**
     * Makes a tree of strictly ascending keys in full nodes, in O(1) for each.
     *
     * <p>Confined to one thread; of no use after {@link #build}.
     */
    public static final class Builder<V> {
        private final MutableBTree<V> tree = BTree.<V>empty().edit();
        private LeafNode last = LeafNode.EMPTY;
        private long uncounted;

        private Builder() {}

        /**
         * Adds an entry behind all others.
         *
         * @throws IllegalArgumentException if the key is not above the last one
         */
        public Builder<V> append(byte[] key, V value) {
            append(Keys.head(key), Keys.full(key), value);
            return this;
        }

        /**
         * Adds an entry behind all others.
         *
         * @throws IllegalArgumentException if the key is not above the last one
         */
        public Builder<V> append(long key, V value) {
            append(key, null, value);
            return this;
        }

        public BTree<V> build() {
            countAppended();
            last = LeafNode.EMPTY;
            return tree.snapshot();
        }

        private void append(long head, byte @Nullable [] full, V value) {
            requireAscending(head, full);
            if (last.size > 0 && last.size < Node.FANOUT) {
                last.insert(last.size, head, full, value);
                uncounted++;
            } else {
                countAppended();
                tree.store(head, full, value);
                last = tree.lastLeaf();
            }
        }

        private void requireAscending(long head, byte @Nullable [] full) {
            if (last.size > 0 && last.compareKey(last.size - 1, head, full) >= 0) {
                throw new IllegalArgumentException("key `" + Keys.text(Keys.key(head, full)) + "` is not above key `"
                        + Keys.text(last.key(last.size - 1)) + "`; append strictly ascending keys");
            }
        }

        private void countAppended() {
            tree.countAppended(uncounted);
            uncounted = 0;
        }
    }
}
