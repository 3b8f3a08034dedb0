package dev.argondb.engine.tree;

import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.page.PageBatch;
import dev.argondb.engine.page.PageId;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stores the nodes of trees that have no pages yet, in one batch. Until {@link #published} nothing else knows of it, so a
 * batch that is given up leaves no trace.
 *
 * <p>Confined to one thread, beside any number that read the trees and edit copies of them.
 */
public final class TreeWriter {
    private static final int KEPT_BYTES = 1 << 16;

    private final PageCache cache;
    private final PageBatch batch;
    private final ByteSink out = new ByteSink(KEPT_BYTES);
    private final Map<Node, NodeCodec.Encoded> written = new IdentityHashMap<>();
    private final List<BTree<?>> trees = new ArrayList<>();

    /**
     * @param cache the one that the trees are read through later
     * @param batch of that cache's store; the caller commits and closes it
     */
    public TreeWriter(PageCache cache, PageBatch batch) {
        this.cache = cache;
        this.batch = batch;
    }

    /**
     * Adds the nodes of a tree to the batch, those that have no page yet, and returns the page of its root.
     *
     * @throws IllegalArgumentException if the tree is empty: it has no page
     */
    public <V> PageId write(BTree<V> tree, ValueCodec<V> codec) {
        if (tree.isEmpty()) {
            throw new IllegalArgumentException("an empty tree has no page; store its size");
        }
        trees.add(tree);
        PageId stored = tree.page();
        return stored != null ? stored : write(tree.root(), new NodePages<>(cache, codec)).id;
    }

    private PageRef write(Node node, NodePages<?> pages) {
        PageRef stored = node.page;
        if (stored != null) {
            return stored;
        }
        NodeCodec.Encoded encoded = written.get(node);
        if (encoded == null) {
            if (node instanceof InnerNode inner) {
                writeChildren(inner, pages);
            }
            encoded = NodeCodec.encode(node, pages, child -> pageOf(child, pages), batch, out);
            out.clear(KEPT_BYTES);
            written.put(node, encoded);
        }
        return encoded.ref();
    }

    /** Children first: the sink is free again when their parent needs it. */
    private void writeChildren(InnerNode inner, NodePages<?> pages) {
        for (int i = 0; i < inner.childCount(); i++) {
            pageOf(inner.childOrPage(i), pages);
        }
    }

    private PageRef pageOf(Object child, NodePages<?> pages) {
        return child instanceof Node node ? write(node, pages) : (PageRef) child;
    }

    /** The number of nodes added so far. */
    public long pages() {
        return written.size();
    }

    /**
     * Tells the trees, after the batch was committed, that their nodes are stored: the cache may give them up from now on. The
     * writer is of no use any more.
     */
    public void published() {
        written.values().forEach(encoded -> cache.adopt(encoded.ref(), encoded.node()));
        for (Node node : written.keySet()) {
            if (node instanceof InnerNode inner) {
                inner.releaseStored();
            }
        }
        trees.forEach(BTree::releaseStored);
        written.clear();
        trees.clear();
    }
}
