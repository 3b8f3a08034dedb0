package dev.argondb.engine.page;

import java.util.ArrayList;
import java.util.List;

/*
 * Files fall into classes by size, each four times as large as the one below. When a class has four files, they are merged
 * with all smaller ones. So there are at most three files of each class, a number that grows with the logarithm of the size of
 * the store, and a page is copied at most once for each class. Files of half the largest size or more are left alone.
 * (P. O'Neil et al., The Log-Structured Merge-Tree, 1996; "size-tiered compaction" since.)
 */
/** Merges small files while there are too many. Confined to the writer's thread. */
final class PageMerging {

    /** How many files of a class are merged, and how many times larger the next class is. */
    private static final int FAN_IN = 4;

    private static final long SMALLEST_CLASS_BYTES = 1 << 16;

    private final PageFiles files;

    PageMerging(PageFiles files) {
        this.files = files;
    }

    void run() {
        List<PageFile> together = next();
        while (!together.isEmpty()) {
            new PageRewriting(files, id -> true)
                    .run(together.stream().map(PageMerging::whole).toList());
            together = next();
        }
    }

    private static PageRewriting.Input whole(PageFile file) {
        return new PageRewriting.Input(file, file.pages(), file.entry().bytes());
    }

    /** Returns the files to merge: those up to the largest class that has enough of them, the oldest first. */
    private List<PageFile> next() {
        List<PageFile> mergeable =
                files.view().files().stream().filter(this::isMergeable).toList();
        for (int sizeClass = Long.SIZE / 2; sizeClass >= 0; sizeClass--) {
            int wanted = sizeClass;
            long count =
                    mergeable.stream().filter(file -> classOf(file) == wanted).count();
            if (count >= FAN_IN) {
                return fitting(mergeable.stream()
                        .filter(file -> classOf(file) <= wanted)
                        .toList());
            }
        }
        return List.of();
    }

    private boolean isMergeable(PageFile file) {
        return file.entry().bytes() < files.settings().maxFileBytes() / 2
                && file.pages() < files.settings().maxFilePages() / 2;
    }

    static int classOf(PageFile file) {
        int sizeClass = 0;
        for (long bytes = file.entry().bytes() / SMALLEST_CLASS_BYTES; bytes > 0; bytes /= FAN_IN) {
            sizeClass++;
        }
        return sizeClass;
    }

    /** Leaves out the largest of the files that would not fit one file together. */
    private List<PageFile> fitting(List<PageFile> candidates) {
        List<PageFile> fitting = new ArrayList<>();
        long bytes = 0;
        long pages = 0;
        for (int i = candidates.size() - 1; i >= 0; i--) {
            PageFile file = candidates.get(i);
            bytes += file.entry().bytes();
            pages += file.pages();
            if (bytes <= files.settings().maxFileBytes()
                    && pages <= files.settings().maxFilePages()) {
                fitting.add(file);
            }
        }
        return fitting;
    }
}
