package dev.argondb.engine.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operation on a million entries may cost, counted in nodes. */
class BTreeCostTest {
    private static final long ENTRIES = 1_000_000;
    private static final int HEIGHT = 4;
    private static BTree<Object> million = BTree.empty();

    @BeforeAll
    static void build() {
        BTree.Builder<Object> builder = BTree.builder();
        for (long key = 0; key < ENTRIES; key++) {
            builder.append(key, "value");
        }
        million = builder.build();
    }

    @Test
    void million_builtAscending_fillsItsNodes() {
        assertThat(million.root().level() + 1).isEqualTo(HEIGHT);
        assertThat(TreeStructure.nodes(million)).isLessThan(ENTRIES / Node.FANOUT * 103 / 100);
    }

    @Test
    void put_ascending_fillsNodesLikeTheBuilder() {
        MutableBTree<Object> tree = BTree.empty().edit();
        for (long key = 0; key < 100_000; key++) {
            tree.put(key, "value");
        }
        assertThat(TreeStructure.nodes(tree.snapshot())).isLessThan(100_000 / Node.FANOUT * 103 / 100);
    }

    @Test
    void put_firstAfterEdit_copiesOnePath() {
        MutableBTree<Object> tree = million.edit();
        tree.put(500_000, "other");
        assertThat(tree.copies).isEqualTo(HEIGHT);
    }

    @Test
    void put_nextToOneBefore_copiesNothing() {
        MutableBTree<Object> tree = million.edit();
        tree.put(500_000, "other");
        tree.put(500_001, "other");
        assertThat(tree.copies).isEqualTo(HEIGHT);
    }

    @Test
    void put_afterSnapshot_copiesPathAgain() {
        MutableBTree<Object> tree = million.edit();
        tree.put(500_000, "other");
        tree.snapshot();
        tree.put(500_001, "other");
        assertThat(tree.copies).isEqualTo(2 * HEIGHT);
    }

    @Test
    void put_ofTheValueThatIsThere_copiesNothing() {
        MutableBTree<Object> tree = million.edit();
        tree.put(500_000, "value");
        assertThat(tree.copies).isZero();
        assertThat(tree.snapshot()).isSameAs(million);
    }

    @Test
    void remove_ofAbsentKey_copiesNothing() {
        MutableBTree<Object> tree = million.edit();
        assertThat(tree.remove(-1)).isNull();
        assertThat(tree.copies).isZero();
    }

    @Test
    void put_whileCursorIsUnfinished_copiesPathAgain() {
        MutableBTree<Object> tree = million.edit();
        tree.put(500_000, "other");
        TreeCursor<Object> cursor = tree.cursor(one(500_000), false);
        assertThat(cursor.next()).isTrue();
        tree.put(500_000, "third");
        assertThat(cursor.value()).isEqualTo("other");
        assertThat(tree.copies).isEqualTo(2 * HEIGHT);
    }

    @Test
    void put_afterFinishedCursor_copiesNothing() {
        MutableBTree<Object> tree = million.edit();
        tree.put(500_000, "other");
        TreeCursor<Object> cursor = tree.cursor(one(500_000), false);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.next()).isFalse();
        tree.put(500_001, "other");
        assertThat(tree.copies).isEqualTo(HEIGHT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cursor_endOfRangeInItsFirstLeaf_opensNoOther(boolean descending) {
        TreeCursor<Object> cursor = million.cursor(one(500_007), descending);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.opened).isOne();
    }

    @Test
    void keys_thatBeginAlike_areToldApartByTheirHeads() {
        BTree.Builder<Object> builder = BTree.builder();
        for (int i = 0; i < 10_000; i++) {
            builder.append(("the customer of number " + (1_000_000 + i)).getBytes(UTF_8), "value");
        }
        Node node = builder.build().root();
        while (node instanceof InnerNode inner) {
            node = inner.child(0);
        }
        assertThat(Arrays.copyOf(node.heads, node.size)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void diff_ofOneReplacement_opensOnePathInBothTrees() {
        MutableBTree<Object> tree = million.edit();
        tree.put(500_000, "other");
        assertThat(nodesOpened(tree.snapshot(), KeyRange.ALL, 1)).isEqualTo(2 * HEIGHT);
    }

    @Test
    void diff_ofOneInsertThatSplits_opensFewNodes() {
        MutableBTree<Object> tree = million.edit();
        tree.put(new byte[] {(byte) 0x80, 0, 0, 0, 0, 7, 0, 0, 1}, "other");
        assertThat(nodesOpened(tree.snapshot(), KeyRange.ALL, 1)).isLessThan(4 * HEIGHT);
    }

    @Test
    void diff_ofOneRemoval_opensFewNodes() {
        MutableBTree<Object> tree = million.edit();
        tree.remove(500_000);
        assertThat(nodesOpened(tree.snapshot(), KeyRange.ALL, 1)).isLessThan(4 * HEIGHT);
    }

    @Test
    void diff_fromTheMiddleOfALeaf_opensFewNodes() {
        MutableBTree<Object> tree = million.edit();
        tree.put(900_000, "other");
        assertThat(nodesOpened(tree.snapshot(), KeyRange.atLeast(Keys.ofLong(500_007)), 1))
                .isLessThan(4 * HEIGHT);
    }

    @Test
    void diff_ofEqualTrees_opensNothing() {
        assertThat(nodesOpened(million, KeyRange.ALL, 0)).isZero();
    }

    private static KeyRange one(long key) {
        return KeyRange.between(Keys.ofLong(key), Keys.ofLong(key));
    }

    private static long nodesOpened(BTree<Object> other, KeyRange range, int expectedChanges) {
        AtomicLong changes = new AtomicLong();
        TreeDiff<Object> diff = new TreeDiff<>(
                million.root(),
                other.root(),
                range,
                (a, b) -> a == b,
                (key, before, after) -> changes.incrementAndGet());
        diff.run();
        assertThat(changes.get()).isEqualTo(expectedChanges);
        return diff.opened;
    }
}
