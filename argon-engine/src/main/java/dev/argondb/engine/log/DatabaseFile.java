package dev.argondb.engine.log;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.ChecksummedText;
import dev.argondb.engine.format.FileHeader;
import dev.argondb.engine.volume.Volume;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/**
 * The file that makes a directory a database: its format and its id. It is written last when a database is made, so where it
 * is, the rest is whole.
 *
 * <pre>
 * file     = "# Argon database; do not edit" LF "format=" number LF "database=" UUID LF checksum
 * checksum : see {@link ChecksummedText}
 * </pre>
 *
 * @param format the version of the layout of the directory
 * @param databaseId in the header of every file of the database
 */
record DatabaseFile(int format, UUID databaseId) {

    static final String NAME = "argon.properties";
    static final int FORMAT = 1;

    private static final String COMMENT = "# Argon database; do not edit";
    private static final String FORMAT_KEY = "format=";
    private static final String DATABASE_KEY = "database=";

    static DatabaseFile create(Volume volume, UUID databaseId) throws IOException {
        List<String> lines = List.of(COMMENT, FORMAT_KEY + FORMAT, DATABASE_KEY + databaseId);
        ChecksummedText.write(volume, "", NAME, lines);
        return new DatabaseFile(FORMAT, databaseId);
    }

    static DatabaseFile read(Volume volume) throws IOException {
        List<String> lines = ChecksummedText.read(volume, NAME);
        try {
            int format = Integer.parseInt(ChecksummedText.value(lines, 1, FORMAT_KEY));
            if (format > FORMAT) {
                throw FileHeader.tooNew(volume.describe(NAME), format, FORMAT);
            }
            return new DatabaseFile(format, UUID.fromString(ChecksummedText.value(lines, 2, DATABASE_KEY)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new CorruptDataException(
                    "`" + volume.describe(NAME) + "` is not the description of an Argon database: expected `"
                            + FORMAT_KEY + "` and `" + DATABASE_KEY + "`, found `" + String.join("|", lines)
                            + "`; restore the file from a copy",
                    e);
        }
    }

    /**
     * @param file the full name of the file
     */
}
