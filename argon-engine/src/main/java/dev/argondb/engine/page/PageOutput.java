package dev.argondb.engine.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * New files of pages, one begun when the other is full, that come into the store all at once or not at all.
 *
 * <p>Confined to the writer's thread.
 */
final class PageOutput implements AutoCloseable {

    private final PageFiles files;
    private final List<PageFile> finished = new ArrayList<>();
    private @Nullable PageFileWriter writer;

    PageOutput(PageFiles files) {
        this.files = files;
    }

    boolean has(PageId id) {
        PageFileWriter last = writer;
        return (last != null && last.has(id)) || Pages.find(finished, id) != null;
    }

    /** Returns the bytes of all files so far. */
    long bytes() {
        PageFileWriter last = writer;
        long bytes = finished.stream().mapToLong(file -> file.entry().bytes()).sum();
        return last == null ? bytes : bytes + last.bytes();
    }

    /** Adds a page, as {@link PageFileWriter#add} does. */
    void add(PageId id, int rawLength, byte[] stored, int offset, int storedLength) throws IOException {
        writer().add(id, rawLength, stored, offset, storedLength);
    }

    void copy(PageFrame.Place place, PageFrame frame) throws IOException {
        writer().copy(place, frame);
    }

    private PageFileWriter writer() throws IOException {
        PageFileWriter last = writer;
        if (last != null && last.isFull()) {
            finishLast(last);
            last = null;
        }
        if (last == null) {
            last = files.begin();
            writer = last;
        }
        return last;
    }

    private void finishLast(PageFileWriter last) throws IOException {
        finished.add(files.file(last.finish()));
        writer = null;
    }

    /** Brings all of it into the store, in place of other files. */
    void publish(List<PageFile> replaced) throws IOException {
        PageFileWriter last = writer;
        if (last != null) {
            finishLast(last);
        }
        if (!finished.isEmpty()) {
            files.volume().syncDirectory(PageFileList.DIRECTORY);
        }
        List<PageFile> added = List.copyOf(finished);
        finished.clear();
        if (!added.isEmpty() || !replaced.isEmpty()) {
            files.publish(added, replaced);
        }
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        finished.forEach(files::discard);
        finished.clear();
        PageFileWriter last = writer;
        writer = null;
        if (last != null) {
            last.close();
        }
    }
}
