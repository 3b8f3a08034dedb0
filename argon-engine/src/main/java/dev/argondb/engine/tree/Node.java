package dev.argondb.engine.tree;

import org.jspecify.annotations.Nullable;

/**
 * A node: ascending keys, as entries of a leaf or separators between children. It is edited only by the tree whose
 * {@link Owner} it carries, and frozen for everyone once that owner is given up.
 */
abstract sealed class Node extends SortedKeys permits LeafNode, InnerNode {
    /** Most entries of a leaf and most children of an inner node; one more while it waits to be split. */
    static final int FANOUT = 64;

    /** Fewest entries or children of a node off the right edge. */
    static final int FEWEST = FANOUT / 3;

    final @Nullable Owner owner;

    /** The page that this frozen node was read from or written to. */
    @Nullable
    PageRef page;

    /** Whether it was met since the cache looked last; lost writes are harmless. */
    boolean visited;

    Node(@Nullable Owner owner) {
        this.owner = owner;
    }

    /** A frozen node of these keys, as {@link SortedKeys#SortedKeys(long[], byte[][])} takes them. */
    Node(long[] heads, byte @Nullable [] @Nullable [] keys) {
        super(heads, keys);
        this.owner = null;
    }

    /** The same node, to be edited by {@code owner}; arrays stay shared until they change. */
    Node(Owner owner, Node original) {
        super(original);
        this.owner = owner;
    }

    /** The part of {@code left} from key {@code at} on. */
    Node(Owner owner, Node left, int at) {
        super(left, at);
        this.owner = owner;
    }

    /** Zero for a leaf, one more than its children for an inner node. */
    abstract int level();

    /** Entries in this node and below. */
    abstract long count();

    /** The same content, to be edited by {@code owner}; arrays stay shared until they change. */
    abstract Node copy(Owner owner);

    abstract boolean overflows();

    abstract boolean underflows();

    /** Moves everything from {@code at} on into a new right neighbour, which this returns. */
    abstract Node split(int at, Owner owner);

    /** Appends the content of the right neighbour, which stays as it is. */
    abstract void absorb(Node right, long separatorHead, byte @Nullable [] separatorFull);

    /** The value of a key below {@code root}. */
    static @Nullable Object find(Node root, long head, byte @Nullable [] full) {
        Node node = root;
        while (node instanceof InnerNode inner) {
            node = inner.child(inner.slot(head, full));
        }
        int at = node.search(head, full);
        return at < 0 ? null : ((LeafNode) node).values[at];
    }

    /** The number of keys below {@code root} that are smaller than {@code key}. */
    static long rank(Node root, byte[] key) {
        long head = Keys.head(key);
        byte @Nullable [] full = Keys.full(key);
        long rank = 0;
        Node node = root;
        while (node instanceof InnerNode inner) {
            int slot = inner.slot(head, full);
            rank += inner.countBefore(slot);
            node = inner.child(slot);
        }
        return rank + node.lowerBound(key);
    }

    /** The number of keys below {@code root}, which has {@code size} in all, that lie in {@code range}. */
    static long count(Node root, long size, KeyRange range) {
        long below = range.from() == null ? 0 : rank(root, range.from());
        long upTo = range.to() == null ? size : rank(root, range.to());
        return Math.max(0, upTo - below);
    }
}
