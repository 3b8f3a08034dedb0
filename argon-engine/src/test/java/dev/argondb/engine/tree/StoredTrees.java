package dev.argondb.engine.tree;

import dev.argondb.engine.page.PageBatch;
import dev.argondb.engine.page.PageId;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;

/** Trees written to a store in memory and read back through a cache. */
final class StoredTrees {
    final WatchedStore store = new WatchedStore();
    final PageCache cache;

    StoredTrees(long maxWeightBytes) {
        cache = new PageCache(store, maxWeightBytes);
    }

    /** Stores a tree, and returns it, or what is read back. */
    BTree<Object> stored(BTree<Object> tree, Random random) {
        Supplier<BTree<Object>> result = random.nextBoolean() ? () -> tree : () -> opened(tree);
        if (!tree.isEmpty()) {
            store(tree);
        }
        return result.get();
    }

    /** Stores a tree; returns the number of nodes that took. */
    long store(BTree<Object> tree) {
        try (PageBatch batch = store.begin()) {
            TreeWriter writer = new TreeWriter(cache, batch);
            writer.write(tree, Numbers.CODEC);
            long pages = writer.pages();
            batch.commit();
            writer.published();
            return pages;
        }
    }

    /** Begins to store a tree and does not finish it. */
    void giveUp(BTree<Object> tree) {
        if (!tree.isEmpty()) {
            try (PageBatch batch = store.begin()) {
                new TreeWriter(cache, batch).write(tree, Numbers.CODEC);
            }
        }
    }

    /** Opens the pages of a stored tree. */
    BTree<Object> opened(BTree<Object> tree) {
        return opened(tree, cache);
    }

    BTree<Object> opened(BTree<Object> tree, PageCache through) {
        PageId root = tree.page();
        return root == null ? BTree.empty() : BTree.open(through, Numbers.CODEC, root, tree.size());
    }

    /** Opens the pages of a stored tree through a new cache that keeps all. */
    BTree<Object> reopened(BTree<Object> tree) {
        return opened(tree, new PageCache(store, Long.MAX_VALUE));
    }

    /** The root page of a stored tree. */
    static PageId page(BTree<Object> tree) {
        return Objects.requireNonNull(tree.page());
    }

    /** A tree of the keys from 0 on, with values that stand in their leaves. */
    static BTree<Object> ofNumbers(int count) {
        BTree.Builder<Object> builder = BTree.builder();
        for (long key = 0; key < count; key++) {
            builder.append(key, small(key));
        }
        return builder.build();
    }

    /** A value that has no page to itself. */
    static Object small(long number) {
        return number << 1 | 1;
    }

    /** A value that has a page to itself. */
    static Object large(long number) {
        return number << 6;
    }
}
