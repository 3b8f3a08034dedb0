package dev.argondb.engine;

import dev.argondb.InvalidRequestException;
import java.net.URI;
import java.util.Optional;

/**
 * How the pages and the history of a database in files are kept.
 *
 * <p>Immutable.
 *
 * @param cacheBytes about how much heap decoded pages and remembered states of the past may take together; a snapshot is taken when
 *     changed nodes that are in none take a quarter of it; positive
 * @param snapshotEntries a snapshot is taken after so many entries on a branch since the last one; positive
 * @param snapshotBytes a snapshot is taken after so many bytes of log since the last one; positive
 * @param retention how much history is kept
 * @param coldTier where sealed segments of the log move to; empty to keep them in the directory
 * @param isBackground whether snapshots, packing and retention run by themselves; else only when called for
 */
public record StorageSettings(
        long cacheBytes,
        int snapshotEntries,
        long snapshotBytes,
        Retention retention,
        Optional<URI> coldTier,
        boolean isBackground) {

    /**
     * A quarter of the heap for pages, a snapshot every 65,536 entries or 16 MiB of log (or a 64th of the heap, if that is
     * less: what is in no snapshot stays in memory), and all history kept.
     */
    public static final StorageSettings DEFAULT = new StorageSettings(
            Math.max(8L << 20, Runtime.getRuntime().maxMemory() / 4),
            65_536,
            Math.min(16L << 20, Math.max(1L << 20, Runtime.getRuntime().maxMemory() / 64)),
            Retention.ALL,
            Optional.empty(),
            true);

    public StorageSettings {
        requirePositive("cache size", cacheBytes);
        requirePositive("number of entries between snapshots", snapshotEntries);
        requirePositive("number of bytes between snapshots", snapshotBytes);
    }

    private static void requirePositive(String what, long value) {
        if (value <= 0) {
            throw new InvalidRequestException(what + " `" + value + "` is not positive");
        }
    }

    public StorageSettings withCacheBytes(long bytes) {
        return new StorageSettings(bytes, snapshotEntries, snapshotBytes, retention, coldTier, isBackground);
    }

    public StorageSettings withSnapshotEntries(int entries) {
        return new StorageSettings(cacheBytes, entries, snapshotBytes, retention, coldTier, isBackground);
    }

    public StorageSettings withSnapshotBytes(long bytes) {
        return new StorageSettings(cacheBytes, snapshotEntries, bytes, retention, coldTier, isBackground);
    }

    public StorageSettings withRetention(Retention kept) {
        return new StorageSettings(cacheBytes, snapshotEntries, snapshotBytes, kept, coldTier, isBackground);
    }

    public StorageSettings withColdTier(URI uri) {
        return new StorageSettings(
                cacheBytes, snapshotEntries, snapshotBytes, retention, Optional.of(uri), isBackground);
    }

    /** Returns settings under which nothing runs by itself. */
    public StorageSettings withoutBackground() {
        return new StorageSettings(cacheBytes, snapshotEntries, snapshotBytes, retention, coldTier, false);
    }
}
