package dev.argondb.engine.branch;

import dev.argondb.CorruptDataException;
import dev.argondb.UnavailableException;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.page.PageStore;
import dev.argondb.engine.state.DocumentFormat;
import dev.argondb.engine.state.StateStore;
import dev.argondb.engine.tree.BTree;
import dev.argondb.engine.tree.PageCache;
import dev.argondb.engine.volume.Volume;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a database keeps what its log folds into: pages, the snapshots in them, and the newest checkpoint.
 *
 * <p>Thread-safe. Closing it closes the page store.
 */
public final class Storage implements AutoCloseable {

    private final Volume volume;
    private final UUID databaseId;
    private final PageStore pages;
    private final PageCache cache;
    private final StateStore states;
    private final StorageSettings settings;

    /**
     * @param volume holds the file that names the checkpoint
     * @param databaseId stands in that file
     */
    public Storage(Volume volume, UUID databaseId, PageStore pages, StorageSettings settings, DocumentFormat formats) {
        this.volume = volume;
        this.databaseId = databaseId;
        this.pages = pages;
        this.cache = new PageCache(pages, settings.cacheBytes());
        this.states = new StateStore(pages, cache, formats);
        this.settings = settings;
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

    StorageSettings settings() {
        return settings;
    }

    BTree<Long> openCommits(PageId root, long size) {
        return BTree.open(cache, CommitsCodec.INSTANCE, root, size);
    }

    /** Returns the file that names the newest checkpoint, null where there is none. */
    @Nullable
    CheckpointFile checkpointFile() {
        try {
            return CheckpointFile.read(volume, databaseId);
        } catch (IOException e) {
            throw new UnavailableException(
                    "cannot read `" + volume.describe(CheckpointFile.NAME) + "`: " + e.getMessage(), e);
        }
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
            new CheckpointFile(databaseId, lsn, page).write(volume);
        } catch (IOException e) {
            throw new UnavailableException(
                    "cannot write `" + volume.describe(CheckpointFile.NAME) + "`: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        pages.close();
    }
}
