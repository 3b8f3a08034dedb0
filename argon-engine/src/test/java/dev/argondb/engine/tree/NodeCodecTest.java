package dev.argondb.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.page.PageId;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NodeCodecTest {
    private final StoredTrees trees = new StoredTrees(Long.MAX_VALUE);

    @ParameterizedTest
    @EnumSource
    void page_anyByteFlipped_isAnErrorOrHasAnotherId(KeyShape shape) {
        for (PageId id : pages(tree(shape, 300))) {
            byte[] page = trees.store.read(id);
            for (int bit = 0; bit < page.length * Byte.SIZE; bit += 3) {
                byte[] flipped = page.clone();
                flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                assertThat(PageId.of(flipped, 0, flipped.length)).isNotEqualTo(id);
                decodes(flipped);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void page_cutShort_isAnError(KeyShape shape) {
        for (PageId id : pages(tree(shape, 100))) {
            byte[] page = trees.store.read(id);
            for (int length = 0; length < page.length; length++) {
                assertThat(decodes(java.util.Arrays.copyOf(page, length))).isFalse();
            }
        }
    }

    @Test
    void page_ofRandomBytes_isAnErrorOrANode() {
        Random random = new Random(5);
        for (int i = 0; i < 100_000; i++) {
            byte[] page = new byte[3 + random.nextInt(200)];
            random.nextBytes(page);
            page[0] = NodeCodec.VERSION;
            page[1] = (byte) Numbers.CODEC.kind();
            page[2] = (byte) random.nextInt(3);
            decodes(page);
        }
    }

    /** Whether a page is a node; throws nothing but what says that it is none. */
    private boolean decodes(byte[] page) {
        try {
            NodeCodec.decode(page, new NodePages<>(trees.cache, Numbers.CODEC));
            return true;
        } catch (MalformedRecordException | CorruptDataException e) {
            return false;
        }
    }

    @Test
    void page_ofNewerVersion_isRefused() {
        assertRefused(new byte[] {2, 99, 0, 0}, "version 2 where version 1 is the newest known");
    }

    @Test
    void page_ofOtherValues_isRefused() {
        assertRefused(new byte[] {1, 98, 0, 0}, "kind 98 of values where kind 99 is due");
    }

    private void assertRefused(byte[] page, String message) {
        assertThatThrownBy(() -> NodeCodec.decode(page, new NodePages<>(trees.cache, Numbers.CODEC)))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage(message);
    }

    @Test
    void leafOfLongKeys_withSmallValues_takesFewBytes() {
        BTree<Object> tree = StoredTrees.ofNumbers(Node.FANOUT);
        trees.store(tree);
        assertThat(trees.store.bytes()).isLessThan(20 + Node.FANOUT * 11);
    }

    @ParameterizedTest
    @EnumSource
    void tree_readBackAndWrittenByOthers_hasTheSamePages(KeyShape shape) {
        BTree<Object> tree = tree(shape, 1000);
        StoredTrees others = new StoredTrees(Long.MAX_VALUE);
        MutableBTree<Object> copy = trees.reopened(tree).edit();
        TreeStructure.touchAll(copy);
        BTree<Object> written = copy.snapshot();
        others.store(written);
        assertThat(written.page()).isEqualTo(tree.page());
    }

    private BTree<Object> tree(KeyShape shape, int keys) {
        TreeMap<byte[], Object> model = new TreeMap<>(Keys::compare);
        Random random = new Random(11);
        for (long i = 0; i < keys; i++) {
            model.put(shape.key(random), i);
        }
        BTree.Builder<Object> builder = BTree.builder();
        model.forEach(builder::append);
        BTree<Object> tree = builder.build();
        trees.store(tree);
        return tree;
    }

    private Set<PageId> pages(BTree<Object> tree) {
        PagesFound found = new PagesFound();
        new PageMarker(found).mark(tree, Numbers.CODEC);
        Set<PageId> nodes = found.ids();
        nodes.removeIf(id -> trees.store.read(id)[0] != NodeCodec.VERSION);
        return nodes;
    }
}
