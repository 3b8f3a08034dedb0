package dev.argondb.engine.format;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.volume.Volume;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Small files of text that are replaced as a whole, atomically and durably.
 *
 * <pre>
 * file     = line* "checksum=" CRC32C of the lines as 8 hexadecimal digits LF
 * line     = character* LF
 * </pre>
 */
public final class ChecksummedText {

    public static final String TEMPORARY_SUFFIX = ".tmp";

    private static final String CHECKSUM = "checksum=";

    private ChecksummedText() {}

    public static void write(Volume volume, String directory, String name, List<String> lines) throws IOException {
        String text = String.join("\n", lines) + "\n";
        byte[] bytes = (text + CHECKSUM + checksum(text) + "\n").getBytes(StandardCharsets.UTF_8);
        replace(volume, directory, name, ByteBuffer.wrap(bytes));
    }

    /** Makes a file, or replaces it: before or after a crash it is the old one or the new one, whole. */
    public static void replace(Volume volume, String directory, String name, ByteBuffer content) throws IOException {
        String temporary = name + TEMPORARY_SUFFIX;
        volume.delete(temporary);
        try (VolumeFile file = volume.create(temporary)) {
            file.write(content, 0);
            file.sync();
        }
        volume.rename(temporary, name);
        volume.syncDirectory(directory);
    }

    public static List<String> read(Volume volume, String name) throws IOException {
        String all = new String(bytes(volume, name), StandardCharsets.UTF_8);
        int end = all.lastIndexOf(CHECKSUM);
        if (end < 0) {
            throw damaged(volume, name, CHECKSUM + "...", "no checksum");
        }
        String text = all.substring(0, end);
        String expected = CHECKSUM + checksum(text) + "\n";
        String found = all.substring(end);
        if (!found.equals(expected)) {
            throw damaged(volume, name, expected.strip(), found.strip());
        }
        return text.lines().toList();
    }

    /**
     * Returns what follows a key in a line.
     *
     * @throws IllegalArgumentException if the line begins otherwise
     * @throws IndexOutOfBoundsException if there is no such line
     */
    public static String value(List<String> lines, int index, String key) {
        String line = lines.get(index);
        if (!line.startsWith(key)) {
            throw new IllegalArgumentException(line);
        }
        return line.substring(key.length());
    }

    /**
     * Checks that a file is of the database that it is read for.
     *
     * @throws CorruptDataException if it is of another
     */
    public static void requireDatabase(Volume volume, String name, UUID expected, UUID found) {
        if (!found.equals(expected)) {
            throw new CorruptDataException("`" + volume.describe(name) + "` is of another database: expected `"
                    + expected + "`, found `" + found + "`; restore the file from a copy");
        }
    }

    private static CorruptDataException damaged(Volume volume, String name, String expected, String found) {
        return new CorruptDataException("checksum mismatch in `" + volume.describe(name) + "`: expected `" + expected
                + "`, found `" + found + "`; restore the file from a copy");
    }

    private static byte[] bytes(Volume volume, String name) throws IOException {
        try (VolumeFile file = volume.openForRead(name)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.read(content, 0);
            return content.array();
        }
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
