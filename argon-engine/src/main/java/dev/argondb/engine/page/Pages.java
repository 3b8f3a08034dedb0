package dev.argondb.engine.page;

import dev.argondb.engine.volume.VolumeFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Searches files of pages for one page. */
final class Pages {

    private Pages() {}

    /** What is done with a page that was found, while its file stays open. */
    @FunctionalInterface
    interface Use<T> {
        T of(PageFile file, VolumeFile open, PageFrame.Place place);
    }

    /** Returns where a page is; null if it is in none of the files, or in one that was retired. */
    static PageFrame.@Nullable Place find(List<PageFile> files, PageId id) {
        return use(files, id, (file, open, place) -> place);
    }

    /** Uses a page; null if it is in none of the files, or in one that was retired. */
    static <T> @Nullable T use(List<PageFile> files, PageId id, Use<T> use) {
        for (PageFile file : files) {
            @Nullable T result = file.mayHave(id) ? use(file, id, use) : null;
            if (result != null) {
                return result;
            }
        }
        return null;
    }

    private static <T> @Nullable T use(PageFile file, PageId id, Use<T> use) {
        VolumeFile open = file.take();
        if (open == null) {
            return null;
        }
        try {
            PageFrame.Place place = file.find(open, id);
            return place == null ? null : use.of(file, open, place);
        } finally {
            file.giveBack();
        }
    }
}
