package dev.argondb.engine.page;

import dev.argondb.engine.page.PageStore.LivePages;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the live pages of files into new ones, and those in place of the old ones, group by group: what was done stays done
 * if a later group fails. Frames are copied as they are, after a check, in the order in which they stand.
 *
 * <p>Confined to the writer's thread. Takes memory for the places of the pages of two files.
 */
final class PageRewriting {

    /** A file to rewrite, and what of it will be kept. */
    record Input(PageFile file, int livePages, long liveBytes) {}

    private final PageFiles files;
    private final LivePages live;

    PageRewriting(PageFiles files, LivePages live) {
        this.files = files;
        this.live = live;
    }

    void run(List<Input> inputs) {
        groups(inputs).forEach(this::rewrite);
    }

    /** Each group fits one file, unless a single file of it did not before. */
    private List<List<Input>> groups(List<Input> inputs) {
        List<List<Input>> groups = new ArrayList<>();
        List<Input> group = new ArrayList<>();
        long bytes = 0;
        long pages = 0;
        for (Input input : inputs) {
            bytes += input.liveBytes();
            pages += input.livePages();
            boolean fits = bytes <= files.settings().maxFileBytes()
                    && pages <= files.settings().maxFilePages();
            if (!fits && !group.isEmpty()) {
                groups.add(group);
                group = new ArrayList<>();
                bytes = input.liveBytes();
                pages = input.livePages();
            }
            group.add(input);
        }
        groups.add(group);
        return groups;
    }

    private void rewrite(List<Input> group) {
        List<PageFile> replaced = group.stream().map(Input::file).toList();
        PageOutput output = new PageOutput(files);
        try {
            for (PageFile file : replaced) {
                copy(file, output);
            }
            output.publish(replaced);
        } catch (IOException e) {
            throw files.failed(e);
        } finally {
            discard(output);
        }
    }

    /** What was published stays; a leftover that cannot be removed now goes when the store is opened again. */
    private static void discard(PageOutput output) {
        try {
            output.close();
        } catch (IOException leftover) {
            return;
        }
    }

    private void copy(PageFile file, PageOutput output) throws IOException {
        VolumeFile open = files.take(file);
        try {
            PageTable table = livePages(file, open);
            FrameWindow window = new FrameWindow(file, open);
            for (int index : table.byOffset()) {
                files.requireOpen();
                PageFrame.Place place = table.place(index);
                output.copy(place, window.checkedFrame(place));
            }
        } finally {
            file.giveBack();
        }
    }

    private PageTable livePages(PageFile file, VolumeFile open) {
        PageTable table = new PageTable();
        file.forEachPlace(open, place -> {
            if (live.contains(place.id())) {
                table.add(place.id(), place.offset(), place.storedLength());
            }
        });
        return table;
    }
}
