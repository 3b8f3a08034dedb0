package dev.argondb.engine.tree;

import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One walk over two trees side by side. Each side stands before an entry, or before a node it has not opened yet. While
 * both stand at the same place of a node they share, both skip what is left of it; else the side that stands before the
 * higher node opens it; when both stand before an entry, the smaller key goes first.
 *
 * <p>Confined to one thread.
 */
final class TreeDiff<V> {
    private final Side before;
    private final Side after;
    private final BiPredicate<V, V> same;
    private final DiffVisitor<V> visitor;
    private final byte @Nullable [] end;

    /** Nodes looked into so far. */
    long opened;

    TreeDiff(Node before, Node after, KeyRange range, BiPredicate<V, V> same, DiffVisitor<V> visitor) {
        this.before = new Side(before, range.from());
        this.after = new Side(after, range.from());
        this.same = same;
        this.visitor = visitor;
        this.end = range.to();
    }

    void run() {
        boolean inRange = true;
        while (inRange && !(before.ended && after.ended)) {
            int shared = sharedLevel();
            if (shared >= 0) {
                before.skip(shared);
                after.skip(shared);
            } else if (before.unopened() >= 0 || after.unopened() >= 0) {
                (before.unopened() >= after.unopened() ? before : after).open();
                opened++;
            } else {
                inRange = compareEntries();
            }
        }
    }

    /** The level of the highest node that both sides stand in at the same place; negative if there is none. */
    private int sharedLevel() {
        int shared = -1;
        if (!before.ended && !after.ended) {
            int lowest = Math.max(0, Math.max(before.unopened, after.unopened));
            int highest = Math.min(before.top, after.top);
            for (int level = 0; level <= highest && before.slots[level] == after.slots[level]; level++) {
                if (level >= lowest && PageRef.isSame(before.nodes[level], after.nodes[level])) {
                    shared = level;
                }
            }
        }
        return shared;
    }

    /** Reports the smaller entry, or the pair if the keys are equal; false once that is beyond the range. */
    private boolean compareEntries() {
        int order = before.ended ? 1 : after.ended ? -1 : before.compareTo(after);
        Side smaller = order <= 0 ? before : after;
        if (end != null && smaller.compareTo(end) >= 0) {
            return false;
        }
        byte[] key = smaller.leaf().key(smaller.slots[0]);
        V old = order <= 0 ? take(before) : null;
        V now = order >= 0 ? take(after) : null;
        if (old != now && (old == null || now == null || !same.test(old, now))) {
            visitor.changed(key, old, now);
        }
        return true;
    }

    @SuppressWarnings("unchecked") // only a V is ever put
    private V take(Side side) {
        V value = (V) side.leaf().values[side.slots[0]];
        side.step();
        return value;
    }

    /**
     * A place in one tree. Arrays go by level; a slot at or below an unopened node is zero, its first place. What is not
     * opened may be a reference to a page; what is opened is a node.
     */
    private static final class Side {
        final Object[] nodes;
        final int[] slots;
        final int top;
        /** Level of the node this side stands before; negative when it stands before an entry. */
        int unopened;

        boolean ended;

        Side(Node root, byte @Nullable [] from) {
            top = root.level();
            nodes = new Object[top + 1];
            slots = new int[top + 1];
            nodes[top] = root;
            unopened = top;
            ended = root.size == 0;
            if (from != null && !ended) {
                seek(from);
            }
        }

        int unopened() {
            return ended ? -1 : unopened;
        }

        LeafNode leaf() {
            return (LeafNode) nodes[0];
        }

        int compareTo(Side other) {
            LeafNode leaf = other.leaf();
            int at = other.slots[0];
            return leaf().compareKey(slots[0], leaf.head(at), leaf.full(at));
        }

        int compareTo(byte[] key) {
            return leaf().compareKey(slots[0], Keys.head(key), Keys.full(key));
        }

        void open() {
            if (unopened < top) {
                nodes[unopened] = inner(unopened + 1).child(slots[unopened + 1]);
            }
            if (unopened > 0) {
                nodes[unopened - 1] = inner(unopened).childOrPage(0);
            }
            unopened--;
        }

        private InnerNode inner(int level) {
            return (InnerNode) nodes[level];
        }

        void step() {
            if (slots[0] + 1 < leaf().size) {
                slots[0]++;
            } else {
                skip(0);
            }
        }

        /** Moves behind the node of {@code level} and stands before what follows it. */
        void skip(int level) {
            for (int i = 0; i <= level; i++) {
                slots[i] = 0;
            }
            for (int i = level + 1; i <= top; i++) {
                if (slots[i] + 1 < inner(i).childCount()) {
                    nodes[i - 1] = inner(i).childOrPage(++slots[i]);
                    unopened = i - 1;
                    return;
                }
                slots[i] = 0;
            }
            ended = true;
        }

        private void seek(byte[] from) {
            for (int i = top; nodes[i] instanceof InnerNode inner; i--) {
                slots[i] = inner.slot(Keys.head(from), Keys.full(from));
                nodes[i - 1] = inner.child(slots[i]);
            }
            unopened = -1;
            slots[0] = leaf().lowerBound(from);
            if (slots[0] == leaf().size) {
                skip(0);
            }
        }
    }
}
