package dev.argondb.engine.log;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.ChecksummedText;
import dev.argondb.engine.volume.Volume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The file that says which segments there are, so that one that is missing or cut short is noticed. A new segment is whole
 * before it is listed, and listed before it is written to.
 *
 * <pre>
 * file     = "# Segments of the log; do not edit" LF "format=1" LF "database=" UUID LF segment+ checksum
 * segment  = "segment=" first LSN " " size LF     a full one
 *          | "segment=" first LSN LF              the last one
 * checksum : see {@link ChecksummedText}
 * </pre>
 */
record SegmentList(UUID databaseId, List<Sealed> sealed, long lastFirstLsn) {

    /** A segment that is full. */
    record Sealed(long firstLsn, long bytes) {}

    static final String DIRECTORY = "log";
    static final String NAME = DIRECTORY + "/segments";

    private static final String COMMENT = "# Segments of the log; do not edit";
    private static final String FORMAT_KEY = "format=";
    private static final int FORMAT = 1;
    private static final String DATABASE_KEY = "database=";
    private static final String SEGMENT_KEY = "segment=";

    SegmentList {
        sealed = List.copyOf(sealed);
    }

    /** Returns this list after its last segment was closed at a size and another begun. */
    SegmentList next(long bytes, long firstLsn) {
        List<Sealed> more = new ArrayList<>(sealed);
        more.add(new Sealed(lastFirstLsn, bytes));
        return new SegmentList(databaseId, more, firstLsn);
    }

    List<Long> firstLsns() {
        List<Long> all = new ArrayList<>();
        sealed.forEach(segment -> all.add(segment.firstLsn()));
        all.add(lastFirstLsn);
        return all;
    }

    void write(Volume volume) throws IOException {
        List<String> lines = new ArrayList<>(List.of(COMMENT, FORMAT_KEY + FORMAT, DATABASE_KEY + databaseId));
        sealed.forEach(segment -> lines.add(SEGMENT_KEY + segment.firstLsn() + " " + segment.bytes()));
        lines.add(SEGMENT_KEY + lastFirstLsn);
        ChecksummedText.write(volume, DIRECTORY, NAME, lines);
    }

    static SegmentList read(Volume volume, UUID databaseId) throws IOException {
        List<String> lines = ChecksummedText.read(volume, NAME);
        SegmentList list;
        try {
            list = parse(volume, lines);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new CorruptDataException(
                    "`" + volume.describe(NAME) + "` is not a list of segments: found `" + String.join("|", lines)
                            + "`; restore the file from a copy",
                    e);
        }
        if (!list.databaseId.equals(databaseId)) {
            throw new CorruptDataException("`" + volume.describe(NAME) + "` is of another database: expected `"
                    + databaseId + "`, found `" + list.databaseId + "`; restore the file from a copy");
        }
        return list;
    }

    private static SegmentList parse(Volume volume, List<String> lines) {
        int format = Integer.parseInt(DatabaseFile.value(lines, 1, FORMAT_KEY));
        if (format > FORMAT) {
            throw DatabaseFile.tooNew(volume, NAME, format, FORMAT);
        }
        UUID databaseId = UUID.fromString(DatabaseFile.value(lines, 2, DATABASE_KEY));
        List<Sealed> sealed = new ArrayList<>();
        int last = lines.size() - 1;
        for (int i = 3; i < last; i++) {
            String[] words = DatabaseFile.value(lines, i, SEGMENT_KEY).split(" ");
            sealed.add(new Sealed(Long.parseLong(words[0]), Long.parseLong(words[1])));
        }
        return new SegmentList(databaseId, sealed, Long.parseLong(DatabaseFile.value(lines, last, SEGMENT_KEY)));
    }
}
