package dev.argondb.engine.page;

import static dev.argondb.engine.page.PageSamples.commit;
import static dev.argondb.engine.page.PageSamples.pages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.UnavailableException;
import dev.argondb.engine.volume.CountingVolume;
import dev.argondb.engine.volume.MemoryVolume;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a store reads and writes, counted. */
final class FilePageStoreCostTest {

    private static final PageStoreSettings UNCACHED = PageStoreSettings.DEFAULT.withCachedIndexBlocks(0);

    private final Random random = new Random(1);
    private final CountingVolume volume = new CountingVolume(new MemoryVolume());

    private FilePageStore open(PageStoreSettings settings) {
        return FilePageStore.open(volume, PageSamples.DATABASE, settings);
    }

    private static List<PageId> shuffled(Map<PageId, byte[]> pages, Random random) {
        List<PageId> ids = new ArrayList<>(pages.keySet());
        Collections.shuffle(ids, random);
        return ids;
    }

    @Test
    void read_amongAHundredThousandPagesWithoutCache_takesAFewReads() {
        try (FilePageStore store = open(UNCACHED)) {
            Map<PageId, byte[]> pages = commit(store, pages(random, 100_000, 60));
            store.read(pages.keySet().iterator().next());
            long sum = 0;
            long most = 0;
            List<PageId> ids = shuffled(pages, random).subList(0, 5000);
            for (PageId id : ids) {
                long before = volume.reads();
                store.read(id);
                most = Math.max(most, volume.reads() - before);
                sum += volume.reads() - before;
            }
            assertThat((double) sum / ids.size()).isLessThan(3);
            assertThat(most).isLessThanOrEqualTo(5);
        }
    }

    @Test
    void read_indexCached_takesOneRead() {
        try (FilePageStore store = open(PageStoreSettings.DEFAULT)) {
            Map<PageId, byte[]> pages = commit(store, pages(random, 20_000, 60));
            pages.keySet().forEach(store::contains);
            long before = volume.reads();
            List<PageId> ids = shuffled(pages, random).subList(0, 1000);
            ids.forEach(store::read);
            assertThat(volume.reads() - before).isEqualTo(1000);
        }
    }

    @Test
    void put_ofManyPagesThatAreThere_writesNone_andOfOthersHardlyReads() {
        try (FilePageStore store = open(UNCACHED.withCachedIndexBlocks(64))) {
            Map<PageId, byte[]> pages = commit(store, pages(random, 10_000, 60));
            commit(store, pages(random, 20_000, 60));
            long bytes = store.bytes();

            assertThat(commit(store, pages.values())).isEqualTo(pages);
            assertThat(store.bytes()).isEqualTo(bytes);

            List<byte[]> others = pages(random, 10_000, 60);
            long before = volume.reads();
            commit(store, others);
            assertThat(volume.reads() - before)
                    .isLessThan(6000); // 500 before there are filters, both indexes, and false hits
        }
    }

    @Test
    void open_anyNumberOfPages_readsTheSame() {
        long few = bytesToOpenAfter(10);
        long many = bytesToOpenAfter(20_000);
        assertThat(many).isLessThan(few + 20);
    }

    private static long bytesToOpenAfter(int pages) {
        CountingVolume volume = new CountingVolume(new MemoryVolume());
        FilePageStore store = FilePageStore.open(volume, PageSamples.DATABASE, PageStoreSettings.DEFAULT);
        commit(store, pages(new Random(2), pages, 60));
        store.close();
        long before = volume.bytesRead();
        FilePageStore.open(volume, PageSamples.DATABASE, PageStoreSettings.DEFAULT)
                .close();
        return volume.bytesRead() - before;
    }

    @Test
    void merge_afterEachOfManyBatches_keepsFilesFewAndCopiesLittle() {
        Map<PageId, byte[]> pages = new TreeMap<>();
        try (FilePageStore store = open(PageStoreSettings.DEFAULT)) {
            long before = volume.bytesRead();
            int most = 0;
            for (int i = 0; i < 300; i++) {
                pages.putAll(commit(store, pages(random, 20, 3000)));
                store.merge();
                most = Math.max(most, store.fileCount());
            }
            assertThat(most).isLessThanOrEqualTo(3 * 5);
            assertThat(volume.bytesRead() - before).isLessThan(5 * store.bytes());
            assertThat(PageSamples.findings(store)).isEmpty();
            pages.forEach((id, content) -> assertThat(store.contains(id)).isTrue());
        }
    }

