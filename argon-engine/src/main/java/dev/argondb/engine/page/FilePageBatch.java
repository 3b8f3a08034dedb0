package dev.argondb.engine.page;

import dev.argondb.InvalidRequestException;
import dev.argondb.UnavailableException;
import dev.argondb.engine.format.Zstandard;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch of a {@link FilePageStore}: files that are not listed yet. Confined to one thread. */
final class FilePageBatch implements PageBatch {

    /** So many pages are looked for before filters, which take the reading of all indexes, are worth their while. */
    private static final int MANY = 500;

    private final FilePageStore store;
    private final PageFiles files;
    private final PageOutput output;
    private @Nullable UnavailableException failure;
    private int asked;
    private boolean committed;
    private boolean closed;

    FilePageBatch(FilePageStore store, PageFiles files) {
        this.store = store;
        this.files = files;
        this.output = new PageOutput(files);
    }

    @Override
    public PageId put(byte[] content, int offset, int length) {
        requireUsable();
        requireLength(length);
        PageId id = PageId.of(content, offset, length);
        if (!output.has(id) && !isStored(id)) {
            add(id, content, offset, length);
        }
        return id;
    }

    private boolean isStored(PageId id) {
        asked++;
        if (asked == MANY) {
            files.filter();
        }
        return store.contains(id);
    }

    private void add(PageId id, byte[] content, int offset, int length) {
        byte[] compressed =
                Zstandard.compress(content, offset, length, files.settings().compressionLevel());
        try {
            if (compressed.length < length) {
                output.add(id, length, compressed, 0, compressed.length);
            } else {
                output.add(id, length, content, offset, length);
            }
        } catch (IOException e) {
            throw failed(files.failed(e));
        }
    }

    private static void requireLength(int length) {
        if (length > PageFrame.MAX_CONTENT_BYTES) {
            throw new InvalidRequestException("a page of " + length + " bytes is too large; at most "
                    + PageFrame.MAX_CONTENT_BYTES + " bytes fit");
        }
    }

    @Override
    public long bytes() {
        return output.bytes();
    }

    @Override
    public void commit() {
        requireUsable();
        try {
            output.publish(List.of());
            committed = true;
        } catch (IOException e) {
            throw failed(files.failed(e));
        } catch (UnavailableException e) {
            throw failed(e);
        }
    }

    private UnavailableException failed(UnavailableException cause) {
        failure = cause;
        return cause;
    }

    private void requireUsable() {
        files.requireOpen();
        if (failure != null) {
            throw new UnavailableException("this batch of pages failed; close it and begin another", failure);
        }
        if (committed || closed) {
            throw new IllegalStateException("this batch of pages has ended; begin another");
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            output.close();
        } catch (IOException leftover) {
            return;
        } finally {
            store.endWriting();
        }
    }
}
