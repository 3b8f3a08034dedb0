package dev.argondb.engine.branch;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.ChecksummedText;
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
 * file     = "# Newest checkpoint; do not edit" LF "format=1" LF "database=" UUID LF "lsn=" number LF "page=" id LF checksum
 * checksum : see {@link ChecksummedText}
 * </pre>
 *
 * @param lsn the last LSN that the checkpoint folds
 * @param page its page
 */
record CheckpointFile(UUID databaseId, long lsn, PageId page) {

    static final String NAME = "checkpoint";

    private static final String COMMENT = "# Newest checkpoint; do not edit";
    private static final String FORMAT = "format=1";
    private static final String DATABASE_KEY = "database=";
    private static final String LSN_KEY = "lsn=";
    private static final String PAGE_KEY = "page=";

    void write(Volume volume) throws IOException {
        ChecksummedText.write(
                volume, "", NAME, List.of(COMMENT, FORMAT, DATABASE_KEY + databaseId, LSN_KEY + lsn, PAGE_KEY + page));
    }

    /** Returns what the file says, null where there is none. */
    static @Nullable CheckpointFile read(Volume volume, UUID databaseId) throws IOException {
        if (!volume.exists(NAME)) {
            return null;
        }
        List<String> lines = ChecksummedText.read(volume, NAME);
        CheckpointFile file = parse(volume, lines);
        if (!file.databaseId.equals(databaseId)) {
            throw new CorruptDataException("`" + volume.describe(NAME) + "` is of another database: expected `"
                    + databaseId + "`, found `" + file.databaseId + "`; restore the file from a copy");
        }
        return file;
    }

    private static CheckpointFile parse(Volume volume, List<String> lines) {
        try {
            if (!lines.get(1).equals(FORMAT)) {
                throw new IllegalArgumentException(lines.get(1));
            }
            String page = value(lines, 4, PAGE_KEY);
            return new CheckpointFile(
                    UUID.fromString(value(lines, 2, DATABASE_KEY)),
                    Long.parseLong(value(lines, 3, LSN_KEY)),
                    new PageId(
                            Long.parseUnsignedLong(page.substring(0, 16), 16),
                            Long.parseUnsignedLong(page.substring(16), 16)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new CorruptDataException(
                    "`" + volume.describe(NAME) + "` does not name a checkpoint: found `" + String.join("|", lines)
                            + "`; restore the file from a copy",
                    e);
        }
    }

    private static String value(List<String> lines, int index, String key) {
        String line = lines.get(index);
        if (!line.startsWith(key)) {
            throw new IllegalArgumentException(line);
        }
        return line.substring(key.length());
    }
}
