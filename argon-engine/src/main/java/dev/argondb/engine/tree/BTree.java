package dev.argondb.engine.tree;

import dev.argondb.engine.page.PageId;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from keys to values, ordered by {@link Keys#compare}. A {@code long} key stands for the eight bytes
 * of {@link Keys#ofLong}. Key arrays are kept as they are given and handed out the same way: nobody may modify them.
 *
 * <p>Nodes are in memory, or pages that are read when they are first used and may be given up again at any time (see {@link
 * PageCache}). All that reads throws {@link dev.argondb.CorruptDataException} where such a page is missing or damaged.
 *
 * <p>Immutable and thread-safe.
 */
public final class BTree<V> {
    private static final BTree<?> EMPTY = new BTree<>(LeafNode.EMPTY, 0);

    /** A {@link Node} or a {@link PageRef}; either may be exchanged for a reference to the same node's page. */
    private Object root;

    private final long size;
    private final int newNodes;

    BTree(Object root, long size) {
        this(root, size, 0);
    }

    BTree(Object root, long size, int newNodes) {
        this.root = root;
        this.size = size;
        this.newNodes = newNodes;
    }

    /** The tree without entries. */
    @SuppressWarnings("unchecked") // it holds no value
    public static <V> BTree<V> empty() {
        return (BTree<V>) EMPTY;
    }

    /**
     * The tree of {@code size} entries whose root is a page. Nothing is read until it is used.
     *
     * @param codec the one it was written by
     */
    public static <V> BTree<V> open(PageCache cache, ValueCodec<V> codec, PageId root, long size) {
        return new BTree<>(PageRef.ofRoot(new NodePages<>(cache, codec), root), size);
    }

    /** Makes a tree of ascending keys. */
    public static <V> Builder<V> builder() {
        return new Builder<>();
    }

    public long size() {
        return size;
    }

    /** Returns how many nodes were copied to make this tree of the one it was edited from; 0 for one that was not. */
    public int newNodes() {
        return newNodes;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    @SuppressWarnings("unchecked") // only a V is ever put
    public @Nullable V get(byte[] key) {
        return (V) Node.find(root(), Keys.head(key), Keys.full(key));
    }

    @SuppressWarnings("unchecked") // only a V is ever put
    public @Nullable V get(long key) {
        return (V) Node.find(root(), key, null);
    }

    /** All entries, ascending. */
    public TreeCursor<V> cursor() {
        return cursor(KeyRange.ALL, false);
    }

    /** The entries of {@code range}. */
    public TreeCursor<V> cursor(KeyRange range, boolean descending) {
        return new TreeCursor<>(root(), range, descending, null);
    }

    /** The number of keys below {@code key}, in O(log n). */
    public long rank(byte[] key) {
        return Node.rank(root(), key);
    }

    /** The number of keys in {@code range}, in O(log n). */
    public long count(KeyRange range) {
        return Node.count(root(), size, range);
    }

    /** A working copy; this tree never changes. */
    public MutableBTree<V> edit() {
        return new MutableBTree<>(this);
    }

    /** Whether both trees are one: true only if they hold the same entries, false also for equal trees built apart. */
    public boolean sameAs(BTree<V> other) {
        return PageRef.isSame(root, other.root);
    }

    /**
     * Calls {@code visitor} in key order for each key of {@code range} whose value in {@code other} is not that in {@code
     * base}: neither the same object, nor the same by {@code codec}. Subtrees that both share are skipped, and not read:
     * O(changes * log n).
     */
    public static <V> void diff(
            BTree<V> base, BTree<V> other, KeyRange range, ValueCodec<V> codec, DiffVisitor<V> visitor) {
        if (!base.sameAs(other)) {
            new TreeDiff<>(base.root(), other.root(), range, codec::same, visitor).run();
        }
    }

    /** The page of the root; null if it was not stored yet. */
    public @Nullable PageId page() {
        PageRef page = PageRef.of(root);
        return page == null ? null : page.id;
    }

    /** The root: a node, or a reference to its page. */
    Object rootOrPage() {
        return root;
    }

    Node root() {
        Object present = root;
        if (present instanceof Node node) {
            return node;
        }
        Node node = PageRef.node(present);
        PageRef resident = node.page;
        if (resident != null && resident != present) {
            root = resident;
        }
        return node;
    }

    /** Exchanges the root, if it is stored, for a reference to its page. */
    void releaseStored() {
        PageRef page = PageRef.of(root);
        if (page != null) {
            root = page;
        }
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
