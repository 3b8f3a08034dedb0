package dev.argondb.engine.branch;

import dev.argondb.CorruptDataException;
import dev.argondb.UnavailableException;
import dev.argondb.engine.Environment;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.log.FileLog;
import dev.argondb.engine.log.FileLogParts;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.page.FilePageStore;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.page.PageStore;
import dev.argondb.engine.page.PageStoreSettings;
import dev.argondb.engine.state.DocumentFormat;
import dev.argondb.engine.state.StateStore;
import dev.argondb.engine.tier.ColdTier;
import dev.argondb.engine.tier.ColdTiers;
import dev.argondb.engine.tree.BTree;
import dev.argondb.engine.tree.PageCache;
import dev.argondb.engine.volume.Volume;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of a database: its log, the pages that it folds into, the snapshots in them, and the newest checkpoint.
 *
 * <p>Thread-safe. Closing it closes log, pages and cold tier.
 */
public final class Storage implements AutoCloseable {

    /** Bytes of packed segments that stay in the directory when there is a cold tier. */
    private static final long KEPT_HOT_BYTES = 64L << 20;

    private final Volume volume;
    private final FileLog log;
    private final PageStore pages;
    private final PageCache cache;
    private final StateStore states;
    private final StorageSettings settings;
    private final Optional<ColdTier> coldTier;
    private final @Nullable CheckpointFile checkpointFile;
    private final Hurry hurry;

    private Storage(
            Volume volume,
            FileLog log,
            PageStore pages,
            StorageSettings settings,
            Optional<ColdTier> coldTier,
            DocumentFormat formats,
            @Nullable CheckpointFile checkpointFile,
            Hurry hurry) {
        this.hurry = hurry;
        this.volume = volume;
        this.log = log;
        this.pages = pages;
        this.cache = new PageCache(pages, settings.cacheBytes());
        this.states = new StateStore(pages, cache, formats);
        this.settings = settings;
        this.coldTier = coldTier;
        this.checkpointFile = checkpointFile;
    }

    /**
     * Opens log and pages of a volume.
     *
     * @throws CorruptDataException if its files are damaged
     * @throws UnavailableException if another one has the volume open, or the volume fails
     */
    public static Storage open(
            Volume volume,
            FileLogSettings logSettings,
            StorageSettings settings,
            DocumentFormat formats,
            Environment environment) {
        CheckpointFile file = checkpointFile(volume);
        Optional<ColdTier> tier = settings.coldTier().map(ColdTiers::open);
        FileLogParts parts = new FileLogParts(
                environment::newId, tier, Optional.ofNullable(file).map(CheckpointFile::place));
        FileLog log = null;
        try {
            log = FileLog.open(volume, logSettings, parts);
            if (file != null) {
                file.requireOf(volume, log.databaseId());
            }
            Hurry hurry = new Hurry(PageStoreSettings.DEFAULT.pace());
            PageStore pages = FilePageStore.open(volume, log.databaseId(), PageStoreSettings.DEFAULT.withPace(hurry));
            return new Storage(volume, log, pages, settings, tier, formats, file, hurry);
        } catch (RuntimeException | Error e) {
            close(log, e);
            tier.ifPresent(opened -> close(opened, e));
            throw e;
        }
    }

    private static void close(@Nullable AutoCloseable opened, Throwable cause) {
        if (opened != null) {
            try {
                opened.close();
            } catch (Exception e) {
                cause.addSuppressed(e);
            }
        }
    }

    private static @Nullable CheckpointFile checkpointFile(Volume volume) {
        try {
            return CheckpointFile.read(volume);
        } catch (IOException e) {
            throw new UnavailableException(
                    "cannot read `" + volume.describe(CheckpointFile.NAME) + "`: " + e.getMessage(), e);
        }
    }

    /** Returns the log. */
    public FileLog log() {
        return log;
    }

    /** Returns the file that names the newest checkpoint there was when this was opened, null for none. */
    @Nullable
    CheckpointFile checkpointFile() {
        return checkpointFile;
    }

    StateStore states() {
        return states;
    }

    PageStore pages() {
        return pages;
    }

    PageCache cache() {
        return cache;
    }

    /** Returns what to tell that somebody waits for pages to be written. */
    Hurry hurry() {
        return hurry;
    }

    StorageSettings settings() {
        return settings;
    }

    BTree<Long> openCommits(PageId root, long size) {
        return BTree.open(cache, CommitsCodec.INSTANCE, root, size);
    }

    /** Returns a checkpoint. */
    Checkpoint readCheckpoint(CheckpointFile file) {
        try {
            Checkpoint checkpoint = CheckpointCodec.decode(pages.read(file.page()));
            if (checkpoint.lsn() != file.lsn()) {
                throw new MalformedRecordException("it ends at lsn " + checkpoint.lsn() + ", not at " + file.lsn());
            }
            return checkpoint;
        } catch (MalformedRecordException e) {
            throw new CorruptDataException(
                    "page `" + file.page() + "` is no checkpoint: " + e.getMessage()
                            + "; restore the directory from a copy",
                    e);
        }
    }

    /**
     * Makes a checkpoint, whose pages are durable, the newest.
     *
     * @throws UnavailableException if it cannot be written; nobody knows then which one is the newest
     */
    void publish(long lsn, PageId page) {
        try {
            new CheckpointFile(log.databaseId(), lsn, page, log.place()).write(volume);
        } catch (IOException e) {
            throw new UnavailableException(
                    "cannot write `" + volume.describe(CheckpointFile.NAME) + "`: " + e.getMessage(), e);
        }
    }

    /** Rewrites full segments of the log as compressed ones, and moves them to the cold tier if there is one. */
    void pack() {
        log.pack();
        if (coldTier.isPresent()) {
            log.moveToCold(KEPT_HOT_BYTES);
        }
    }

    @Override
    public void close() {
        try (log;
                pages) {
            coldTier.ifPresent(ColdTier::close);
        }
    }
}
