package dev.argondb.engine.log;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.Damage;
import dev.argondb.engine.format.FileHeader;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The first bytes of a segment.
 *
 * <pre>
 * header   = "ARGONDB" LF kind:int version:int databaseId:16 bytes firstLsn:long crc:int
 * kind     = 1                          log segment
 *          | 2                          packed log segment
 * version  = 1                          of a log segment: frames as in {@link FrameReader}; of a packed one: as in
 *                                       {@link PackedFormat}; in both records as in {@link LogRecordCodec} version 1
 * crc      = CRC32C of all before it
 * </pre>
 *
 * Numbers are big-endian. The layout of the header is the same in all kinds and versions.
 *
 * @param crc also the salt of the segment's checksums
 */
record SegmentHeader(UUID databaseId, long firstLsn, int crc) {

    static final int BYTES = 44;

    private static final long MAGIC = 0x4152474f4e44420aL;
    private static final int CRC_OFFSET = 40;

    /** What kind of file it is. */
    enum Kind {
        RAW(1, 1, "log segment"),
        PACKED(2, 1, "packed log segment");

        private final int code;
        private final int version;
        private final String description;

        Kind(int code, int version, String description) {
            this.code = code;
            this.version = version;
            this.description = description;
        }

        int version() {
            return version;
        }
    }

    static ByteBuffer encode(Kind kind, UUID databaseId, long firstLsn) {
        return encode(kind, databaseId, firstLsn, kind.version);
    }

    static ByteBuffer encode(Kind kind, UUID databaseId, long firstLsn, int version) {
        ByteBuffer header = ByteBuffer.allocate(BYTES);
        header.putLong(MAGIC).putInt(kind.code).putInt(version);
        header.putLong(databaseId.getMostSignificantBits()).putLong(databaseId.getLeastSignificantBits());
        header.putLong(firstLsn).putInt(crc(header.array()));
        return header.flip();
    }

    /** Returns the checksum of an encoded header, which salts the others. */
    static int salt(ByteBuffer header) {
        return header.getInt(CRC_OFFSET);
    }

    static SegmentHeader read(VolumeFile file, Check check) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(BYTES);
        file.read(header, 0);
        return check.of(header.flip());
    }

    /**
     * What a header has to say.
     *
     * @param file the full name of the file, for messages
     */
    record Check(Kind kind, String file, UUID databaseId, long firstLsn) {

        /** Returns what the first bytes of the file say, if it is that. */
        SegmentHeader of(ByteBuffer header) {
            if (header.remaining() < BYTES) {
                throw damaged("header cut short", BYTES + " bytes", header.remaining() + " bytes");
            }
            byte[] bytes = header.array();
            requireEqual("not a file of Argon", MAGIC, header.getLong());
            int crc = header.getInt(CRC_OFFSET);
            requireEqual("header checksum mismatch", crc(bytes), crc);
            requireEqual("not a " + kind.description, kind.code, header.getInt());
            requireVersion(header.getInt());
            UUID id = new UUID(header.getLong(), header.getLong());
            if (!id.equals(databaseId)) {
                throw damaged("file of another database", databaseId.toString(), id.toString());
            }
            requireEqual("file of another lsn", firstLsn, header.getLong());
            return new SegmentHeader(id, firstLsn, crc);
        }

        private void requireVersion(int version) {
            if (version > kind.version) {
                throw FileHeader.tooNew(file, version, kind.version);
            }
        }

        private void requireEqual(String what, long expected, long found) {
            if (expected != found) {
                throw damaged(what, hex(expected), hex(found));
            }
        }

        private CorruptDataException damaged(String what, String expected, String found) {
            return new Damage(what, file, 0, firstLsn, expected, found).toException();
        }
    }

    private static String hex(long value) {
        return HexFormat.of().toHexDigits(value);
    }

    private static int crc(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, CRC_OFFSET);
        return (int) crc.getValue();
    }
}
