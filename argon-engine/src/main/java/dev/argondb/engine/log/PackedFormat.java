package dev.argondb.engine.log;

import dev.argondb.engine.format.ByteSink;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The layout of a packed segment: its records in compressed blocks, with an index.
 *
 * <pre>
 * packed   = header block* index footer {@link SegmentHeader}, of its own kind; its LSN is the first of the first block
 * block    = "ABlk" crc firstLsn:long lastLsn:long records:int rawBytes:int storedBytes:int stored
 * stored   = Zstandard frame            of raw
 * raw      = record+
 * record   = steps:varint length:varint payload
 * payload  = record, as in {@link LogRecordCodec}
 * index    = (firstLsn:long offset:long)*   of each block, in their order
 * footer   = "AEnd" crc indexOffset:long lastLsn:long rawBytes:long blocks:int
 * crc      = CRC32C of the header's checksum, of the offset of the block or the footer as a long, and of all of it after the
 *            crc; of the footer, the index before that
 * rawBytes = size of raw; in the footer, of all blocks
 * </pre>
 *
 * Numbers are big-endian. The records of a segment have consecutive LSNs. A block holds whole records; it ends with the one
 * that makes it as large as blocks should be, or before one that would make it twice as large.
 */
final class PackedFormat {

    static final int BLOCK_MAGIC = 0x41426c6b;
    static final int FOOTER_MAGIC = 0x41456e64;
    static final int BLOCK_HEADER_BYTES = 36;
    static final int INDEX_ENTRY_BYTES = 16;
    static final int FOOTER_BYTES = 36;
    static final int CRC_OFFSET = 4;
    static final int CHECKED_OFFSET = 8;

    private static final HexFormat HEX = HexFormat.of();

    private PackedFormat() {}

    /** What stands before the stored bytes of a block. */
    record BlockHeader(int crc, long firstLsn, long lastLsn, int records, int rawBytes, int storedBytes) {

        static BlockHeader read(ByteBuffer source) {
            return new BlockHeader(
                    source.getInt(),
                    source.getLong(),
                    source.getLong(),
                    source.getInt(),
                    source.getInt(),
                    source.getInt());
        }

        /** Writes it with a checksum of 0. */
        void writeTo(ByteSink sink) {
            sink.putInt(BLOCK_MAGIC);
            sink.putInt(0);
            sink.putLong(firstLsn);
            sink.putLong(lastLsn);
            sink.putInt(records);
            sink.putInt(rawBytes);
            sink.putInt(storedBytes);
        }

        /** Tells whether no number of it is impossible. */
        boolean isPlausible() {
            return firstLsn > 0 && lastLsn >= firstLsn && records > 0 && rawBytes > 0 && storedBytes > 0;
        }
    }

    static int crc(int salt, long offset, byte[] before, byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(salt)
                .putLong(offset)
                .flip());
        crc.update(before);
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    static String hex(int value) {
        return HEX.toHexDigits(value);
    }
}
