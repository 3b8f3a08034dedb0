package dev.argondb.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BTreeTest {
    private static final Object VALUE = "value";

    @Test
    void empty_asked_holdsNothing() {
        BTree<Object> empty = BTree.empty();
        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.get(1)).isNull();
        assertThat(empty.get(new byte[0])).isNull();
        assertThat(empty.cursor().next()).isFalse();
        assertThat(empty.cursor(KeyRange.ALL, true).next()).isFalse();
        assertThat(empty.count(KeyRange.prefix(new byte[] {1}))).isZero();
    }

    @Test
    void longKey_andItsEightBytes_areOneKey() {
        MutableBTree<Object> tree = BTree.empty().edit();
        tree.put(-7, VALUE);
        assertThat(tree.put(Keys.ofLong(-7), "other")).isSameAs(VALUE);
        assertThat(tree.snapshot().get(-7)).isEqualTo("other");
        assertThat(tree.size()).isOne();
    }

    @Test
    void snapshot_withoutEdits_isTheSameTree() {
        BTree<Object> tree = tree(1, 2, 3);
        assertThat(tree.edit().snapshot()).isSameAs(tree);
        MutableBTree<Object> edited = tree.edit();
        edited.put(4, VALUE);
        assertThat(edited.snapshot()).isSameAs(edited.snapshot());
    }

    @Test
    void sameAs_treesBuiltApart_isFalse() {
        assertThat(tree(1, 2).sameAs(tree(1, 2))).isFalse();
    }

    @Test
    void range_withCrossedEnds_isEmpty() {
        BTree<Object> tree = tree(1, 2, 3, 4, 5);
        KeyRange crossed = new KeyRange(Keys.ofLong(4), Keys.ofLong(2));
        assertThat(tree.count(crossed)).isZero();
        assertThat(tree.cursor(crossed, false).next()).isFalse();
        assertThat(tree.cursor(crossed, true).next()).isFalse();
    }

    @Test
    void cursor_withoutCurrentEntry_refuses() {
        TreeCursor<Object> cursor = tree(1).cursor();
        assertThatIllegalStateException()
                .isThrownBy(cursor::key)
                .withMessage("the cursor stands on no entry; call next() first, and while it is true");
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.longKey()).isOne();
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.next()).isFalse();
        assertThatIllegalStateException().isThrownBy(cursor::value).withMessageContaining("on no entry");
    }

    @Test
    void longKey_ofShorterKey_refuses() {
        MutableBTree<Object> tree = BTree.empty().edit();
        tree.put(new byte[] {1}, VALUE);
        TreeCursor<Object> cursor = tree.cursor();
        assertThat(cursor.next()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(cursor::longKey)
                .withMessage("the current key is no long key; read it with key()");
    }

    @Test
    void builder_keysOutOfOrder_refuses() {
        BTree.Builder<Object> builder = BTree.builder().append(2, VALUE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.append(1, VALUE))
                .withMessage("key `8000000000000001` is not above key `8000000000000002`;"
                        + " append strictly ascending keys");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.append(2, VALUE));
    }

    @ParameterizedTest
    @EnumSource
    void builder_ascendingKeys_holdsThemInSoundNodes(KeyShape shape) {
        TreeMap<byte[], Object> model = new TreeMap<>(Keys::compare);
        Random random = new Random(7);
        for (int i = 0; i < 3000; i++) {
            model.put(shape.key(random), new Object());
        }
        BTree.Builder<Object> builder = BTree.builder();
        model.forEach(builder::append);
        BTree<Object> tree = builder.build();
        TreeStructure.assertSound(tree);
        model.forEach((key, value) -> assertThat(tree.get(key)).isSameAs(value));
        assertThat(tree.size()).isEqualTo(model.size());
    }

    @Test
    void removal_fromTheLeftWhileAppendingRight_keepsNodesFilled() {
        MutableBTree<Object> queue = BTree.empty().edit();
        for (long key = 0; key < 50_000; key++) {
            queue.put(key, VALUE);
            if (key >= 1000) {
                assertThat(queue.remove(key - 1000)).isSameAs(VALUE);
            }
        }
        TreeStructure.assertSound(queue);
        assertThat(TreeStructure.nodes(queue.snapshot())).isLessThan(1000 / Node.FEWEST);
    }

    @Test
    void ascendingPuts_whileInnerNodesSplit_leaveNoSingleChild() {
        MutableBTree<Object> tree = BTree.empty().edit();
        for (long key = 0; key < 2L * Node.FANOUT * Node.FANOUT + Node.FANOUT; key++) {
            tree.put(key, VALUE);
            if (key % Node.FANOUT == 0) {
                TreeStructure.assertSound(tree);
            }
        }
    }

    @Test
    void descendingPuts_manyKeys_staySound() {
        MutableBTree<Object> tree = BTree.empty().edit();
        for (long key = 50_000; key > 0; key--) {
            tree.put(key, VALUE);
        }
        TreeStructure.assertSound(tree);
        assertThat(tree.rank(Keys.ofLong(25_001))).isEqualTo(25_000);
    }

    @ParameterizedTest
    @EnumSource
    void tallTree_filledAndEmptied_staysSound(Order order) {
        long[] keys = order.keys(100_000);
        MutableBTree<Object> tree = BTree.empty().edit();
        for (int i = 0; i < keys.length; i++) {
            assertThat(tree.put(keys[i], VALUE)).isNull();
            checkNowAndThen(tree, i);
        }
        assertThat(tree.root().level()).isGreaterThan(1);
        for (int i = 0; i < keys.length; i++) {
            assertThat(tree.remove(keys[i])).isSameAs(VALUE);
            checkNowAndThen(tree, i);
        }
        assertThat(tree.snapshot().sameAs(BTree.empty())).isTrue();
    }

    private static void checkNowAndThen(MutableBTree<Object> tree, int step) {
        if (step % 9973 == 0) {
            TreeStructure.assertSound(tree);
        }
    }

    @Test
    void snapshots_publishedToAnotherThread_neverChange() {
        Published published = new Published();
        CompletableFuture<Void> reader = CompletableFuture.runAsync(published::readUntilFull);
        MutableBTree<Long> tree = BTree.<Long>empty().edit();
        for (long value = 0; value < Published.FULL; value++) {
            tree.put(value * 48_271 % Published.FULL, value);
            published.tree = tree.snapshot();
        }
        reader.join();
    }

    /** A tree that one thread replaces and another reads. */
    private static final class Published {
        static final long FULL = 30_000;
        volatile BTree<Long> tree = BTree.empty();

        /** Each tree holds the values below its size, whatever the writer does meanwhile. */
        void readUntilFull() {
            BTree<Long> seen;
            do {
                seen = tree;
                long sum = 0;
                for (TreeCursor<Long> cursor = seen.cursor(); cursor.next(); ) {
                    sum += cursor.value();
                }
                assertThat(sum).isEqualTo(seen.size() * (seen.size() - 1) / 2);
            } while (seen.size() < FULL);
        }
    }

    private static BTree<Object> tree(long... keys) {
        BTree.Builder<Object> builder = BTree.builder();
        for (long key : keys) {
            builder.append(key, VALUE);
        }
        return builder.build();
    }

    /** The order in which keys come and go. */
    enum Order {
        ASCENDING,
        DESCENDING,
        SHUFFLED;

        long[] keys(int count) {
            long[] keys = new long[count];
            for (int i = 0; i < count; i++) {
                keys[i] = this == DESCENDING ? -i : this == ASCENDING ? i : i * 48_271L % count;
            }
            return keys;
        }
    }
}
