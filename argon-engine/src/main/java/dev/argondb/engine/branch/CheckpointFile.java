package dev.argondb.engine.branch;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.ChecksummedText;
import dev.argondb.engine.log.LogPlace;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.volume.Volume;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The file that names the newest checkpoint. It is replaced once the checkpoint's pages are durable, and before anything is
 * taken away that an older one needs.
 *
 * <pre>
 * file     = "# Newest checkpoint; do not edit" LF "format=1" LF "database=" UUID LF "lsn=" number LF "page=" id LF
 *            "place=" segment " " LSN " " offset LF checksum
 * checksum : see {@link ChecksummedText}
 * </pre>
 *
 * @param lsn the last LSN that the checkpoint folds
 * @param page its page
 * @param place where the log was surely whole then, so that opening it need not read what is before
 */
record CheckpointFile(UUID databaseId, long lsn, PageId page, LogPlace place) {

    static final String NAME = "checkpoint";

    private static final String COMMENT = "# Newest checkpoint; do not edit";
    private static final String FORMAT = "format=1";
    private static final String DATABASE_KEY = "database=";
    private static final String LSN_KEY = "lsn=";
    private static final String PAGE_KEY = "page=";
    private static final String PLACE_KEY = "place=";

    void write(Volume volume) throws IOException {
        List<String> lines = List.of(
                COMMENT,
                FORMAT,
                DATABASE_KEY + databaseId,
                LSN_KEY + lsn,
                PAGE_KEY + page,
                PLACE_KEY + place.segmentLsn() + " " + place.lsn() + " " + place.offset());
        ChecksummedText.write(volume, "", NAME, lines);
    }

    /** Returns what the file says, null where there is none. */
    static @Nullable CheckpointFile read(Volume volume) throws IOException {
        return volume.exists(NAME) ? parse(volume, ChecksummedText.read(volume, NAME)) : null;
    }

    private static CheckpointFile parse(Volume volume, List<String> lines) {
        try {
            if (!lines.get(1).equals(FORMAT)) {
                throw new IllegalArgumentException(lines.get(1));
            }
            String page = ChecksummedText.value(lines, 4, PAGE_KEY);
            String[] place = ChecksummedText.value(lines, 5, PLACE_KEY).split(" ", -1);
            return new CheckpointFile(
                    UUID.fromString(ChecksummedText.value(lines, 2, DATABASE_KEY)),
                    Long.parseLong(ChecksummedText.value(lines, 3, LSN_KEY)),
                    new PageId(
                            Long.parseUnsignedLong(page.substring(0, 16), 16),
                            Long.parseUnsignedLong(page.substring(16), 16)),
                    new LogPlace(Long.parseLong(place[0]), Long.parseLong(place[1]), Long.parseLong(place[2])));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new CorruptDataException(
                    "`" + volume.describe(NAME) + "` does not name a checkpoint: found `" + String.join("|", lines)
                            + "`; restore the file from a copy",
                    e);
        }
    }

    /** Checks that it is of a database. */
    void requireOf(Volume volume, UUID id) {
        ChecksummedText.requireDatabase(volume, NAME, id, databaseId);
    }
}
