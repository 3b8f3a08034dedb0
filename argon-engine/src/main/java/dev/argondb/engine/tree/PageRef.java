package dev.argondb.engine.tree;

import dev.argondb.engine.page.PageId;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a node that is stored as a page, and the node itself while it is resident. Several references may name one
 * page; only one of them, which its cache knows, has the node.
 *
 * <p>Thread-safe. The node may vanish at any moment: who read it keeps it as long as needed.
 */
final class PageRef {
    private static final int UNKNOWN_LEVEL = -1;

    final NodePages<?> pages;
    final PageId id;

    /** The node while it is resident; set and cleared under this object's lock. */
    volatile @Nullable Node node;

    /** Zero for a leaf; unknown of a root that was not read yet. */
    private final byte level;

    /** Whether any leaf here or below names pages that values have to themselves. */
    final boolean hasOwnPages;

    /** Where a parent has the node too, so that it is met without this reference; guarded by this object's lock. */
    private @Nullable Node @Nullable [] parent;

    private int slot;

    /** Neighbours in the order of the cache, and heap bytes; guarded by the cache. */
    @Nullable
    PageRef newer;

    @Nullable
    PageRef older;

    int weight;

    PageRef(NodePages<?> pages, PageId id, int level, boolean hasOwnPages) {
        this.pages = pages;
        this.id = id;
        this.level = (byte) level;
        this.hasOwnPages = hasOwnPages;
    }

    /** A root that was not read yet. It never becomes resident: once it is read, another reference stands for it. */
    static PageRef ofRoot(NodePages<?> pages, PageId id) {
        return new PageRef(pages, id, UNKNOWN_LEVEL, false);
    }

    boolean isUnknown() {
        return level == UNKNOWN_LEVEL;
    }

    int level() {
        return level;
    }

    /** Whether a slot's content (a node or a reference) and another one's are equal by identity or as pages. */
    @SuppressWarnings("ReferenceEquality") // frozen nodes are told apart by identity
    static boolean isSame(Object a, Object b) {
        if (a == b) {
            return true;
        }
        PageRef left = of(a);
        PageRef right = of(b);
        return left != null && right != null && left.id.equals(right.id);
    }

    /** The reference that a slot's content is or has; null for a node that is not stored. */
    static @Nullable PageRef of(Object slot) {
        return slot instanceof Node node ? node.page : (PageRef) slot;
    }

    /** The node of a slot's content, read if it is not resident. */
    static Node node(Object slot) {
        return slot instanceof Node node ? node : ((PageRef) slot).node();
    }

    /** The node, read if it is not resident. */
    Node node() {
        Node resident = node;
        if (resident == null) {
            return pages.cache().load(this);
        }
        if (!resident.visited) {
            resident.visited = true;
        }
        return resident;
    }

    /** Whether some parent has the node; a guess. */
    boolean isLinked() {
        return parent != null;
    }

    /** Puts the node, if it is still the resident one, into a slot of a parent that knows this page, and out of another's. */
    @SuppressWarnings("ReferenceEquality") // frozen nodes are told apart by identity
    synchronized void link(Node expected, @Nullable Node[] newParent, int newSlot) {
        if (node == expected) {
            unlink();
            newParent[newSlot] = expected;
            parent = newParent;
            slot = newSlot;
        }
    }

    /** Leaves a node in the slot of a parent if it is the resident one and no other parent has it; else takes it out. */
    @SuppressWarnings("ReferenceEquality") // frozen nodes are told apart by identity
    synchronized void linkOrDrop(Node present, @Nullable Node[] newParent, int newSlot) {
        if (node == present && parent == null) {
            parent = newParent;
            slot = newSlot;
        } else if (parent != newParent) {
            VarHandle.releaseFence();
            newParent[newSlot] = null;
        }
    }

    /** Makes the node not resident any more. */
    synchronized void clear() {
        unlink();
        node = null;
    }

    private void unlink() {
        if (parent != null) {
            VarHandle.releaseFence();
            parent[slot] = null;
            parent = null;
        }
    }
}
