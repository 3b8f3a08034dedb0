package dev.argondb.engine.page;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.ChecksummedText;
import dev.argondb.engine.volume.Volume;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Makes the list of files of a store, or finds it, and checks that the files are there. Reads none of them. */
final class PageFilesOpening {

    private final Volume volume;
    private final UUID databaseId;

    PageFilesOpening(Volume volume, UUID databaseId) {
        this.volume = volume;
        this.databaseId = databaseId;
    }

    PageFileList run() throws IOException {
        volume.createDirectory(PageFileList.DIRECTORY);
        PageFileList list = volume.exists(PageFileList.NAME) ? PageFileList.read(volume, databaseId) : create();
        makeNamesDurable();
        for (PageFileList.Entry entry : list.entries()) {
            requireSize(entry);
        }
        dropLeftovers(list);
        return list;
    }

    private PageFileList create() throws IOException {
        for (String name : volume.list(PageFileList.DIRECTORY)) {
            if (PageFileList.isNameOfPages(name) && !isTemporary(name)) {
                throw new CorruptDataException("`" + volume.describe(PageFileList.NAME)
                        + "` is missing, but there are pages in `" + volume.describe(inDirectory(name))
                        + "`; restore the missing file from a copy");
            }
        }
        PageFileList list = new PageFileList(databaseId, 1, List.of());
        list.write(volume);
        return list;
    }

    /** The sync that should have made the list so may have failed; before that, nothing that an older list names may go. */
    private void makeNamesDurable() throws IOException {
        volume.syncDirectory(PageFileList.DIRECTORY);
    }

    private void requireSize(PageFileList.Entry entry) throws IOException {
        String name = volume.describe(entry.name());
        long found = sizeOf(entry, name);
        if (found != entry.bytes()) {
            String what = found < entry.bytes() ? "file of pages cut short" : "file of pages too long";
            throw new CorruptDataException(what + ": `" + name + "` should have " + entry.bytes() + " bytes, but has "
                    + found + "; restore the file from a copy");
        }
        if (entry.pages() <= 0 || PageFooter.indexOffset(entry) < 0) {
            throw new CorruptDataException("`" + volume.describe(PageFileList.NAME) + "` lists `" + name + "` with "
                    + entry.pages() + " pages in " + entry.bytes() + " bytes; restore the file from a copy");
        }
    }

    private long sizeOf(PageFileList.Entry entry, String name) throws IOException {
        try (VolumeFile file = volume.openForRead(entry.name())) {
            return file.size();
        } catch (NoSuchFileException e) {
            throw new CorruptDataException("file of pages `" + name + "` is missing; restore the file from a copy", e);
        }
    }

    private void dropLeftovers(PageFileList list) throws IOException {
        Set<String> listed =
                list.entries().stream().map(PageFileList.Entry::name).collect(Collectors.toSet());
        for (String name : volume.list(PageFileList.DIRECTORY)) {
            String full = inDirectory(name);
            if (PageFileList.isNameOfPages(name) && !listed.contains(full)) {
                volume.delete(full);
            }
        }
        volume.delete(PageFileList.NAME + ChecksummedText.TEMPORARY_SUFFIX);
    }

    private static String inDirectory(String name) {
        return PageFileList.DIRECTORY + "/" + name;
    }

    private static boolean isTemporary(String name) {
        return name.endsWith(ChecksummedText.TEMPORARY_SUFFIX);
    }
}
