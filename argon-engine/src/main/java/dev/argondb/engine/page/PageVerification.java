package dev.argondb.engine.page;

import dev.argondb.ArgonException;
import dev.argondb.engine.format.FileHeader;
import dev.argondb.engine.page.PageStore.Findings;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything in a store once, and reports all that is wrong. Runs beside readers and a writer: a file that is replaced
 * before its turn comes is left out, its pages are in files that were whole and checked when they were copied.
 *
 * <p>Confined to one thread.
 */
final class PageVerification {

    private final PageFiles files;
    private final Findings findings;

    PageVerification(PageFiles files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    void run() {
        verifyList();
        for (PageFile file : files.view().files()) {
            reporting(file.place(), () -> verify(file));
        }
    }

    /** The list in memory rules; the one on the disk is read by the next opening. */
    private void verifyList() {
        String place = files.volume().describe(PageFileList.NAME);
        reporting(place, () -> {
            synchronized (files) {
                PageFileList expected = files.view().list();
                PageFileList found = PageFileList.read(files.volume(), files.databaseId());
                if (!found.entries().equals(expected.entries())) {
                    findings.add(
                            "`" + place + "`",
                            "lists other files: expected `" + expected.entries() + "`, found `" + found.entries()
                                    + "`");
                }
            }
        });
    }

    @FunctionalInterface
    private interface Check {
        void run() throws IOException;
    }

    private void reporting(String place, Check check) {
        try {
            check.run();
        } catch (IOException e) {
            findings.add("`" + place + "`", "cannot be read: " + e.getMessage());
        } catch (ArgonException e) {
            report(place, e);
        }
    }

    private void report(String place, ArgonException e) {
        files.requireOpen();
        String message = String.valueOf(e.getMessage());
        int end =
                message.endsWith(PageDamage.ADVICE) ? message.length() - PageDamage.ADVICE.length() : message.length();
        findings.add("`" + place + "`", message.substring(0, end));
    }

    private void verify(PageFile file) throws IOException {
        VolumeFile open = file.takeAsItIs();
        if (open == null) {
            return;
        }
        try {
            verifySize(file, open.size());
            reporting(file.place(), () -> file.requireWhole(open));
            verifyFrames(file, open, verifiedIndex(file, open));
        } finally {
            file.giveBack();
        }
    }

    private void verifySize(PageFile file, long found) {
        long expected = file.entry().bytes();
        if (found != expected) {
            findings.add("`" + file.place() + "`", "size: expected `" + expected + "`, found `" + found + "` bytes");
        }
    }

    /** Returns the pages that the index names, as far as it is whole. */
    private PageTable verifiedIndex(PageFile file, VolumeFile open) {
        PageTable table = new PageTable();
        @Nullable PageId last = null;
        for (int number = 0; number < IndexBlock.blocksFor(file.pages()); number++) {
            @Nullable IndexBlock block = verifiedBlock(file, open, number);
            if (block == null) {
                continue;
            }
            for (int i = 0; i < block.count(); i++) {
                PageFrame.Place place = block.place(i);
                verifyOrder(file, last, place);
                last = place.id();
                addInside(file, place, table);
            }
        }
        return table;
    }

    private @Nullable IndexBlock verifiedBlock(PageFile file, VolumeFile open, int number) {
        try {
            IndexBlock block = file.readBlock(open, number);
            @Nullable PageDamage damage = file.damage(block, number);
            if (damage == null) {
                return block;
            }
            add(damage);
        } catch (ArgonException e) {
            report(file.place(), e);
        }
        return null;
    }

    private void verifyOrder(PageFile file, @Nullable PageId last, PageFrame.Place place) {
        if (last != null && last.compareTo(place.id()) >= 0) {
            add(place.damage(
                    "index out of order",
                    file.place(),
                    "more than " + last,
                    place.id().toString()));
        }
    }

    private void addInside(PageFile file, PageFrame.Place place, PageTable table) {
        if (file.isInside(place)) {
            table.add(place.id(), place.offset(), place.storedLength());
        } else {
            add(file.outside(place));
        }
    }

    private void verifyFrames(PageFile file, VolumeFile open, PageTable table) {
        FrameWindow window = new FrameWindow(file, open);
        long end = FileHeader.BYTES;
        for (int index : table.byOffset()) {
            files.requireOpen();
            PageFrame.Place place = table.place(index);
            verifyGap(file, end, place.offset());
            end = place.offset() + place.frameBytes();
            reporting(file.place(), () -> verifyFrame(file, window.frame(place), place));
        }
        verifyGap(file, end, file.indexOffset());
    }

    private void verifyGap(PageFile file, long expected, long found) {
        if (expected != found) {
            findings.add(
                    "`" + file.place() + "` at offset " + Math.min(expected, found),
                    Math.abs(found - expected) + " bytes that "
                            + (found > expected ? "the index does not know" : "belong to two pages"));
        }
    }

    private void verifyFrame(PageFile file, PageFrame frame, PageFrame.Place place) {
        @Nullable PageDamage damage = frame.damage(place, file.place());
        if (damage != null) {
            add(damage);
            return;
        }
        byte[] content = PageContent.of(frame, place, file.place());
        PageId found = PageId.of(content, 0, content.length);
        if (!found.equals(place.id())) {
            add(place.damage("page of another content", file.place(), place.id().toString(), found.toString()));
        }
    }

    private void add(PageDamage damage) {
        findings.add(damage.place(), damage.finding());
    }
}
