package dev.argondb.engine.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Knows which files are open, and closes those that were opened first while there are too many, unless they are being read.
 *
 * <p>Thread-safe.
 */
final class OpenFiles {

    private final int limit;
    private final Queue<PageFile> opened = new ArrayDeque<>();

    OpenFiles(int limit) {
        this.limit = limit;
    }

    /** Takes note of a file that was just opened. The caller holds no file's lock. */
    void add(PageFile file) {
        for (PageFile first : addAndTakeSurplus(file)) {
            if (!first.closeIfIdle()) {
                putBack(first);
            }
        }
    }

    private synchronized List<PageFile> addAndTakeSurplus(PageFile file) {
        opened.add(file);
        List<PageFile> surplus = new ArrayList<>();
        while (opened.size() > limit) {
            surplus.add(opened.remove());
        }
        return surplus;
    }

    private synchronized void putBack(PageFile file) {
        opened.add(file);
    }
}