    @Test
    void retain_fewDeadInSomeFiles_leavesTheOthersAlone() {
        try (FilePageStore store = open(PageStoreSettings.DEFAULT)) {
            Map<PageId, byte[]> kept = commit(store, pages(random, 500, 3000));
            long bytesKept = store.bytes();
            commit(store, pages(random, 50, 3000));
            long before = volume.bytesRead();
            store.retain(kept::containsKey);
            assertThat(store.bytes()).isEqualTo(bytesKept);
            assertThat(volume.bytesRead() - before).isLessThan(bytesKept / 10);
        }
    }

    @Test
    void retain_deadSpreadEvenly_givesBackNearlyAllOfThem() {
        PageStoreSettings small = PageStoreSettings.DEFAULT.withMaxFileBytes(200_000);
        try (FilePageStore store = open(small)) {
            Map<PageId, byte[]> pages = commit(store, pages(random, 3000, 1500));
            Map<PageId, byte[]> dead = new TreeMap<>(pages);
            dead.keySet().removeIf(id -> random.nextInt(10) > 0);
            store.retain(id -> !dead.containsKey(id));
            long left = dead.keySet().stream().filter(store::contains).count();
            assertThat(left).isLessThanOrEqualTo(dead.size() / 20);
            pages.keySet().removeAll(dead.keySet());
            assertThat(pages.keySet()).allMatch(store::contains);
        }
    }

    @Test
    void retainCheaply_againAndAgain_copiesLittleForWhatItGains() {
        PageStoreSettings small = PageStoreSettings.DEFAULT.withMaxFileBytes(200_000);
        try (FilePageStore store = open(small)) {
            Map<PageId, byte[]> live = commit(store, pages(random, 3000, 1500));
            long all = store.bytes();
            long copied = volume.bytesWritten();
            long given = 0;
            for (int i = 0; i < 50; i++) {
                live.keySet().removeIf(id -> random.nextInt(50) == 0);
                given += store.retainCheaply(live::containsKey);
            }
            copied = volume.bytesWritten() - copied;
            assertThat(given).isGreaterThan(all / 2);
            assertThat(copied).isLessThan(5 * given);
            assertThat(live.keySet()).allMatch(store::contains);
        }
    }

    @Test
    void write_muchAtOnce_isSyncedInPiecesAndPaced() {
        List<Long> pieces = new ArrayList<>();
        PageStoreSettings paced =
                PageStoreSettings.DEFAULT.withSyncBytes(500_000).withPace((bytes, nanos) -> pieces.add(bytes));
        try (FilePageStore store = open(paced)) {
            Map<PageId, byte[]> pages = commit(store, pages(random, 2000, 6000));
            int written = pieces.size();
            assertThat(written).isGreaterThan(5);
            store.retain(id -> id.low() % 2 == 0);
            assertThat(pieces).hasSizeGreaterThan(written + 2);
            assertThat(volume.mostUnsynced()).isLessThan(800_000);
            assertThat(pages).isNotEmpty();
        }
    }

    @Test
    void read_manyFiles_keepsFewOpen() {
        PageStoreSettings small = PageStoreSettings.DEFAULT.withMaxFilePages(10).withOpenFiles(4);
        try (FilePageStore store = open(small)) {
            Map<PageId, byte[]> pages = commit(store, pages(random, 500, 300));
            assertThat(store.fileCount()).isEqualTo(50);
            shuffled(pages, random).forEach(store::read);
            assertThat(volume.mostOpen()).isLessThanOrEqualTo(6);
        }
    }

    @Test
    void read_volumeFails_isReportedAndWorksAgainLater() {
        try (FilePageStore store = open(UNCACHED)) {
            PageId id = commit(store, pages(random, 1, 300)).keySet().iterator().next();
            volume.failReads(true);
            assertThatThrownBy(() -> store.read(id))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessage("cannot read `memory/pages/pages-00000001`: Input/output error;"
                            + " mend that and try again");
            assertThat(PageSamples.findings(store))
                    .filteredOn(line -> line.contains("Input/output error"))
                    .hasSize(3);
            volume.failReads(false);
            assertThat(store.contains(id)).isTrue();
            assertThat(PageSamples.findings(store)).isEmpty();
        }
    }
}
