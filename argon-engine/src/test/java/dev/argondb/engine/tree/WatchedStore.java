package dev.argondb.engine.tree;

import dev.argondb.engine.page.MemPageStore;
import dev.argondb.engine.page.PageBatch;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.page.PageStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Pages in memory that can be damaged, and a list of those that were read. */
final class WatchedStore implements PageStore {
    private final MemPageStore pages = new MemPageStore();
    private final Map<PageId, byte[]> damaged = new ConcurrentHashMap<>();
    final List<PageId> reads = new CopyOnWriteArrayList<>();

    /** Called within each read. */
    volatile Runnable onRead = () -> {};

    @Override
    public byte[] read(PageId id) {
        reads.add(id);
        onRead.run();
        byte[] other = damaged.get(id);
        return other == null ? pages.read(id) : other.clone();
    }

    /** Number of reads since the last call. */
    int readsSince() {
        int count = reads.size();
        reads.clear();
        return count;
    }

    /** Lets a page have another content. */
    void damage(PageId id, byte[] content) {
        damaged.put(id, content);
    }

    @Override
    public boolean contains(PageId id) {
        return pages.contains(id);
    }

    @Override
    public PageBatch begin() {
        return pages.begin();
    }

    @Override
    public long retain(LivePages live) {
        return pages.retain(live);
    }

    @Override
    public void merge() {
        pages.merge();
    }

    @Override
    public long bytes() {
        return pages.bytes();
    }

    @Override
    public void verify(Findings findings) {
        pages.verify(findings);
    }

    @Override
    public void close() {
        pages.close();
    }
}
