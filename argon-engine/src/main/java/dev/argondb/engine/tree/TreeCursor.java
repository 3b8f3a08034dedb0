package dev.argondb.engine.tree;

import org.jspecify.annotations.Nullable;

/**
 * A walk over the entries of one tree in one range, up or down. It starts before the first entry; {@link #next} goes on
 * to the next. It shows the tree as it was when the cursor was made.
 *
 * <p>Confined to one thread; over a {@link MutableBTree}, to the thread of that tree.
 */
public final class TreeCursor<V> {
    private final KeyRange range;
    private final int step;
    private @Nullable Owner lease;

    /** Inner nodes above {@code leaf} from the root on, and the slot taken in each. */
    private final InnerNode[] path;

    private final int[] slots;
    private final Node root;

    private @Nullable LeafNode leaf;
    private boolean finished;
    /** Position in {@code leaf}; negative while there is no current entry. */
    private int at = -1;
    /** Entries of {@code leaf} to come. */
    private int left;

    /** Leaves looked into so far. */
    int opened;

    TreeCursor(Node root, KeyRange range, boolean descending, @Nullable Owner lease) {
        this.root = root;
        this.range = range;
        this.step = descending ? -1 : 1;
        this.path = new InnerNode[root.level()];
        this.slots = new int[root.level()];
        this.lease = lease;
        if (lease != null) {
            lease.readers++;
        }
    }

    /** Moves to the next entry; false if there is none. */
    public boolean next() {
        if (left > 0) {
            left--;
            at += step;
            return true;
        }
        return nextLeaf();
    }

    /**
     * The key of the current entry; not to be modified.
     *
     * @throws IllegalStateException if there is no current entry
     */
    public byte[] key() {
        return current().key(at);
    }

    /**
     * The key of the current entry as a number.
     *
     * @throws IllegalStateException if there is no current entry, or its key is not eight bytes long
     */
    public long longKey() {
        LeafNode current = current();
        if (current.full(at) != null) {
            throw new IllegalStateException("the current key is no long key; read it with key()");
        }
        return current.heads[at];
    }

    /**
     * The value of the current entry.
     *
     * @throws IllegalStateException if there is no current entry
     */
    @SuppressWarnings("unchecked") // only a V is ever put
    public V value() {
        return (V) current().values[at];
    }

    private LeafNode current() {
        LeafNode current = leaf;
        if (at < 0 || current == null) {
            throw new IllegalStateException("the cursor stands on no entry; call next() first, and while it is true");
        }
        return current;
    }

    private boolean nextLeaf() {
        LeafNode upcoming = finished ? null : leaf == null ? seek() : neighbour();
        while (upcoming != null && !enter(upcoming)) {
            upcoming = finished ? null : neighbour();
        }
        return upcoming != null || finish();
    }

    private boolean finish() {
        finished = true;
        leaf = null;
        at = -1;
        if (lease != null) {
            lease.readers--;
            lease = null;
        }
        return false;
    }

    /** Stands on the first entry of {@code upcoming} in this direction and range; false if it has none. */
    private boolean enter(LeafNode upcoming) {
        opened++;
        int first = step > 0 ? firstOf(upcoming) : endOf(upcoming) - 1;
        int last = step > 0 ? endOf(upcoming) - 1 : firstOf(upcoming);
        int count = (last - first) * step + 1;
        finished = step > 0 ? last < upcoming.size - 1 : last > 0;
        if (count <= 0) {
            return false;
        }
        leaf = upcoming;
        at = first;
        left = count - 1;
        return true;
    }

    private int firstOf(LeafNode node) {
        byte @Nullable [] from = range.from();
        return from == null ? 0 : node.lowerBound(from);
    }

    private int endOf(LeafNode node) {
        byte @Nullable [] to = range.to();
        return to == null ? node.size : node.lowerBound(to);
    }

    /** Descends to the leaf where the range starts in this direction. */
    private LeafNode seek() {
        byte @Nullable [] start = step > 0 ? range.from() : range.to();
        if (start == null) {
            return descendEdge(root, 0);
        }
        long head = Keys.head(start);
        byte @Nullable [] full = Keys.full(start);
        Node node = root;
        for (int i = 0; node instanceof InnerNode inner; i++) {
            node = descend(inner, i, inner.slot(head, full));
        }
        return (LeafNode) node;
    }

    private @Nullable LeafNode neighbour() {
        for (int i = path.length - 1; i >= 0; i--) {
            int slot = slots[i] + step;
            if (slot >= 0 && slot < path[i].childCount()) {
                return descendEdge(descend(path[i], i, slot), i + 1);
            }
        }
        return null;
    }

    private LeafNode descendEdge(Node from, int depth) {
        Node node = from;
        for (int i = depth; node instanceof InnerNode inner; i++) {
            node = descend(inner, i, step > 0 ? 0 : inner.size);
        }
        return (LeafNode) node;
    }

    private Node descend(InnerNode inner, int depth, int slot) {
        path[depth] = inner;
        slots[depth] = slot;
        return inner.child(slot);
    }
}
