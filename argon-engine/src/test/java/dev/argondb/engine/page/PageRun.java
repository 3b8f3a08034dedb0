package dev.argondb.engine.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.UnavailableException;
import dev.argondb.engine.volume.FaultyVolume;
import dev.argondb.engine.volume.MemoryVolume;
import dev.argondb.engine.volume.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A random run of a store over a volume that may fail, and what it must hold, may hold, and must not. */
final class PageRun {

    static final PageStoreSettings SETTINGS = PageStoreSettings.DEFAULT
            .withMaxFileBytes(12_000)
            .withMaxFilePages(20)
            .withSyncBytes(3000)
            .withCachedIndexBlocks(3)
            .withOpenFiles(2);

    private static final int SESSIONS = 2;
    private static final int STEPS = 5;

    final Random random;
    final MemoryVolume memory = new MemoryVolume();
    final FaultyVolume faulty;
    private final Map<PageId, byte[]> sure = new TreeMap<>();
    private final List<Set<PageId>> failed = new ArrayList<>();
    private final Set<PageId> abandoned = new HashSet<>();
    private int failures;

    PageRun(long seed) {
        random = new Random(seed);
        faulty = new FaultyVolume(memory, random);
    }

    static FilePageStore open(Volume volume) {
        return FilePageStore.open(volume, PageSamples.DATABASE, SETTINGS);
    }

    /** Returns whether nothing failed. */
    boolean go() {
        for (int i = 0; i < SESSIONS; i++) {
            attempt(this::session);
        }
        return failures == 0;
    }

    private void session() {
        try (FilePageStore store = open(faulty)) {
            assertHolds(store, "opened");
            for (int i = 0; i < STEPS; i++) {
                attempt(() -> step(store));
                assertHolds(store, "after a step");
            }
        }
        assertThat(memory.openFiles()).isZero();
    }

    private void attempt(Runnable action) {
        try {
            action.run();
        } catch (UnavailableException e) {
            assertThat(e).hasMessageContaining("injected fault").hasMessageContaining("mend that");
            failures++;
        }
    }

    private void step(FilePageStore store) {
        switch (random.nextInt(6)) {
            case 0 -> retain(store);
            case 1 -> store.merge();
            case 2 -> abandon(store);
            default -> commit(store);
        }
    }

    private void commit(FilePageStore store) {
        Map<PageId, byte[]> pages = new TreeMap<>();
        try (PageBatch batch = store.begin()) {
            putAll(batch, pages);
            batch.commit();
            sure.putAll(pages);
        } catch (UnavailableException e) {
            pages.keySet().removeAll(sure.keySet());
            failed.removeIf(ids -> ids.removeAll(pages.keySet()) && ids.isEmpty());
            failed.add(pages.keySet());
            assertThat(pages.keySet()).noneMatch(store::contains);
            throw e;
        }
        assertSecondCommitAddsNothing(store, pages);
    }

    private static void assertSecondCommitAddsNothing(FilePageStore store, Map<PageId, byte[]> pages) {
        long bytes = store.bytes();
        PageSamples.commit(store, pages.values());
        assertThat(store.bytes()).isEqualTo(bytes);
    }

    private void abandon(FilePageStore store) {
        Map<PageId, byte[]> pages = new TreeMap<>();
        try (PageBatch batch = store.begin()) {
            putAll(batch, pages);
        } finally {
            pages.keySet().removeAll(sure.keySet());
            abandoned.addAll(pages.keySet());
        }
    }

    private void putAll(PageBatch batch, Map<PageId, byte[]> pages) {
        int count = random.nextInt(40);
        for (int i = 0; i < count; i++) {
            byte[] page = PageSamples.page(random, 1500);
            pages.put(PageSamples.idOf(page), page);
            batch.put(page, 0, page.length);
        }
    }

    private void retain(FilePageStore store) {
        int modulus = 1 + random.nextInt(4);
        sure.keySet().removeIf(id -> Math.floorMod(id.low(), 4) >= modulus);
        store.retain(sure::containsKey);
    }

    /** Requires of an open store what must be so at any time; returns which pages of failed batches it holds. */
    Set<PageId> assertHolds(FilePageStore store, String where) {
        sure.forEach((id, content) -> assertRead(store, id, content, where));
        assertThat(abandoned).as(where).noneMatch(store::contains);
        Set<PageId> survivors = new HashSet<>();
        for (Set<PageId> batch : failed) {
            long there = batch.stream().filter(store::contains).count();
            assertThat(there).as(where).isIn(0L, (long) batch.size());
            survivors.addAll(there == 0 ? Set.of() : batch);
        }
        return survivors;
    }

    /** Opens what is left, works on, and opens it again; nothing must be missing, wrong or left over. */
    Set<PageId> assertRecovers(MemoryVolume volume, String where) {
        Set<PageId> survivors;
        Map<PageId, byte[]> more;
        try (FilePageStore store = open(volume)) {
            survivors = assertHolds(store, where);
            assertThat(PageSamples.findings(store)).as(where).isEmpty();
            assertThat(volume.names()).as(where).hasSize(store.fileCount() + 1);
            more = PageSamples.commit(store, PageSamples.pages(new Random(9), 5, 500));
            store.merge();
        }
        try (FilePageStore store = open(volume)) {
            assertThat(assertHolds(store, where)).isEqualTo(survivors);
            more.forEach((id, content) -> assertRead(store, id, content, where));
        }
        return survivors;
    }

    private static void assertRead(FilePageStore store, PageId id, byte[] content, String where) {
        assertThat(Arrays.equals(store.read(id), content))
                .as("page " + id + " is as it was, " + where)
                .isTrue();
    }
}
