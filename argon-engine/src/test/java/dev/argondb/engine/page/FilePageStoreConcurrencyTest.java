package dev.argondb.engine.page;

import static dev.argondb.engine.page.PageSamples.commit;
import static dev.argondb.engine.page.PageSamples.pages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.engine.volume.DirectoryVolume;
import dev.argondb.engine.volume.MemoryVolume;
import dev.argondb.engine.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers beside batches, merges and retention: each page that stays can be read at any time. */
final class FilePageStoreConcurrencyTest {

    private static final int READERS = 3;
    private static final int ROUNDS = 60;

    /** Hardly a file stays open, so files are often opened while they are replaced. */
    private static final PageStoreSettings SETTINGS = PageStoreSettings.DEFAULT
            .withMaxFileBytes(100_000)
            .withCachedIndexBlocks(4)
            .withOpenFiles(1);

    @TempDir
    Path directory;

    @Test
    void read_besideRetention_findsAllLivePages_inMemory() throws Exception {
        MemoryVolume volume = new MemoryVolume();
        run(volume);
        assertThat(volume.openFiles()).isZero();
    }

    @Test
    void read_besideRetention_findsAllLivePages_inADirectory() throws Exception {
        run(directoryVolume());
    }

    private Volume directoryVolume() throws IOException {
        return DirectoryVolume.at(directory);
    }

    private static void run(Volume volume) throws Exception {
        Random random = new Random(5);
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try (FilePageStore store = FilePageStore.open(volume, PageSamples.DATABASE, SETTINGS)) {
            Map<PageId, byte[]> kept = new TreeMap<>(commit(store, pages(random, 300, 1500)));
            AtomicBoolean done = new AtomicBoolean();
            AtomicLong reads = new AtomicLong();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Random own = new Random(i);
                running.add(readers.submit(() -> readUntil(done, store, kept, own, reads)));
            }
            for (int i = 0; i < ROUNDS || reads.get() < 1000; i++) {
                commit(store, pages(random, 100, 1500));
                store.merge();
                store.retain(kept::containsKey);
            }
            done.set(true);
            for (Future<?> reader : running) {
                reader.get();
            }
            assertThat(PageSamples.findings(store)).isEmpty();
        } finally {
            readers.shutdownNow();
        }
    }

    private static void readUntil(
            AtomicBoolean done, FilePageStore store, Map<PageId, byte[]> kept, Random random, AtomicLong reads) {
        List<PageId> ids = List.copyOf(kept.keySet());
        while (!done.get()) {
            PageId id = ids.get(random.nextInt(ids.size()));
            assertThat(Arrays.equals(store.read(id), kept.get(id))).isTrue();
            assertThat(store.contains(id)).isTrue();
            reads.incrementAndGet();
        }
    }
}
