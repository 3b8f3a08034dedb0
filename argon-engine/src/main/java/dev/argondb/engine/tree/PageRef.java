package dev.argondb.engine.tree;

import dev.argondb.engine.page.PageId;
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
}
