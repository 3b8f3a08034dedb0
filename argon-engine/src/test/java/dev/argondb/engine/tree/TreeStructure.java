package dev.argondb.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks what must hold of every tree's nodes, whatever was done to it. */
final class TreeStructure {
    private long nodes;

    private TreeStructure() {}

    static void assertSound(BTree<?> tree) {
        assertSound(tree.root(), tree.size());
    }

    static void assertSound(MutableBTree<?> tree) {
        assertSound(tree.root(), tree.size());
    }

    /** All nodes of a tree. */
    static long nodes(BTree<?> tree) {
        TreeStructure structure = new TreeStructure();
        structure.check(tree.root(), null, null, true);
        return structure.nodes;
    }

    /** Makes a tree copy all its nodes, changing nothing. */
    static void touchAll(MutableBTree<Object> tree) {
        List<byte[]> keys = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (TreeCursor<Object> cursor = tree.cursor(); cursor.next(); ) {
            keys.add(cursor.key());
            values.add(cursor.value());
        }
        for (int i = 0; i < keys.size(); i++) {
            tree.put(keys.get(i), StoredTrees.small(-1));
            tree.put(keys.get(i), values.get(i));
        }
    }

    private static void assertSound(Node root, long size) {
        assertThat(new TreeStructure().check(root, null, null, true)).isEqualTo(size);
        if (root instanceof InnerNode inner) {
            assertThat(inner.childCount()).isGreaterThan(1);
        }
    }

    /** Checks a node and all below, whose keys lie from {@code low} to below {@code high}; returns their number. */
    private long check(Node node, byte @Nullable [] low, byte @Nullable [] high, boolean onRightEdge) {
        nodes++;
        checkKeys(node, new KeyRange(low, high));
        assertThat(node.overflows()).isFalse();
        if (!onRightEdge) {
            assertThat(node.underflows())
                    .as("underfull node off the right edge")
                    .isFalse();
        }
        return node instanceof InnerNode inner ? checkChildren(inner, low, high, onRightEdge) : checkLeaf(node);
    }

    private static long checkLeaf(Node leaf) {
        assertThat(leaf.level()).isZero();
        for (int i = 0; i < leaf.size; i++) {
            assertThat(((LeafNode) leaf).values[i]).isNotNull();
        }
        return leaf.size;
    }

    private static void checkKeys(Node node, KeyRange range) {
        for (int i = 0; i < node.size; i++) {
            byte[] key = node.key(i);
            assertThat(range.contains(key)).isTrue();
            assertThat(node.search(Keys.head(key), Keys.full(key))).isEqualTo(i);
            if (i > 0) {
                assertThat(Keys.compare(node.key(i - 1), key)).isNegative();
            }
        }
    }

    private long checkChildren(InnerNode inner, byte @Nullable [] low, byte @Nullable [] high, boolean onRightEdge) {
        long count = 0;
        for (int i = 0; i < inner.childCount(); i++) {
            Node child = inner.child(i);
            boolean last = i == inner.size;
            assertThat(child.level()).isEqualTo(inner.level() - 1);
            long below = check(child, i == 0 ? low : inner.key(i - 1), last ? high : inner.key(i), onRightEdge && last);
            assertThat(inner.count(i)).isEqualTo(below);
            count += below;
        }
        assertThat(inner.childCount()).isGreaterThan(1);
        assertThat(inner.count()).isEqualTo(count);
        return count;
    }
}
