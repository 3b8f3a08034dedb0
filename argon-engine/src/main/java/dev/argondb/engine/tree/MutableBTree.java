package dev.argondb.engine.tree;

import org.jspecify.annotations.Nullable;

/**
 * A working copy of a {@link BTree}. It copies a node the first time it touches it and edits it in place from then on,
 * until a snapshot or an unfinished cursor needs the node as it is.
 *
 * <p>Confined to one thread, with the cursors over it; its snapshots are free.
 */
public final class MutableBTree<V> {
    /** More levels than any tree has: all nodes but those of the right edge have {@link Node#FEWEST} children. */
    static final int MOST_LEVELS = 16;

    private Node root;
    private long size;
    private @Nullable Owner owner;
    private @Nullable BTree<V> snapshot;

    /** Inner nodes from the root to the leaf of the last descent, and the slot taken in each. */
    private final InnerNode[] path = new InnerNode[MOST_LEVELS];

    private final int[] slots = new int[MOST_LEVELS];
    private int depth;

    /** Nodes copied so far. */
    long copies;

    MutableBTree(BTree<V> base) {
        this.root = base.root();
        this.size = base.size();
        this.snapshot = base;
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

    /** Sets the value of a key and returns the previous one. */
    public @Nullable V put(byte[] key, V value) {
        return store(Keys.head(key), Keys.full(key), value);
    }

    /** Sets the value of a key and returns the previous one. */
    public @Nullable V put(long key, V value) {
        return store(key, null, value);
    }

    /** Takes out a key and returns the value it had. */
    public @Nullable V remove(byte[] key) {
        return delete(Keys.head(key), Keys.full(key));
    }

    /** Takes out a key and returns the value it had. */
    public @Nullable V remove(long key) {
        return delete(key, null);
    }

    /** All entries of this moment, ascending. */
    public TreeCursor<V> cursor() {
        return cursor(KeyRange.ALL, false);
    }

    /** The entries of {@code range} at this moment, whatever is edited later. */
    public TreeCursor<V> cursor(KeyRange range, boolean descending) {
        return new TreeCursor<>(root, range, descending, owner);
    }

    /** As {@link #cursor(KeyRange, boolean)} upwards, but valid only until the next edit, which goes on in place. */
    public TreeCursor<V> peek(KeyRange range) {
        return new TreeCursor<>(root, range, false, null);
    }

    /** The number of keys below {@code key}, in O(log n). */
    public long rank(byte[] key) {
        return Node.rank(root, key);
    }

    /** The number of keys in {@code range}, in O(log n). */
    public long count(KeyRange range) {
        return Node.count(root, size, range);
    }

    /** The present content, in O(1). */
    public BTree<V> snapshot() {
        BTree<V> present = snapshot;
        if (present == null) {
            present = size == 0 ? BTree.empty() : new BTree<>(root, size, (int) Math.min(copies, Integer.MAX_VALUE));
            snapshot = present;
            owner = null;
        }
        return present;
    }

    @SuppressWarnings("unchecked") // only a V is ever put
    @Nullable
    V store(long head, byte @Nullable [] full, V value) {
        LeafNode leaf = descend(head, full);
        int at = leaf.search(head, full);
        if (at < 0) {
            insert(leaf, ~at, head, full, value);
            return null;
        }
        Object previous = leaf.values[at];
        if (previous != value) {
            ownPath(leaf).replace(at, value);
        }
        return (V) previous;
    }

    @SuppressWarnings("unchecked") // only a V is ever put
    private @Nullable V delete(long head, byte @Nullable [] full) {
        LeafNode leaf = descend(head, full);
        int at = leaf.search(head, full);
        if (at < 0) {
            return null;
        }
        Object previous = leaf.values[at];
        LeafNode owned = ownPath(leaf);
        owned.remove(at);
        count(-1);
        mergeUpwards(owned);
        return (V) previous;
    }

    private void insert(LeafNode leaf, int at, long head, byte @Nullable [] full, V value) {
        LeafNode owned = ownPath(leaf);
        owned.insert(at, head, full, value);
        count(1);
        if (owned.overflows()) {
            splitUpwards(owned, at == owned.size - 1 && onRightEdge());
        }
    }

    private LeafNode descend(long head, byte @Nullable [] full) {
        int level = 0;
        Node node = root;
        while (node instanceof InnerNode inner) {
            int slot = inner.slot(head, full);
            path[level] = inner;
            slots[level++] = slot;
            node = inner.child(slot);
        }
        depth = level;
        return (LeafNode) node;
    }

    private void count(int change) {
        size += change;
        for (int i = 0; i < depth; i++) {
            path[i].addCount(slots[i], change);
        }
    }

    private boolean onRightEdge() {
        for (int i = 0; i < depth; i++) {
            if (slots[i] < path[i].size) {
                return false;
            }
        }
        return true;
    }

    /** Makes the nodes of the last descent, which ended at {@code leaf}, ready to be edited. */
    private LeafNode ownPath(LeafNode leaf) {
        Owner editor = editor();
        if (leaf.owner == editor) {
            return leaf;
        }
        Node node = owned(root, editor);
        root = node;
        for (int i = 0; i < depth; i++) {
            InnerNode inner = (InnerNode) node;
            path[i] = inner;
            node = ownedChild(inner, slots[i], editor);
        }
        return (LeafNode) node;
    }

    private Owner editor() {
        Owner editor = owner;
        if (editor == null || editor.readers > 0) {
            editor = new Owner();
            owner = editor;
        }
        snapshot = null;
        return editor;
    }

    private Node ownedChild(InnerNode parent, int slot, Owner editor) {
        Node child = parent.child(slot);
        Node owned = owned(child, editor);
        if (owned != child) {
            parent.replaceChild(slot, owned);
        }
        return owned;
    }

    private Node owned(Node node, Owner editor) {
        if (node.owner == editor) {
            return node;
        }
        copies++;
        PageRef stored = node.page;
        if (stored != null) {
            stored.pages.cache().copied(stored);
        }
        return node.copy(editor);
    }

    private void splitUpwards(LeafNode leaf, boolean appending) {
        splitLeaf(leaf, appending);
        for (int i = depth - 1; i >= 0 && path[i].overflows(); i--) {
            splitInner(path[i], i, appending);
        }
    }

    private void splitLeaf(LeafNode leaf, boolean appending) {
        Node right = leaf.split(appending ? leaf.size - 1 : leaf.size / 2, editor());
        insertRight(leaf, right, depth, right.head(0), right.full(0));
    }

    /** An appending split leaves the left node full; the right one needs two children to have a neighbour each. */
    private void splitInner(InnerNode inner, int level, boolean appending) {
        int at = appending ? inner.childCount() - 2 : inner.childCount() / 2;
        long head = inner.head(at - 1);
        byte @Nullable [] full = inner.full(at - 1);
        insertRight(inner, inner.split(at, editor()), level, head, full);
    }

    private void insertRight(Node left, Node right, int level, long head, byte @Nullable [] full) {
        if (level == 0) {
            root = InnerNode.over(editor(), left, right, head, full);
        } else {
            path[level - 1].insertRight(slots[level - 1], right, head, full);
        }
    }

    private void mergeUpwards(Node changed) {
        Node node = changed;
        for (int i = depth - 1; i >= 0 && node.underflows(); i--) {
            node = path[i];
            refill(path[i], slots[i]);
        }
        dropRoot();
    }

    /** Joins the child at {@code slot} with a neighbour, and parts them evenly if they do not fit into one node. */
    private void refill(InnerNode parent, int slot) {
        int leftSlot = Math.max(0, slot - 1);
        Node left = ownedChild(parent, leftSlot, editor());
        left.absorb(parent.child(leftSlot + 1), parent.head(leftSlot), parent.full(leftSlot));
        parent.removeRight(leftSlot);
        if (left instanceof LeafNode leaf && leaf.overflows()) {
            partLeaves(parent, leftSlot, leaf);
        } else if (left instanceof InnerNode inner && inner.overflows()) {
            partInners(parent, leftSlot, inner);
        }
    }

    private void partLeaves(InnerNode parent, int slot, LeafNode leaf) {
        Node right = leaf.split(leaf.size / 2, editor());
        parent.insertRight(slot, right, right.head(0), right.full(0));
    }

    private void partInners(InnerNode parent, int slot, InnerNode inner) {
        int at = inner.childCount() / 2;
        long head = inner.head(at - 1);
        byte @Nullable [] full = inner.full(at - 1);
        parent.insertRight(slot, inner.split(at, editor()), head, full);
    }

    private void dropRoot() {
        if (root instanceof InnerNode inner && inner.childCount() == 1) {
            root = inner.child(0);
        } else if (size == 0) {
            root = LeafNode.EMPTY;
        }
    }

    Node root() {
        return root;
    }

    /** The leaf that an append goes to; owned after an append. */
    LeafNode lastLeaf() {
        Node node = root;
        while (node instanceof InnerNode inner) {
            node = inner.child(inner.size);
        }
        return (LeafNode) node;
    }

    /** Counts entries that were appended to {@link #lastLeaf} directly. */
    void countAppended(long added) {
        size += added;
        Node node = root;
        while (added > 0 && node instanceof InnerNode inner) {
            inner.addCount(inner.size, added);
            node = inner.child(inner.size);
        }
    }
}
