package dev.argondb.engine.tree;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.page.PageStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pages of stored trees, each page once however many trees share it, and reports what is wrong with them: pages that
 * are missing, damaged or no nodes, keys out of order or on the wrong side of a separator, wrong numbers of entries, nodes
 * with too few, leaves at different depths, and pages of values that are not announced. Nothing is kept in a cache.
 *
 * <p>Confined to one thread.
 */
public final class TreeVerifier {
    private final PageStore store;
    private final PageCache cache;
    private final Set<PageId> visited;
    private final Findings findings;
    private final Map<PageId, Summary> summaries = new HashMap<>();

    /** Takes what is found. */
    @FunctionalInterface
    public interface Findings {
        /** Takes one finding: what is wrong with a page, in one line. */
        void add(PageId page, String what);
    }

    /**
     * What a page's parents need to know of it.
     *
     * @param fitsAnywhere whether this and the nodes of its right edge have as many entries as nodes off the right edge need
     */
    private record Summary(
            int kind, int level, long count, byte[] first, byte[] last, boolean fitsAnywhere, boolean hasOwnPages) {}

    /**
     * @param visited takes the ids of all pages that are read, those of values too
     */
    public TreeVerifier(PageStore store, Set<PageId> visited, Findings findings) {
        this.store = store;
        this.cache = new PageCache(store, 0);
        this.visited = visited;
        this.findings = findings;
    }

    /**
     * Verifies one tree.
     *
     * @param size the number of entries it should have
     * @throws dev.argondb.UnavailableException if the store cannot be read
     */
    public <V> void verify(PageId root, long size, ValueCodec<V> codec) {
        Summary summary = summary(root, new NodePages<>(cache, codec));
        if (summary == null) {
            return;
        }
        if (summary.count() != size) {
            findings.add(root, "the tree below has " + summary.count() + " entries, not " + size);
        }
        if (summary.kind() != codec.kind()) {
            findings.add(root, "values of kind " + summary.kind() + " where kind " + codec.kind() + " is due");
        }
    }

    /** Returns what is known of a page; null if it is no node. */
    private @Nullable Summary summary(PageId id, NodePages<?> pages) {
        if (visited.add(id) || !summaries.containsKey(id)) {
            summaries.put(id, read(id, pages));
        }
        return summaries.get(id);
    }

    private @Nullable Summary read(PageId id, NodePages<?> pages) {
        try {
            byte[] content = store.read(id);
            PageId actual = PageId.of(content, 0, content.length);
            if (!actual.equals(id)) {
                findings.add(id, "its content is that of `" + actual + "`");
            }
            DecodedNode decoded = NodeCodec.decode(content, pages);
            NodeCodec.ownPages(content).forEach(own -> readOwnPage(id, own));
            return decoded.node() instanceof InnerNode inner
                    ? check(id, inner, decoded.hasOwnPages(), pages)
                    : summary(decoded.node(), decoded.hasOwnPages(), pages);
        } catch (CorruptDataException e) {
            findings.add(id, String.valueOf(e.getMessage()));
        } catch (MalformedRecordException e) {
            findings.add(id, "it is no node of this tree: " + e.getMessage());
        }
        return null;
    }

    private void readOwnPage(PageId leaf, PageId id) {
        if (visited.add(id)) {
            try {
                store.read(id);
            } catch (CorruptDataException e) {
                findings.add(id, "a value of page `" + leaf + "`: " + e.getMessage());
            }
        }
    }

    private static Summary summary(Node leaf, boolean hasOwnPages, NodePages<?> pages) {
        int kind = pages.codec().kind();
        return new Summary(kind, 0, leaf.size, leaf.key(0), leaf.key(leaf.size - 1), !leaf.underflows(), hasOwnPages);
    }

    /** Checks a node against its children; returns null if not all of them are nodes. */
    private @Nullable Summary check(PageId id, InnerNode inner, boolean hasOwnPages, NodePages<?> pages) {
        Summary first = null;
        Summary last = null;
        boolean complete = true;
        for (int i = 0; i < inner.childCount(); i++) {
            PageRef ref = (PageRef) inner.childOrPage(i);
            last = summary(ref.id, pages);
            first = i == 0 ? last : first;
            complete &= last != null;
            if (last != null) {
                check(id, inner, i, ref, last);
            }
        }
        if (!complete || first == null || last == null) {
            return null;
        }
        return new Summary(
                pages.codec().kind(),
                inner.level(),
                inner.count(),
                first.first(),
                last.last(),
                !inner.underflows() && last.fitsAnywhere(),
                hasOwnPages);
    }

    private void check(PageId id, InnerNode inner, int slot, PageRef ref, Summary child) {
        String where = "child " + slot + ", page `" + ref.id + "`, ";
        if (child.level() != inner.level() - 1) {
            findings.add(id, where + "is of level " + child.level() + " below level " + inner.level());
        }
        if (child.count() != inner.count(slot)) {
            findings.add(id, where + "has " + child.count() + " entries, not " + inner.count(slot));
        }
        if (slot > 0 && Keys.compare(child.first(), inner.key(slot - 1)) < 0) {
            findings.add(id, where + "begins below the separator before it");
        }
        if (slot < inner.size && Keys.compare(child.last(), inner.key(slot)) >= 0) {
            findings.add(id, where + "ends at or above the separator behind it");
        }
        if (slot < inner.size && !child.fitsAnywhere()) {
            findings.add(id, where + "has too few entries in itself or in its last children");
        }
        if (child.hasOwnPages() != ref.hasOwnPages) {
            findings.add(id, where + (child.hasOwnPages() ? "leads" : "does not lead") + " to pages of values");
        }
    }
}
