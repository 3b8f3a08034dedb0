package dev.argondb.engine.page;

import dev.argondb.ClosedException;
import dev.argondb.CorruptDataException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Pages in memory, as they are.
 *
 * <p>Thread-safe.
 */
public final class MemPageStore implements PageStore {

    private final Map<PageId, byte[]> pages = new ConcurrentHashMap<>();
    private final Semaphore writing = new Semaphore(1);
    private volatile boolean closed;

    @Override
    public byte[] read(PageId id) {
        requireOpen();
        byte[] content = pages.get(id);
        if (content == null) {
            throw new CorruptDataException("page `" + id + "` is missing; run `verify`");
        }
        return content.clone();
    }

    @Override
    public boolean contains(PageId id) {
        requireOpen();
        return pages.containsKey(id);
    }

    @Override
    public PageBatch begin() {
        requireOpen();
        writing.acquireUninterruptibly();
        return new MemBatch();
    }

    @Override
    public long retain(LivePages live) {
        requireOpen();
        writing.acquireUninterruptibly();
        try {
            long before = bytes();
            pages.keySet().removeIf(id -> !live.contains(id));
            return before - bytes();
        } finally {
            writing.release();
        }
    }

    /** Does nothing: there is one place. */
    @Override
    public void merge() {
        requireOpen();
    }

    @Override
    public long bytes() {
        return pages.values().stream().mapToLong(content -> content.length).sum();
    }

    @Override
    public void verify(Findings findings) {
        requireOpen();
        pages.forEach((id, content) -> {
            PageId actual = PageId.of(content, 0, content.length);
            if (!actual.equals(id)) {
                findings.add("page `" + id + "`", "its content is that of `" + actual + "`");
            }
        });
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("the page store is closed; open the database again");
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class MemBatch implements PageBatch {
        private final Map<PageId, byte[]> added = new HashMap<>();
        private long bytes;
        private boolean ended;

        @Override
        public PageId put(byte[] content, int offset, int length) {
            PageId id = PageId.of(content, offset, length);
            if (!pages.containsKey(id)
                    && added.putIfAbsent(id, Arrays.copyOfRange(content, offset, offset + length)) == null) {
                bytes += length;
            }
            return id;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void commit() {
            pages.putAll(added);
        }

        @Override
        public void close() {
            if (!ended) {
                ended = true;
                writing.release();
            }
        }
    }
}
