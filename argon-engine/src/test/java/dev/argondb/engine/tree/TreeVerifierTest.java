package dev.argondb.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.engine.page.PageBatch;
import dev.argondb.engine.page.PageId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeVerifierTest {
    private final StoredTrees trees = new StoredTrees(Long.MAX_VALUE);
    private final Set<PageId> visited = new HashSet<>();
    private final List<String> findings = new ArrayList<>();
    private final TreeVerifier verifier =
            new TreeVerifier(trees.store, visited, (page, what) -> findings.add("`" + page + "`: " + what));

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65, 5000, 100_000})
    void soundTree_verified_isReadOnce(int entries) {
        BTree<Object> tree = StoredTrees.ofNumbers(entries);
        trees.store(tree);
        verify(tree, entries);
        assertThat(findings).isEmpty();
        assertThat(trees.store.reads).doesNotHaveDuplicates().hasSize((int) TreeStructure.nodes(tree));
        assertThat(visited).containsExactlyInAnyOrderElementsOf(trees.store.reads);
    }

    @Test
    void sharedPages_ofASecondTree_areNotReadAgain() {
        BTree<Object> tree = StoredTrees.ofNumbers(100_000);
        trees.store(tree);
        verify(tree, 100_000);
        MutableBTree<Object> edited = tree.edit();
        edited.put(7, StoredTrees.small(-1));
        edited.remove(8);
        BTree<Object> changed = edited.snapshot();
        long pages = trees.store(changed);
        trees.store.readsSince();
        verify(changed, 99_999);
        assertThat(findings).isEmpty();
        assertThat(trees.store.reads).hasSize((int) pages);
    }

    @Test
    void largeValues_verified_areVisited() {
        MutableBTree<Object> tree = BTree.empty().edit();
        for (long key = 0; key < 200; key++) {
            tree.put(key, StoredTrees.large(key));
        }
        BTree<Object> stored = tree.snapshot();
        trees.store(stored);
        verify(stored, 200);
        assertThat(findings).isEmpty();
        assertThat(visited).hasSize(200 + (int) TreeStructure.nodes(stored));
    }

    @Test
    void size_thatIsWrong_isFound() {
        BTree<Object> tree = StoredTrees.ofNumbers(100);
        trees.store(tree);
        verify(tree, 99);
        assertThat(findings).containsExactly("`" + tree.page() + "`: the tree below has 100 entries, not 99");
    }

    @Test
    void missingLeaf_ofTwoTrees_isFoundOnce() {
        BTree<Object> tree = StoredTrees.ofNumbers(1000);
        trees.store(tree);
        PageId leaf = child(tree, 4);
        trees.store.retain(id -> !id.equals(leaf));
        verify(tree, 1000);
        verify(tree, 1000);
        assertThat(findings).containsExactly("`" + leaf + "`: page `" + leaf + "` is missing; run `verify`");
    }

    @Test
    void leaf_ofOtherContent_isFoundByItsIdKeysAndNumber() {
        BTree<Object> tree = StoredTrees.ofNumbers(1000);
        BTree<Object> other = StoredTrees.ofNumbers(63);
        trees.store(tree);
        trees.store(other);
        PageId leaf = child(tree, 4);
        trees.store.damage(leaf, trees.store.read(StoredTrees.page(other)));
        verify(tree, 1000);
        assertThat(findings)
                .containsExactly(
                        "`" + leaf + "`: its content is that of `" + other.page() + "`",
                        "`" + tree.page() + "`: child 4, page `" + leaf + "`, has 63 entries, not 64",
                        "`" + tree.page() + "`: child 4, page `" + leaf + "`, begins below the separator before it");
    }

    @Test
    void leafOfFewEntries_offTheRightEdge_isFound() {
        LeafNode few = leaf(0, 5);
        LeafNode many = leaf(100, 64);
        BTree<Object> tree = tree(few, many, 100);
        verify(tree, 69);
        assertThat(findings)
                .containsExactly("`" + tree.page() + "`: child 0, page `" + child(tree, 0)
                        + "`, has too few entries in itself or in its last children");
    }

    @Test
    void separators_thatDoNotSeparate_areFound() {
        BTree<Object> low = tree(leaf(0, 30), leaf(100, 30), 20);
        verify(low, 60);
        assertThat(findings)
                .containsExactly("`" + low.page() + "`: child 0, page `" + child(low, 0)
                        + "`, ends at or above the separator behind it");
        findings.clear();
        BTree<Object> high = tree(leaf(0, 30), leaf(100, 30), 101);
        verify(high, 60);
        assertThat(findings)
                .containsExactly("`" + high.page() + "`: child 1, page `" + child(high, 1)
                        + "`, begins below the separator before it");
    }

    @Test
    void leavesOfTwoDepths_areFound() {
        BTree<Object> deep = StoredTrees.ofNumbers(130);
        BTree<Object> tree = tree(deep.root(), leaf(1000, 30), 1000);
        verify(tree, 160);
        assertThat(findings).anyMatch(finding -> finding.endsWith("is of level 0 below level 2"));
    }

    private BTree<Object> tree(Node left, Node right, long separator) {
        InnerNode root = InnerNode.over(new Owner(), left, right, separator, null);
        BTree<Object> tree = new BTree<>(root, root.count());
        trees.store(tree);
        return tree;
    }

    private static LeafNode leaf(long from, int count) {
        long[] heads = new long[count];
        Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            heads[i] = from + i;
            values[i] = StoredTrees.small(heads[i]);
        }
        return new LeafNode(heads, null, values);
    }

    private static PageId child(BTree<Object> tree, int slot) {
        return ((PageRef) ((InnerNode) tree.root()).childOrPage(slot)).id;
    }

    private void verify(BTree<Object> tree, long size) {
        verifier.verify(StoredTrees.page(tree), size, Numbers.CODEC);
    }

    @Test
    void announcements_ofLargeValues_thatAreWrong_areFound() {
        MutableBTree<Object> edited = StoredTrees.ofNumbers(200).edit();
        edited.put(5, StoredTrees.large(5));
        BTree<Object> tree = edited.snapshot();
        trees.store(tree);
        byte[] page = trees.store.read(StoredTrees.page(tree));
        page[page.length - 1] |= 1; // the last child announces some, and has none
        PageId id = put(page);
        verifier.verify(id, 200, Numbers.CODEC);
        assertThat(findings).hasSize(1).first().asString().endsWith("does not lead to pages of values");
    }

    private PageId put(byte[] page) {
        try (PageBatch batch = trees.store.begin()) {
            PageId id = batch.put(page, 0, page.length);
            batch.commit();
            return id;
        }
    }
}
