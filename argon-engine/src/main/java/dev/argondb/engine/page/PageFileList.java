package dev.argondb.engine.page;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.ChecksummedText;
import dev.argondb.engine.format.FileHeader;
import dev.argondb.engine.volume.Volume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The file that says which files of pages there are. A file is whole and durable before it is listed, and deleted only after
 * it is listed no more: so what is listed is there, and what is not listed is a leftover.
 *
 * <pre>
 * list     = "# Files of pages; do not edit" LF "format=1" LF "database=" UUID LF "next=" number LF file* checksum
 * file     = "file=" number " " size in bytes " " pages LF
 * checksum : see {@link ChecksummedText}
 * </pre>
 *
 * @param next a number above that of each file
 */
record PageFileList(UUID databaseId, long next, List<Entry> entries) {

    /** A file: number, size and how many pages it holds. */
    record Entry(long number, long bytes, int pages) {

        String name() {
            return nameOf(number);
        }

        @Override
        public String toString() {
            return number + " " + bytes + " " + pages;
        }
    }

    static final String DIRECTORY = "pages";
    static final String NAME = DIRECTORY + "/files";

    private static final String PREFIX = "pages-";
    private static final String COMMENT = "# Files of pages; do not edit";
    private static final String FORMAT_KEY = "format=";
    private static final int FORMAT = 1;
    private static final String DATABASE_KEY = "database=";
    private static final String NEXT_KEY = "next=";
    private static final String FILE_KEY = "file=";
    private static final int FIRST_FILE = 4;

    PageFileList {
        entries = List.copyOf(entries);
    }

    static String nameOf(long number) {
        return String.format("%s/%s%08d", DIRECTORY, PREFIX, number);
    }

    /** Tells whether a name, without its directory, is that of a file of pages, or of one in the making. */
    static boolean isNameOfPages(String name) {
        return name.startsWith(PREFIX);
    }

    PageFileList with(long newNext, List<Entry> added, Set<Long> dropped) {
        List<Entry> all = new ArrayList<>(entries);
        all.removeIf(entry -> dropped.contains(entry.number()));
        all.addAll(added);
        return new PageFileList(databaseId, newNext, all);
    }

    void write(Volume volume) throws IOException {
        List<String> lines =
                new ArrayList<>(List.of(COMMENT, FORMAT_KEY + FORMAT, DATABASE_KEY + databaseId, NEXT_KEY + next));
        entries.forEach(entry -> lines.add(FILE_KEY + entry));
        ChecksummedText.write(volume, DIRECTORY, NAME, lines);
    }

    static PageFileList read(Volume volume, UUID databaseId) throws IOException {
        List<String> lines = ChecksummedText.read(volume, NAME);
        PageFileList list;
        try {
            list = parse(volume, lines);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new CorruptDataException(
                    "`" + volume.describe(NAME) + "` is not a list of files of pages: found `" + String.join("|", lines)
                            + "`; restore the file from a copy",
                    e);
        }
        ChecksummedText.requireDatabase(volume, NAME, databaseId, list.databaseId);
        return list;
    }

    private static PageFileList parse(Volume volume, List<String> lines) {
        int format = Integer.parseInt(ChecksummedText.value(lines, 1, FORMAT_KEY));
        if (format > FORMAT) {
            throw FileHeader.tooNew(volume.describe(NAME), format, FORMAT);
        }
        UUID databaseId = UUID.fromString(ChecksummedText.value(lines, 2, DATABASE_KEY));
        long next = Long.parseLong(ChecksummedText.value(lines, 3, NEXT_KEY));
        List<Entry> entries = new ArrayList<>();
        Set<Long> numbers = new HashSet<>();
        for (int i = FIRST_FILE; i < lines.size(); i++) {
            Entry entry = entry(ChecksummedText.value(lines, i, FILE_KEY));
            if (entry.number() >= next || !numbers.add(entry.number())) {
                throw new IllegalArgumentException(lines.get(i));
            }
            entries.add(entry);
        }
        return new PageFileList(databaseId, next, entries);
    }

    private static Entry entry(String text) {
        String[] words = text.split(" ");
        return new Entry(Long.parseLong(words[0]), Long.parseLong(words[1]), Integer.parseInt(words[2]));
    }
}
