package dev.argondb.engine.page;

import dev.argondb.InvalidRequestException;

/**
 * How a {@link FilePageStore} works.
 *
 * <p>Immutable.
 *
 * @param compressionLevel of zstd, 1 to 19
 * @param maxFileBytes about how large a file of pages gets, before the next one is begun; positive
 * @param maxFilePages how many pages a file holds at most; positive, at most {@link #PAGES_LIMIT}
 * @param syncBytes what is written is synced in pieces of about so many bytes; positive
 * @param cachedIndexBlocks how many blocks of 4 KiB of the indexes stay in memory; not negative
 * @param openFiles how many files stay open while nobody reads them; positive
 * @param pace how fast pages are written
 */
public record PageStoreSettings(
        int compressionLevel,
        long maxFileBytes,
        int maxFilePages,
        long syncBytes,
        int cachedIndexBlocks,
        int openFiles,
        Pace pace) {

    /** The most pages that a file may hold. */
    public static final int PAGES_LIMIT = 1 << 20;

    /*
     * Level 1: on leaves of 15 KiB of an SQL table it makes 3.07 of 1 at 270 MB/s, level 3 makes 3.11 at 196 MB/s. Pieces and
     * pace: beside the copying of 50 MB on a busy disk, one sync in a hundred of a log took 16 to 20 ms with larger pieces, and
     * 12 ms with these, as it did alone.
     */
    /** Files of up to 2 GiB, synced MiB by MiB, with the disk left alone half of the time; 8 MiB of index in memory. */
    public static final PageStoreSettings DEFAULT =
            new PageStoreSettings(1, 2L << 30, 1 << 18, 1L << 20, 2048, 64, Pace.resting(1));

    private static final int MAX_LEVEL = 19;

    public PageStoreSettings {
        requireRange("compression level", compressionLevel, 1, MAX_LEVEL);
        requireRange("size of a file of pages", maxFileBytes, 1, Long.MAX_VALUE);
        requireRange("number of pages of a file", maxFilePages, 1, PAGES_LIMIT);
        requireRange("number of bytes between syncs", syncBytes, 1, Long.MAX_VALUE);
        requireRange("number of cached index blocks", cachedIndexBlocks, 0, Integer.MAX_VALUE);
        requireRange("number of open files", openFiles, 1, Integer.MAX_VALUE);
    }

    private static void requireRange(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidRequestException(what + " `" + value + "` is out of range; use " + least + " to " + most);
        }
    }

    public PageStoreSettings withCompressionLevel(int level) {
        return new PageStoreSettings(level, maxFileBytes, maxFilePages, syncBytes, cachedIndexBlocks, openFiles, pace);
    }

    public PageStoreSettings withMaxFileBytes(long bytes) {
        return new PageStoreSettings(
                compressionLevel, bytes, maxFilePages, syncBytes, cachedIndexBlocks, openFiles, pace);
    }

    public PageStoreSettings withMaxFilePages(int pages) {
        return new PageStoreSettings(
                compressionLevel, maxFileBytes, pages, syncBytes, cachedIndexBlocks, openFiles, pace);
    }

    public PageStoreSettings withSyncBytes(long bytes) {
        return new PageStoreSettings(
                compressionLevel, maxFileBytes, maxFilePages, bytes, cachedIndexBlocks, openFiles, pace);
    }

    public PageStoreSettings withCachedIndexBlocks(int blocks) {
        return new PageStoreSettings(compressionLevel, maxFileBytes, maxFilePages, syncBytes, blocks, openFiles, pace);
    }

    public PageStoreSettings withOpenFiles(int files) {
        return new PageStoreSettings(
                compressionLevel, maxFileBytes, maxFilePages, syncBytes, cachedIndexBlocks, files, pace);
    }

    public PageStoreSettings withPace(Pace other) {
        return new PageStoreSettings(
                compressionLevel, maxFileBytes, maxFilePages, syncBytes, cachedIndexBlocks, openFiles, other);
    }
}
