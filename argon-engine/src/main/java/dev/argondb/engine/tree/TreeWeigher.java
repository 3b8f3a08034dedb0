package dev.argondb.engine.tree;

/**
 * Weighs what trees hold in the heap beside their {@link PageCache}: nodes that have no page.
 *
 * <p>Nothing but static methods; beside any number that read the trees and edit copies of them.
 */
public final class TreeWeigher {

    private TreeWeigher() {}

    /**
     * Returns about how many bytes of heap the nodes of a tree take that have no page, as a cache would weigh them. Costs a look
     * at each slot of such a node, and one value of each such leaf.
     *
     * @param codec the one the tree is or would be written by
     */
    public static <V> long unstored(BTree<V> tree, ValueCodec<V> codec) {
        return tree.isEmpty() ? 0 : weigh(tree.rootOrPage(), codec);
    }

    private static <V> long weigh(Object slot, ValueCodec<V> codec) {
        if (PageRef.of(slot) != null) {
            return 0;
        }
        return slot instanceof InnerNode inner ? weigh(inner, codec) : weigh((LeafNode) slot, codec);
    }

    private static <V> long weigh(InnerNode inner, ValueCodec<V> codec) {
        long weight = NodeCodec.weighInner(inner.childCount()) + weighKeys(inner);
        for (int i = 0; i < inner.childCount(); i++) {
            weight += weigh(inner.childOrPage(i), codec);
        }
        return weight;
    }

    /** Values of one leaf are much alike: the one in the middle stands for all. */
    @SuppressWarnings("unchecked") // a tree of V holds nothing else
    private static <V> long weigh(LeafNode leaf, ValueCodec<V> codec) {
        long values = leaf.size == 0 ? 0 : (long) leaf.size * codec.weigh((V) leaf.values[leaf.size / 2]);
        return NodeCodec.weighLeaf(leaf.size) + weighKeys(leaf) + values;
    }

    private static long weighKeys(Node node) {
        return node.size == 0 ? 0 : (long) node.size * NodeCodec.weighKey(node, node.size / 2);
    }
}
