package dev.argondb.engine.log;

import static dev.argondb.engine.log.PackedFormat.BLOCK_HEADER_BYTES;
import static dev.argondb.engine.log.PackedFormat.BLOCK_MAGIC;
import static dev.argondb.engine.log.PackedFormat.CHECKED_OFFSET;
import static dev.argondb.engine.log.PackedFormat.CRC_OFFSET;
import static dev.argondb.engine.log.PackedFormat.hex;

import com.github.luben.zstd.ZstdException;
import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.Damage;
import dev.argondb.engine.format.Zstandard;
import java.nio.ByteBuffer;

/**
 * A block of a packed segment, decompressed: whole records, as in {@link PackedFormat}.
 *
 * <p>Immutable as long as nobody changes the array.
 *
 * @param offset where it begins in the file, in bytes
 * @param raw its records
 */
record PackedBlock(long offset, long firstLsn, long lastLsn, int records, byte[] raw) {

    private static final byte[] NOTHING = {};

    /** Compresses records into a block that begins at an offset. */
    static void encode(
            ByteSink raw, long firstLsn, long lastLsn, int records, int level, int salt, long offset, ByteSink target) {
        byte[] stored = Zstandard.compress(raw.array(), 0, raw.size(), level);
        int start = target.size();
        new PackedFormat.BlockHeader(0, firstLsn, lastLsn, records, raw.size(), stored.length).writeTo(target);
        target.putBytes(stored, 0, stored.length);
        seal(target, start, salt, offset);
    }

    /** Writes a stored block that was checked into another segment. */
    static void copy(byte[] stored, int salt, long offset, ByteSink target) {
        int start = target.size();
        target.putBytes(stored, 0, stored.length);
        seal(target, start, salt, offset);
    }

    private static void seal(ByteSink target, int start, int salt, long offset) {
        int from = start + CHECKED_OFFSET;
        target.setInt(start + CRC_OFFSET, PackedFormat.crc(salt, offset, NOTHING, target.array(), from, target.size()));
    }

    /**
     * Decompresses a block, which has to be whole.
     *
     * @param stored all of the block and nothing else
     * @param lsn the one that it should begin with
     * @param file the full name of the file, for messages
     */
    static PackedBlock decode(byte[] stored, long lsn, int salt, long offset, String file) {
        return new Decoding(stored, lsn, salt, offset, file).run();
    }

    private record Decoding(byte[] stored, long lsn, int salt, long offset, String file) {

        PackedBlock run() {
            if (stored.length < BLOCK_HEADER_BYTES) {
                throw damaged("block cut short", BLOCK_HEADER_BYTES + " bytes", stored.length + " bytes");
            }
            ByteBuffer source = ByteBuffer.wrap(stored);
            int magic = source.getInt();
            if (magic != BLOCK_MAGIC) {
                throw damaged("no block", hex(BLOCK_MAGIC), hex(magic));
            }
            PackedFormat.BlockHeader header = PackedFormat.BlockHeader.read(source);
            int expected = PackedFormat.crc(salt, offset, NOTHING, stored, CHECKED_OFFSET, stored.length);
            if (header.crc() != expected) {
                throw damaged("block checksum mismatch", hex(expected), hex(header.crc()));
            }
            if (!header.isPlausible() || header.storedBytes() != stored.length - BLOCK_HEADER_BYTES) {
                throw damaged("malformed block", (stored.length - BLOCK_HEADER_BYTES) + " bytes", header.toString());
            }
            if (header.firstLsn() != lsn) {
                throw damaged("block out of order", Long.toString(lsn), Long.toString(header.firstLsn()));
            }
            byte[] raw = decompress(header);
            return new PackedBlock(offset, lsn, header.lastLsn(), header.records(), raw);
        }

        private byte[] decompress(PackedFormat.BlockHeader header) {
            String expected = header.rawBytes() + " bytes";
            byte[] raw;
            try {
                raw = Zstandard.decompress(stored, BLOCK_HEADER_BYTES, header.storedBytes(), header.rawBytes());
            } catch (ZstdException e) {
                throw damaged("block cannot be decompressed", expected, String.valueOf(e.getMessage()));
            }
            if (raw.length != header.rawBytes()) {
                throw damaged("block cannot be decompressed", expected, raw.length + " bytes");
            }
            return raw;
        }

        private CorruptDataException damaged(String what, String expected, String found) {
            return new Damage(what, file, offset, lsn, expected, found).toException();
        }
    }
}
