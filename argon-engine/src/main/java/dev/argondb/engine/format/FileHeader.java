package dev.argondb.engine.format;

import dev.argondb.CorruptDataException;
import dev.argondb.UnsupportedException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The first bytes of a file.
 *
 * <pre>
 * header   = "ARGONDB" LF kind:int version:int databaseId:16 bytes number:long crc:int
 * crc      = CRC32C of all before it
 * </pre>
 *
 * Numbers are big-endian. The layout of the header is the same in all versions.
 *
 * <p>Immutable.
 *
 * @param version of what follows the header; the meaning is its kind's
 * @param number which of the files of its kind this is
 */
public record FileHeader(Kind kind, int version, UUID databaseId, long number) {

    /** Bytes of an encoded header. */
    public static final int BYTES = 44;

    private static final long MAGIC = 0x4152474f4e44420aL;
    private static final int CRC_OFFSET = 40;

    /** What a file holds. */
    public enum Kind {
        LOG_SEGMENT(1, "not a log segment", "file of another lsn"),
        PAGES(2, "file of another kind", "file of another number"),
        PACKED_SEGMENT(3, "not a packed log segment", "file of another lsn");

        private final int code;
        private final String otherKind;
        private final String otherNumber;

        Kind(int code, String otherKind, String otherNumber) {
            this.code = code;
            this.otherKind = otherKind;
            this.otherNumber = otherNumber;
        }
    }

    /** Returns the encoded header, from position 0 to the limit. */
    public ByteBuffer encode() {
        ByteBuffer header = ByteBuffer.allocate(BYTES);
        header.putLong(MAGIC).putInt(kind.code).putInt(version);
        header.putLong(databaseId.getMostSignificantBits()).putLong(databaseId.getLeastSignificantBits());
        header.putLong(number).putInt(crcOf(header.array()));
        return header.flip();
    }

    /** Returns the checksum of the encoded header: unlike that of any other file, so it can salt the checksums of what follows. */
    public int crc() {
        return crcIn(encode());
    }

    /** Returns the checksum that an encoded header ends with. */
    public static int crcIn(ByteBuffer encoded) {
        return encoded.getInt(CRC_OFFSET);
    }

    /**
     * Requires that a file begins with a header like this one, of this version or one before.
     *
     * @param found the first bytes of the file, as far as there are any, in an array of their own
     * @param fileName its full name, for messages
     * @return the header found
     * @throws CorruptDataException if it does not
     * @throws UnsupportedException if it is of a later version
     */
    public FileHeader require(ByteBuffer found, String fileName) {
        return require(
                found,
                fileName,
                (what, expected, is) -> new CorruptDataException(what + " in `" + fileName + "` at offset 0: expected `"
                        + expected + "`, found `" + is + "`; restore the file from a copy"));
    }

    /**
     * As {@link #require(ByteBuffer, String)}, for files whose damage is described in another way.
     *
     * @param damaged makes the exception
     */
    public FileHeader require(ByteBuffer found, String fileName, Damaged damaged) {
        return new Check(fileName, damaged).of(found, this);
    }

    /** Makes the exception for a header that is not what it should be. */
    @FunctionalInterface
    public interface Damaged {
        CorruptDataException exception(String what, String expected, String found);
    }

    private record Check(String fileName, Damaged damaged) {

        FileHeader of(ByteBuffer found, FileHeader expected) {
            if (found.remaining() < BYTES) {
                throw damaged.exception("header cut short", BYTES + " bytes", found.remaining() + " bytes");
            }
            int crc = crcOf(found.array());
            requireEqual("not a file of Argon", MAGIC, found.getLong());
            requireEqual("header checksum mismatch", crc, found.getInt(CRC_OFFSET));
            requireEqual(expected.kind.otherKind, expected.kind.code, found.getInt());
            int version = found.getInt();
            requireReadable(version, expected.version);
            UUID databaseId = new UUID(found.getLong(), found.getLong());
            if (!databaseId.equals(expected.databaseId)) {
                throw damaged.exception(
                        "file of another database", expected.databaseId.toString(), databaseId.toString());
            }
            requireEqual(expected.kind.otherNumber, expected.number, found.getLong());
            return new FileHeader(expected.kind, version, databaseId, expected.number);
        }

        private void requireReadable(int version, int newest) {
            if (version > newest) {
                throw tooNew(fileName, version, newest);
            }
        }

        private void requireEqual(String what, long expected, long found) {
            if (expected != found) {
                throw damaged.exception(what, hex(expected), hex(found));
            }
        }
    }

    private static String hex(long value) {
        return HexFormat.of().toHexDigits(value);
    }

    private static int crcOf(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, CRC_OFFSET);
        return (int) crc.getValue();
    }

    /** Returns what to throw where a newer version of Argon wrote a file. */
    public static UnsupportedException tooNew(String fileName, int found, int newest) {
        return new UnsupportedException("`" + fileName + "` has format " + found
                + ", this version of Argon reads up to " + newest + "; use a newer version of Argon");
    }
}
