package dev.argondb.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.GarbageCollectorMXBean;
import dev.argondb.engine.Retention;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.log.SyncMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Works on real files for a while: writers, readers at heads and in the past, branches that come and go, snapshots, packing,
 * retention and reopening, all beside each other. Heap and directory stay bounded, and every answer is right.
 *
 * <p>{@code -Dargon.soak.seconds=N} sets for how long, {@value #SECONDS} if not said.
 */
class SoakTest {

    private static final int SECONDS = 10;
    private static final int SAMPLES = 20;
    private static final long CACHE_BYTES = 1 << 20;
    /** What a busy test may hold beyond the cache: trees of unsnapshotted commits, readers' states, the model. */
    private static final long MOST_HEAP_GROWTH = 48L << 20;

    private static final GarbageCollectorMXBean FULL_COLLECTOR = fullCollector();

    @TempDir
    private Path directory;

    private record Sample(long heap, long bytes, long logBytes, long cachedBytes) {}

    @Test
    void database_busyForLong_staysBoundedAndRight() throws Exception {
        int seconds = Integer.getInteger("argon.soak.seconds", SECONDS);
        long seed = Long.getLong("argon.soak.seed", 20261123L);
        long heapBefore = heapAfterCollection();
        List<Sample> samples = new ArrayList<>();
        try (Soak soak = new Soak(directory, logSettings(), storageSettings(seconds), seed)) {
            soak.start();
            for (int i = 0; i < SAMPLES; i++) {
                Thread.sleep(TimeUnit.SECONDS.toMillis(seconds) / SAMPLES);
                soak.requireHealthy();
                if (i % 4 == 3) {
                    soak.reopen();
                }
                samples.add(sample(soak));
            }
            soak.stop();
            soak.compareEverything();
            assertThat(soak.database().verify())
                    .as("findings at the end, seed " + seed)
                    .isEmpty();
            report(seconds, soak, samples, heapBefore);
        }
        assertBounded(samples, heapBefore);
    }

    private static FileLogSettings logSettings() {
        return new FileLogSettings(SyncMode.RELAXED, Duration.ofMillis(50), 1 << 18);
    }

    private static StorageSettings storageSettings(int seconds) {
        return StorageSettings.DEFAULT
                .withCacheBytes(CACHE_BYTES)
                .withSnapshotEntries(2000)
                .withSnapshotBytes(1 << 20)
                .withRetention(new Retention.Window(Duration.ofMillis(Math.max(500, Math.min(5000, seconds * 50L)))));
    }

    private Sample sample(Soak soak) throws IOException {
        var storage = soak.database().storage();
        return new Sample(heapAfterCollection(), directoryBytes(), storage.logBytes(), storage.cachedBytes());
    }

    /**
     * Returns what lives right after a full collection, as the collector counted it: what the threads allocate from then on is
     * not in it. A call for a collection does nothing while some thread is in native code that holds an array (compression).
     */
    private static long heapAfterCollection() {
        long before = FULL_COLLECTOR.getCollectionCount();
        do {
            System.gc();
        } while (FULL_COLLECTOR.getCollectionCount() == before);
        Map<String, MemoryUsage> after = FULL_COLLECTOR.getLastGcInfo().getMemoryUsageAfterGc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool ->
                        Objects.requireNonNull(after.get(pool.getName())).getUsed())
                .sum();
    }

    private static GarbageCollectorMXBean fullCollector() {
        return ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
                .filter(collector -> collector.getName().matches("G1 Old Generation|MarkSweepCompact|PS MarkSweep"))
                .findFirst()
                .orElseThrow();
    }

    private long directoryBytes() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).mapToLong(SoakTest::size).sum();
        } catch (UncheckedIOException e) {
            return directoryBytes(); // a file went while it was looked at
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void report(int seconds, Soak soak, List<Sample> samples, long heapBefore) {
        Sample last = samples.get(samples.size() - 1);
        System.out.println("soak: " + seconds + " s, " + soak.counts() + ", heap after collection at most "
                + mebibytes(most(samples, Sample::heap)) + " MiB (" + mebibytes(heapBefore)
                + " before; "
                + mebibytes(most(samples.subList(0, SAMPLES / 2), Sample::heap))
                + " in the first half), directory at most " + mebibytes(most(samples, Sample::bytes))
                + " MiB, in the end "
                + mebibytes(last.bytes()) + " MiB (log " + mebibytes(last.logBytes()) + "), pages in memory at most "
                + mebibytes(most(samples, Sample::cachedBytes)) + " MiB, verify found nothing");
    }

    private static long most(List<Sample> samples, java.util.function.ToLongFunction<Sample> what) {
        return samples.stream().mapToLong(what).max().orElse(0);
    }

    private static String mebibytes(long bytes) {
        return String.format("%.1f", bytes / (double) (1 << 20));
    }

    /** The last third is no larger than what was reached before, but for some slack. */
    private static void assertBounded(List<Sample> samples, long heapBefore) {
        assertThat(most(samples, Sample::heap)).as("heap").isLessThan(heapBefore + CACHE_BYTES + MOST_HEAP_GROWTH);
        assertThat(most(samples, Sample::cachedBytes)).as("pages in memory").isLessThan(2 * CACHE_BYTES);
        List<Sample> early = samples.subList(samples.size() / 4, samples.size() / 2);
        List<Sample> late = samples.subList(samples.size() / 2, samples.size());
        assertThat(most(late, Sample::bytes))
                .as("bytes of the directory, which were " + most(early, Sample::bytes) + " before")
                .isLessThan(2 * most(early, Sample::bytes) + (8 << 20));
    }
}
