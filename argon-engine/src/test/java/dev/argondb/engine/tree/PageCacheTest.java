package dev.argondb.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.page.PageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCacheTest {
    private static final int ENTRIES = 20_000;

    @Test
    void weight_whileMoreIsRead_staysBelowItsLimit() {
        StoredTrees trees = new StoredTrees(100_000);
        BTree<Object> tree = StoredTrees.ofNumbers(ENTRIES);
        trees.store(tree);
        for (long key = 0; key < ENTRIES; key++) {
            assertThat(tree.get(key * 48_271 % ENTRIES)).isNotNull();
            assertThat(trees.cache.statistics().weightBytes()).isLessThanOrEqualTo(100_000);
        }
        assertThat(trees.cache.statistics().evictions()).isGreaterThan(1000);
    }

    @Test
    void evictedNodes_ofATreeThatIsKept_areGarbage() {
        StoredTrees trees = new StoredTrees(50_000);
        BTree<Object> tree = StoredTrees.ofNumbers(ENTRIES);
        trees.store(tree);
        for (TreeCursor<Object> cursor = tree.cursor(); cursor.next(); ) {
            assertThat(cursor.value()).isNotNull();
        }
        long pages = trees.cache.statistics().pages();
        assertThat(nodesInMemory(tree.root())).isLessThanOrEqualTo((int) pages + 1);
    }

    @Test
    void evictedNodes_ofAnEditedTree_areGarbage() {
        StoredTrees trees = new StoredTrees(50_000);
        BTree<Object> tree = StoredTrees.ofNumbers(ENTRIES);
        trees.store(tree);
        MutableBTree<Object> edited = tree.edit();
        for (long key = 0; key < ENTRIES; key += 4096) {
            for (long near = key; near < ENTRIES && near < key + 4096; near += Node.FANOUT) {
                assertThat(tree.get(near)).isNotNull();
            }
            edited.put(key, StoredTrees.small(-1));
        }
        for (TreeCursor<Object> cursor = edited.cursor(); cursor.next(); ) {
            assertThat(cursor.value()).isNotNull();
        }
        long pages = trees.cache.statistics().pages();
        assertThat(nodesInMemory(edited.root())).isLessThanOrEqualTo((int) (pages + edited.copies));
    }

    /** Nodes that a tree leads to without reading. */
    private static int nodesInMemory(Node node) {
        int count = 1;
        if (node instanceof InnerNode inner) {
            for (int i = 0; i < inner.childCount(); i++) {
                Node child = inner.resident(i);
                count += child == null ? 0 : nodesInMemory(child);
            }
        }
        return count;
    }

    @Test
    void nodesThatAreUsedMost_whileATreeIsScanned_stay() {
        StoredTrees trees = new StoredTrees(200_000);
        BTree<Object> tree = StoredTrees.ofNumbers(ENTRIES);
        trees.store(tree);
        for (TreeCursor<Object> cursor = tree.cursor(); cursor.next(); ) {
            assertThat(tree.get(777)).isNotNull();
        }
        trees.store.readsSince();
        assertThat(tree.get(777)).isNotNull();
        assertThat(trees.store.reads).isEmpty();
    }

    @Test
    void readers_ofOnePageAtOnce_readItOnceAndGetOneNode() throws Exception {
        StoredTrees trees = new StoredTrees(Long.MAX_VALUE);
        BTree<Object> stored = StoredTrees.ofNumbers(10);
        trees.store(stored);
        PageCache cache = new PageCache(trees.store, Long.MAX_VALUE);
        CyclicBarrier start = new CyclicBarrier(8);
        trees.store.onRead = Thread::yield;
        List<Node> nodes = inParallel(8, () -> {
            BTree<Object> tree = trees.opened(stored, cache);
            start.await();
            return tree.root();
        });
        assertThat(trees.store.reads).hasSize(1);
        assertThat(nodes).allMatch(node -> node == nodes.get(0));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 30_000, 300_000})
    void readersAndEditors_whileTreesAreStoredAndEvicted_seeWhatTheyShould(long maxWeightBytes) throws Exception {
        StoredTrees trees = new StoredTrees(maxWeightBytes);
        Published published = new Published(StoredTrees.ofNumbers(ENTRIES));
        AtomicBoolean finished = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int seed = i;
            readers.add(threads.submit(() -> readUntil(finished, published, new Random(seed))));
        }
        Future<?> writer = threads.submit(() -> {
            while (!finished.get()) {
                trees.store(published.tree);
            }
        });
        Random random = new Random(42);
        for (int i = 0; i < 3000; i++) {
            MutableBTree<Object> edited = published.tree.edit();
            long key = random.nextInt(ENTRIES);
            edited.put(key, StoredTrees.small(key + (long) ENTRIES * i));
            if (i % 3 == 0) {
                edited.remove(key);
                edited.put(key, StoredTrees.small(key));
            }
            published.tree = edited.snapshot();
        }
        finished.set(true);
        for (Future<?> reader : readers) {
            reader.get();
        }
        writer.get();
        threads.shutdown();
        TreeStructure.assertSound(published.tree);
    }

    private static final class Published {
        volatile BTree<Object> tree;

        Published(BTree<Object> tree) {
            this.tree = tree;
        }
    }

    /** The value of a key tells the key, whichever tree is read. */
    private static void readUntil(AtomicBoolean finished, Published published, Random random) {
        while (!finished.get()) {
            BTree<Object> tree = published.tree;
            assertThat(tree.size()).isEqualTo(ENTRIES);
            long key = random.nextInt(ENTRIES);
            assertThat(keyOf(Objects.requireNonNull(tree.get(key)))).isEqualTo(key);
            TreeCursor<Object> cursor = tree.cursor(KeyRange.atLeast(Keys.ofLong(key)), random.nextBoolean());
            for (int i = 0; i < 300 && cursor.next(); i++) {
                assertThat(keyOf(cursor.value())).isEqualTo(cursor.longKey());
            }
        }
    }

    private static long keyOf(Object value) {
        return ((Long) value >> 1) % ENTRIES;
    }

    @Test
    void missingPage_isAnErrorThatNamesIt_eachTime() {
        StoredTrees trees = new StoredTrees(Long.MAX_VALUE);
        PageId missing = new PageId(1, 2);
        BTree<Object> tree = BTree.open(trees.cache, Numbers.CODEC, missing, 10);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> tree.get(1))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining(missing.toString());
        }
    }

    @Test
    void pageOfAnotherLevel_isRefused() {
        StoredTrees trees = new StoredTrees(Long.MAX_VALUE);
        BTree<Object> tree = StoredTrees.ofNumbers(1000);
        trees.store(tree);
        BTree<Object> opened = trees.reopened(tree);
        PageId leaf = ((PageRef) ((InnerNode) opened.root()).childOrPage(3)).id;
        trees.store.damage(leaf, trees.store.read(StoredTrees.page(tree)));
        assertThatThrownBy(() -> opened.get(3 * Node.FANOUT))
                .isInstanceOf(CorruptDataException.class)
                .hasMessage(
                        "page `" + leaf + "` holds no node of this tree: level 1 where level 0 is due; run `verify`");
    }

    private static <T> List<T> inParallel(int threads, Callable<T> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            futures.add(pool.submit(task));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        pool.shutdown();
        return results;
    }
}
