package dev.argondb.engine.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Children and the separators between them: separator {@code i} is above every key below child {@code i} and at or
 * below every key below child {@code i + 1}. {@code size} counts the separators, so there is one child more.
 *
 * <p>A child is a node, or a reference to its page. In a frozen node a child that was written to a page may be exchanged for
 * the reference to it, and a reference for another one to the same page, while others read: they see either, and either is
 * the same child.
 */
final class InnerNode extends Node {
    private final int level;
    /** Each a {@link Node} or a {@link PageRef}. */
    private Object[] children;

    private long[] counts;
    private boolean sharesChildren;
    private boolean sharesCounts;

    private InnerNode(Owner owner, Node onlyChild, long count) {
        super(owner);
        level = onlyChild.level() + 1;
        children = new Object[] {onlyChild};
        counts = new long[] {count};
    }

    /** A frozen node. */
    InnerNode(int level, long[] heads, byte @Nullable [] @Nullable [] keys, Object[] children, long[] counts) {
        super(heads, keys);
        this.level = level;
        this.children = children;
        this.counts = counts;
    }

    private InnerNode(Owner owner, InnerNode original) {
        super(owner, original);
        level = original.level;
        children = original.children;
        counts = original.counts;
        sharesChildren = true;
        sharesCounts = true;
    }

    private InnerNode(Owner owner, InnerNode left, int at) {
        super(owner, left, at);
        level = left.level;
        children = Arrays.copyOfRange(left.children, at, left.childCount());
        counts = Arrays.copyOfRange(left.counts, at, left.childCount());
    }

    /** A new root above the halves of a split one. */
    static InnerNode over(Owner owner, Node left, Node right, long separatorHead, byte @Nullable [] separatorFull) {
        InnerNode root = new InnerNode(owner, left, left.count() + right.count());
        root.insertRight(0, right, separatorHead, separatorFull);
        return root;
    }

    @Override
    int level() {
        return level;
    }

    @Override
    long count() {
        return countBefore(childCount());
    }

    int childCount() {
        return size + 1;
    }

    /** The only way to a child: it is read if it is not in memory. */
    Node child(int slot) {
        Object child = children[slot];
        return child instanceof Node node ? node : referred(slot, (PageRef) child);
    }

    private Node referred(int slot, PageRef ref) {
        Node resident = ref.node;
        if (resident == null) {
            return load(slot, ref);
        }
        if (!resident.visited) {
            resident.visited = true;
        }
        return resident;
    }

    @SuppressWarnings("ReferenceEquality") // one of several references to one page
    private Node load(int slot, PageRef ref) {
        Node node = ref.node();
        PageRef resident = node.page;
        if (resident != null && resident != ref) {
            children[slot] = resident;
        }
        return node;
    }

    /** A child as it is at hand: a {@link Node} or a {@link PageRef}. */
    Object childOrPage(int slot) {
        return children[slot];
    }

    /** Exchanges children of this frozen node that are stored for references to their pages. */
    void releaseStored() {
        for (int i = 0; i < childCount(); i++) {
            PageRef page = PageRef.of(children[i]);
            if (page != null) {
                children[i] = page;
            }
        }
    }

    /** Entries below the child at {@code slot}. */
    long count(int slot) {
        return counts[slot];
    }

    /** Entries below the children left of {@code slot}. */
    long countBefore(int slot) {
        long sum = 0;
        for (int i = 0; i < slot; i++) {
            sum += counts[i];
        }
        return sum;
    }

    /** The slot of the child whose stretch holds the key. */
    int slot(long head, byte @Nullable [] full) {
        int at = search(head, full);
        return at < 0 ? ~at : at + 1;
    }

    @Override
    InnerNode copy(Owner owner) {
        return new InnerNode(owner, this);
    }

    @Override
    boolean overflows() {
        return childCount() > FANOUT;
    }

    @Override
    boolean underflows() {
        return childCount() < FEWEST;
    }

    void replaceChild(int slot, Node child) {
        if (sharesChildren) {
            children = Arrays.copyOf(children, childCount());
            sharesChildren = false;
        }
        children[slot] = child;
    }

    void addCount(int slot, long added) {
        if (sharesCounts) {
            counts = Arrays.copyOf(counts, childCount());
            sharesCounts = false;
        }
        counts[slot] += added;
    }

    /** Puts {@code right}, split off the child at {@code slot}, next to it. */
    void insertRight(int slot, Node right, long separatorHead, byte @Nullable [] separatorFull) {
        long moved = right.count();
        addCount(slot, -moved);
        counts = Slots.insert(counts, childCount(), slot + 1, moved, true);
        children = Slots.insert(children, childCount(), slot + 1, right, !sharesChildren);
        sharesChildren = false;
        insertKey(slot, separatorHead, separatorFull);
    }

    /** Takes out the right neighbour of the child at {@code slot}, which has absorbed it. */
    void removeRight(int slot) {
        addCount(slot, counts[slot + 1]);
        counts = Slots.remove(counts, childCount(), slot + 1, true);
        children = Slots.remove(children, childCount(), slot + 1, !sharesChildren);
        sharesChildren = false;
        removeKey(slot);
    }

    /** {@inheritDoc} The separator in front of child {@code at} goes to neither half. */
    @Override
    InnerNode split(int at, Owner owner) {
        InnerNode right = new InnerNode(owner, this, at);
        Arrays.fill(children, at, childCount(), null);
        truncateKeys(at - 1);
        return right;
    }

    @Override
    void absorb(Node right, long separatorHead, byte @Nullable [] separatorFull) {
        InnerNode neighbour = (InnerNode) right;
        counts = Slots.join(counts, childCount(), neighbour.counts, neighbour.childCount());
        children = Slots.join(children, childCount(), neighbour.children, neighbour.childCount());
        sharesCounts = false;
        sharesChildren = false;
        insertKey(size, separatorHead, separatorFull);
        joinKeys(right);
    }
}
