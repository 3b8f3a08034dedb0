package dev.argondb.engine.page;

import dev.argondb.CorruptDataException;
import dev.argondb.UnavailableException;
import dev.argondb.engine.volume.Volume;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Pages in files of a {@link Volume}: each batch is a new file that never changes; files are merged when there are many.
 *
 * <p>Memory and the time to open do not depend on how many pages there are. Thread-safe as {@link PageStore} says. The caller
 * sees to it that one store at a time works on a volume.
 */
public final class FilePageStore implements PageStore {

    private final PageFiles files;
    private final Semaphore writing = new Semaphore(1);

    private FilePageStore(PageFiles files) {
        this.files = files;
    }

    /**
     * Opens the pages of a database, or begins with none. What a crash left behind is removed.
     *
     * @param databaseId in the header of every file
     * @throws CorruptDataException if a file is missing, of another size, or of another database
     * @throws UnavailableException if the volume cannot be read or written
     */
    public static FilePageStore open(Volume volume, UUID databaseId, PageStoreSettings settings) {
        try {
            PageFileList list = new PageFilesOpening(volume, databaseId).run();
            return new FilePageStore(new PageFiles(volume, list, settings));
        } catch (IOException e) {
            throw new UnavailableException(
                    "cannot open the pages in `" + volume.describe(PageFileList.DIRECTORY) + "`: " + e.getMessage()
                            + "; mend that and open again",
                    e);
        }
    }

    @Override
    public byte[] read(PageId id) {
        @Nullable byte[] content = inSomeView(id, (file, open, place) -> content(file, file.frame(open, place), place));
        if (content == null) {
            throw new CorruptDataException("page `" + id + "` is missing in `"
                    + files.volume().describe(PageFileList.DIRECTORY) + "`; run `verify`");
        }
        return content;
    }

    private byte[] content(PageFile file, PageFrame frame, PageFrame.Place place) {
        return PageContent.of(frame, place, file.place());
    }

    @Override
    public boolean contains(PageId id) {
        return inSomeView(id, (file, open, place) -> Boolean.TRUE) != null;
    }

    /** Files may go while they are searched, but not before their pages are in others that the next view names. */
    private <T> @Nullable T inSomeView(PageId id, Pages.Use<T> use) {
        while (true) {
            files.requireOpen();
            PageFiles.View view = files.view();
            @Nullable T result = Pages.use(view.files(), id, use);
            if (result != null) {
                return result;
            }
            if (view.change() == files.view().change()) {
                files.requireOpen();
                return null;
            }
        }
    }

    @Override
    public PageBatch begin() {
        beginWriting();
        return new FilePageBatch(this, files);
    }

    @Override
    public long retain(LivePages live) {
        return retain(live, PageRetention.ANY_SHARE);
    }

    @Override
    public long retainCheaply(LivePages live) {
        return retain(live, PageRetention.LARGE_SHARE);
    }

    private long retain(LivePages live, double leastDeadShare) {
        return whileWriting(() -> {
            new PageRetention(files, live, leastDeadShare).run();
            new PageMerging(files).run();
        });
    }

    @Override
    public void merge() {
        whileWriting(() -> new PageMerging(files).run());
    }

    private long whileWriting(Runnable work) {
        beginWriting();
        try {
            long before = bytes();
            work.run();
            return before - bytes();
        } finally {
            endWriting();
        }
    }

    private void beginWriting() {
        files.requireOpen();
        writing.acquireUninterruptibly();
        boolean open = false;
        try {
            files.requireOpen();
            open = true;
        } finally {
            if (!open) {
                writing.release();
            }
        }
    }

    void endWriting() {
        writing.release();
    }

    @Override
    public long bytes() {
        return files.view().bytes();
    }

    /** Returns how many files there are. */
    public int fileCount() {
        return files.view().files().size();
    }

    @Override
    public void verify(Findings findings) {
        files.requireOpen();
        new PageVerification(files, findings).run();
    }

    @Override
    public void close() {
        files.close();
    }
}
