package dev.argondb.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.engine.page.PageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operation on a stored tree of 100,000 entries may cost, counted in pages. */
class StoredTreeCostTest {
    private static final int ENTRIES = 100_000;
    private static final int HEIGHT = 3;

    private final StoredTrees trees = new StoredTrees(Long.MAX_VALUE);
    private final BTree<Object> stored = StoredTrees.ofNumbers(ENTRIES);
    private BTree<Object> tree = stored;

    @BeforeEach
    void store() {
        trees.store(stored);
        tree = trees.reopened(stored);
        trees.store.readsSince();
    }

    @Test
    void open_anyTree_readsNothing() {
        assertThat(tree.size()).isEqualTo(ENTRIES);
        assertThat(tree.page()).isEqualTo(stored.page());
        assertThat(tree.sameAs(stored)).isTrue();
        assertThat(trees.store.reads).isEmpty();
    }

    @Test
    void get_first_readsOnePath() {
        assertThat(tree.get(77_777)).isEqualTo(StoredTrees.small(77_777));
        assertThat(trees.store.reads).hasSize(HEIGHT);
    }

    @Test
    void get_again_readsNothing() {
        tree.get(77_777);
        trees.store.readsSince();
        assertThat(tree.get(77_776)).isNotNull();
        assertThat(trees.store.reads).isEmpty();
    }

    @Test
    void count_ofARange_readsTwoPaths() {
        assertThat(tree.count(new KeyRange(Keys.ofLong(10_000), Keys.ofLong(90_000))))
                .isEqualTo(80_000);
        assertThat(trees.store.reads).hasSize(2 * HEIGHT - 1);
    }

    @Test
    void cursor_overTenEntries_readsOnePathAndANeighbourAtMost() {
        TreeCursor<Object> cursor = tree.cursor(new KeyRange(Keys.ofLong(640), Keys.ofLong(650)), false);
        int count = 0;
        while (cursor.next()) {
            count++;
        }
        assertThat(count).isEqualTo(10);
        assertThat(trees.store.reads).hasSizeLessThanOrEqualTo(HEIGHT + 1);
    }

    @Test
    void edit_ofOneEntry_readsOnePath() {
        MutableBTree<Object> edited = tree.edit();
        edited.put(5, StoredTrees.small(-1));
        assertThat(trees.store.reads).hasSize(HEIGHT);
        assertThat(edited.copies).isEqualTo(HEIGHT);
    }

