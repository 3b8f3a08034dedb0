package dev.argondb.engine.log;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.Damage;
import dev.argondb.engine.volume.Volume;
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
 * version  = 1                          frames as in {@link FrameReader}, records as in {@link LogRecordCodec}
 * crc      = CRC32C of all before it
 * </pre>
 *
 * Numbers are big-endian. The layout of the header is the same in all versions.
 *
 * @param crc also the salt of the segment's frames
 */
record SegmentHeader(UUID databaseId, long firstLsn, int crc) {

    static final int BYTES = 44;
    static final int VERSION = LogRecordCodec.VERSION;

    private static final long MAGIC = 0x4152474f4e44420aL;
    private static final int LOG_SEGMENT = 1;
    private static final int CRC_OFFSET = 40;

    static ByteBuffer encode(UUID databaseId, long firstLsn, int version) {
        ByteBuffer header = ByteBuffer.allocate(BYTES);
        header.putLong(MAGIC).putInt(LOG_SEGMENT).putInt(version);
        header.putLong(databaseId.getMostSignificantBits()).putLong(databaseId.getLeastSignificantBits());
        header.putLong(firstLsn).putInt(crc(header.array()));
        return header.flip();
    }

    static SegmentHeader read(Volume volume, String name, UUID databaseId, long firstLsn) throws IOException {
        try (VolumeFile file = volume.openForRead(name)) {
            ByteBuffer header = ByteBuffer.allocate(BYTES);
            file.read(header, 0);
            return new Check(volume, name).of(header.flip(), databaseId, firstLsn);
        }
    }

    private record Check(Volume volume, String name) {

        SegmentHeader of(ByteBuffer header, UUID databaseId, long firstLsn) {
            if (header.remaining() < BYTES) {
                throw damaged("header cut short", BYTES + " bytes", header.remaining() + " bytes", firstLsn);
            }
            byte[] bytes = header.array();
            requireEqual("not a file of Argon", MAGIC, header.getLong(), firstLsn);
            int crc = header.getInt(CRC_OFFSET);
            requireEqual("header checksum mismatch", crc(bytes), crc, firstLsn);
            requireEqual("not a log segment", LOG_SEGMENT, header.getInt(), firstLsn);
            requireVersion(header.getInt());
            UUID id = new UUID(header.getLong(), header.getLong());
            if (!id.equals(databaseId)) {
                throw damaged("file of another database", databaseId.toString(), id.toString(), firstLsn);
            }
            requireEqual("file of another lsn", firstLsn, header.getLong(), firstLsn);
            return new SegmentHeader(id, firstLsn, crc);
        }

        private void requireVersion(int version) {
            if (version > VERSION) {
                throw DatabaseFile.tooNew(volume, name, version, VERSION);
            }
        }

        private void requireEqual(String what, long expected, long found, long lsn) {
            if (expected != found) {
                throw damaged(what, hex(expected), hex(found), lsn);
            }
        }

        private CorruptDataException damaged(String what, String expected, String found, long lsn) {
            return new Damage(what, volume.describe(name), 0, lsn, expected, found).toException();
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
