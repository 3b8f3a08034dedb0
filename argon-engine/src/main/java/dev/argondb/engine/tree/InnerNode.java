package dev.argondb.engine.tree;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Children and the separators between them: separator {@code i} is above every key below child {@code i} and at or
 * below every key below child {@code i + 1}. {@code size} counts the separators, so there is one child more.
 *
 * <p>A child is a node, or a reference to its page and, while it is resident, the node as well, so that a descent meets no
 * reference. A node of pages only comes and goes in {@link #nodes} while others read, and in a frozen node the pages of
 * children that were stored appear in {@link #pages}: readers see either, and either is the same child. Hence the order of
 * all who are not the owner: first {@code nodes}, then, behind a fence, {@code pages}; and the other way round for those who
 * write. Only a frozen node that has a page itself is told of nodes that come and go.
 */
final class InnerNode extends Node {
    /** One in so many reads through a reference takes the node over from the parent that has it. */
    private static final int TAKE_OVER = 16;

    private final int level;

    /** Children in memory; null where the page is known and its node is not here. */
    private @Nullable Node[] nodes;

    /** Pages of children; null where one is not stored, or while none is. */
    private @Nullable PageRef @Nullable [] pages;

    private long[] counts;
    private boolean sharesCounts;

    /** Reads through references, roughly. */
    private int detours;

    private InnerNode(Owner owner, Node onlyChild, long count) {
        super(owner);
        level = onlyChild.level() + 1;
        nodes = new Node[] {onlyChild};
        counts = new long[] {count};
    }

    /** A frozen node of stored children. */
    InnerNode(int level, long[] heads, byte @Nullable [] @Nullable [] keys, PageRef[] pages, long[] counts) {
        super(heads, keys);
        this.level = level;
        this.nodes = new Node[pages.length];
        this.pages = pages;
        this.counts = counts;
    }

    private InnerNode(Owner owner, InnerNode original) {
        super(owner, original);
        level = original.level;
        nodes = original.copyOfNodes();
        pages = original.copyOfPages(nodes);
        counts = original.counts;
        sharesCounts = true;
    }

    private InnerNode(Owner owner, InnerNode left, int at) {
        super(owner, left, at);
        level = left.level;
        nodes = Arrays.copyOfRange(left.nodes, at, left.childCount());
        pages = left.pages == null ? null : Arrays.copyOfRange(left.pages, at, left.childCount());
        counts = Arrays.copyOfRange(left.counts, at, left.childCount());
    }

    /** The first half of a copy: {@link #copyOfPages} must follow. */
    private @Nullable Node[] copyOfNodes() {
        return Arrays.copyOf(nodes, childCount());
    }

    /** Copies the pages, and takes nodes that may come and go from the copy of the nodes. */
    private @Nullable PageRef @Nullable [] copyOfPages(@Nullable Node[] copyOfNodes) {
        VarHandle.acquireFence();
        @Nullable PageRef[] known = pages;
        if (known == null) {
            return null;
        }
        @Nullable PageRef[] copy = Arrays.copyOf(known, childCount());
        for (int i = 0; i < copy.length; i++) {
            if (copy[i] != null) {
                copyOfNodes[i] = null;
            }
        }
        return copy;
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
        Node node = nodes[slot];
        if (node == null) {
            return throughPage(slot);
        }
        if (!node.visited) {
            node.visited = true;
        }
        return node;
    }

    @SuppressWarnings("ReferenceEquality") // one of several references to one page
    private Node throughPage(int slot) {
        VarHandle.acquireFence();
        PageRef ref = Objects.requireNonNull(Objects.requireNonNull(pages)[slot]);
        Node node = ref.node();
        PageRef resident = Objects.requireNonNull(node.page);
        if (resident != ref) {
            pages[slot] = resident;
        }
        if (page != null && (!resident.isLinked() || ++detours % TAKE_OVER == 0)) {
            resident.link(node, nodes, slot);
        }
        return node;
    }

    /** A child if it is in memory, and null otherwise; it is not marked as visited. */
    @Nullable
    Node resident(int slot) {
        Node node = nodes[slot];
        Object child = node == null ? childOrPage(slot) : node;
        return child instanceof PageRef ref ? ref.node : (Node) child;
    }

    /** A child as it is at hand: a {@link PageRef}, or a {@link Node} that is not stored. */
    Object childOrPage(int slot) {
        Node node = nodes[slot];
        VarHandle.acquireFence();
        @Nullable PageRef[] known = pages;
        PageRef ref = known == null ? null : known[slot];
        return ref != null ? ref : Objects.requireNonNull(node);
    }

    /** Lets children of this frozen node that are stored come and go. */
    void releaseStored() {
        @Nullable PageRef[] known = pages == null ? new PageRef[childCount()] : pages;
        for (int i = 0; i < childCount(); i++) {
            Node node = nodes[i];
            if (node != null && node.page != null) {
                known[i] = node.page;
            }
        }
        pages = known;
        for (int i = 0; i < childCount(); i++) {
            Node node = nodes[i];
            PageRef ref = known[i];
            if (node != null && ref != null) {
                ref.linkOrDrop(node, nodes, i);
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
        nodes[slot] = child;
        if (pages != null) {
            pages[slot] = null;
        }
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
        nodes = Slots.insert(nodes, childCount(), slot + 1, right, true);
        if (pages != null) {
            pages = Slots.insert(pages, childCount(), slot + 1, null, true);
        }
        insertKey(slot, separatorHead, separatorFull);
    }

    /** Takes out the right neighbour of the child at {@code slot}, which has absorbed it. */
    void removeRight(int slot) {
        addCount(slot, counts[slot + 1]);
        counts = Slots.remove(counts, childCount(), slot + 1, true);
        nodes = Slots.remove(nodes, childCount(), slot + 1, true);
        if (pages != null) {
            pages = Slots.remove(pages, childCount(), slot + 1, true);
        }
        removeKey(slot);
    }

    /** {@inheritDoc} The separator in front of child {@code at} goes to neither half. */
    @Override
    InnerNode split(int at, Owner owner) {
        InnerNode right = new InnerNode(owner, this, at);
        Arrays.fill(nodes, at, childCount(), null);
        if (pages != null) {
            Arrays.fill(pages, at, childCount(), null);
        }
        truncateKeys(at - 1);
        return right;
    }

    @Override
    void absorb(Node right, long separatorHead, byte @Nullable [] separatorFull) {
        InnerNode neighbour = (InnerNode) right;
        counts = Slots.join(counts, childCount(), neighbour.counts, neighbour.childCount());
        absorbChildren(neighbour);
        sharesCounts = false;
        insertKey(size, separatorHead, separatorFull);
        joinKeys(right);
    }

    private void absorbChildren(InnerNode right) {
        @Nullable Node[] rightNodes = right.copyOfNodes();
        @Nullable PageRef[] rightPages = right.copyOfPages(rightNodes);
        if (pages != null || rightPages != null) {
            @Nullable PageRef[] left = pages == null ? new PageRef[childCount()] : pages;
            @Nullable PageRef[] added = rightPages == null ? new PageRef[right.childCount()] : rightPages;
            pages = Slots.join(left, childCount(), added, right.childCount());
        }
        nodes = Slots.join(nodes, childCount(), rightNodes, right.childCount());
    }
}