    @Test
    void store_ofStoredTree_writesNothing() {
        assertThat(trees.store(stored)).isZero();
        assertThat(trees.store(tree)).isZero();
        assertThat(trees.store.reads).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void store_afterSomeChanges_writesTheirPathsOnly(int changes) {
        MutableBTree<Object> edited = tree.edit();
        for (int i = 0; i < changes; i++) {
            edited.put(i * 48_271L % ENTRIES, StoredTrees.small(-1 - i));
        }
        long pages = trees.store(edited.snapshot());
        assertThat(pages).isBetween((long) changes, (long) changes * (HEIGHT - 1) + 1);
    }

    @Test
    void diff_ofOneChange_readsOnePathInEachTree() {
        MutableBTree<Object> edited = stored.edit();
        edited.put(50_000, StoredTrees.small(-1));
        BTree<Object> changed = edited.snapshot();
        trees.store(changed);
        PageCache cache = new PageCache(trees.store, Long.MAX_VALUE);
        trees.store.readsSince();
        assertThat(changedKeys(trees.opened(stored, cache), trees.opened(changed, cache)))
                .containsExactly(50_000L);
        assertThat(trees.store.reads).hasSize(2 * HEIGHT);
    }

    @Test
    void diff_ofOneTreeOpenedTwice_readsNothing() {
        assertThat(changedKeys(tree, trees.reopened(stored))).isEmpty();
        assertThat(trees.store.reads).isEmpty();
    }

    @Test
    void diff_ofLeavesThatWereReadTwice_tellsRealChangesOnly() {
        MutableBTree<Object> left = trees.reopened(stored).edit();
        left.put(100, StoredTrees.small(-1));
        MutableBTree<Object> right = trees.reopened(stored).edit();
        right.put(101, StoredTrees.small(-1));
        right.put(99_000, StoredTrees.small(-1));
        assertThat(changedKeys(left.snapshot(), right.snapshot())).containsExactly(100L, 101L, 99_000L);
    }

    @Test
    void sharedPage_ofTwoTrees_isReadOnce() {
        MutableBTree<Object> edited = stored.edit();
        edited.put(50_000, StoredTrees.small(-1));
        BTree<Object> changed = edited.snapshot();
        trees.store(changed);
        PageCache cache = new PageCache(trees.store, Long.MAX_VALUE);
        trees.store.readsSince();
        trees.opened(stored, cache).get(7);
        trees.opened(changed, cache).get(7);
        assertThat(trees.store.reads).hasSize(2 * HEIGHT - 2).doesNotHaveDuplicates();
    }

    @Test
    void marker_ofStoredTree_findsItsPagesWithoutReadingLeaves() {
        PagesFound found = new PagesFound();
        Set<PageId> marked = found.ids();
        new PageMarker(found).mark(tree, Numbers.CODEC);
        assertThat(marked).hasSize((int) TreeStructure.nodes(stored));
        assertThat(trees.store.readsSince()).isLessThan(ENTRIES / Node.FANOUT / Node.FEWEST);
        assertThat(marked).allMatch(trees.store::contains);
    }

    @Test
    void marker_ofLargeValues_findsTheirPages() {
        MutableBTree<Object> edited = tree.edit();
        edited.put(3, StoredTrees.large(3));
        edited.put(70_000, StoredTrees.large(7));
        BTree<Object> changed = edited.snapshot();
        long nodes = trees.store(changed);
        PagesFound found = new PagesFound();
        Set<PageId> marked = found.ids();
        PageMarker marker = new PageMarker(found);
        marker.mark(trees.reopened(stored), Numbers.CODEC);
        int before = marked.size();
        marker.mark(trees.reopened(changed), Numbers.CODEC);
        assertThat(marked).hasSize(before + (int) nodes + 2).allMatch(trees.store::contains);
    }

    @Test
    void marker_ofLargeValuesThatWereStoredFromMemory_findsTheirPages() {
        MutableBTree<Object> edited = stored.edit();
        edited.put(3, StoredTrees.large(3));
        BTree<Object> changed = edited.snapshot();
        trees.store(changed);
        PagesFound found = new PagesFound();
        Set<PageId> marked = found.ids();
        new PageMarker(found).mark(changed, Numbers.CODEC);
        trees.store.retain(marked::contains);
        assertThat(trees.reopened(changed).get(3)).isEqualTo(StoredTrees.large(3));
    }

    @Test
    void batch_givenUp_leavesNoTrace() {
        BTree<Object> unstored = StoredTrees.ofNumbers(1000);
        trees.giveUp(unstored);
        assertThat(unstored.page()).isNull();
        assertThat(trees.store(unstored)).isEqualTo(TreeStructure.nodes(unstored));
        assertThat(unstored.page()).isNotNull();
    }

    @Test
    void equalTrees_builtApart_havePagesInCommon() {
        assertThat(trees.store(StoredTrees.ofNumbers(ENTRIES))).isEqualTo(TreeStructure.nodes(stored));
        long bytes = trees.store.bytes();
        BTree<Object> again = StoredTrees.ofNumbers(ENTRIES);
        trees.store(again);
        assertThat(again.page()).isEqualTo(stored.page());
        assertThat(trees.store.bytes()).isEqualTo(bytes);
    }

    private static List<Long> changedKeys(BTree<Object> base, BTree<Object> other) {
        List<Long> keys = new ArrayList<>();
        BTree.diff(base, other, KeyRange.ALL, Numbers.CODEC, (key, before, after) -> keys.add(Keys.toLong(key)));
        return keys;
    }
}
