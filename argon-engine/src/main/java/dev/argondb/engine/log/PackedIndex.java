package dev.argondb.engine.log;

import static dev.argondb.engine.log.PackedFormat.BLOCK_HEADER_BYTES;
import static dev.argondb.engine.log.PackedFormat.CRC_OFFSET;
import static dev.argondb.engine.log.PackedFormat.FOOTER_BYTES;
import static dev.argondb.engine.log.PackedFormat.FOOTER_MAGIC;
import static dev.argondb.engine.log.PackedFormat.INDEX_ENTRY_BYTES;
import static dev.argondb.engine.log.PackedFormat.hex;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.Damage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the blocks of a packed segment are: its header, index and footer as in {@link PackedFormat}.
 *
 * <p>Immutable, thread-safe.
 */
final class PackedIndex {

    /** What is read from the end of the file at first: of most segments all of the index. */
    private static final int TAIL_BYTES = 1 << 15;

    private final int salt;
    private final long[] firstLsns;
    private final long[] offsets;
    private final long indexOffset;
    private final long lastLsn;
    private final long rawBytes;

    /**
     * @param offsets of the blocks, one for each LSN
     * @param indexOffset where the blocks end
     */
    PackedIndex(int salt, long[] firstLsns, long[] offsets, long indexOffset, long lastLsn, long rawBytes) {
        this.salt = salt;
        this.firstLsns = firstLsns;
        this.offsets = offsets;
        this.indexOffset = indexOffset;
        this.lastLsn = lastLsn;
        this.rawBytes = rawBytes;
    }

    int blocks() {
        return offsets.length;
    }

    int salt() {
        return salt;
    }

    long lastLsn() {
        return lastLsn;
    }

    long rawBytes() {
        return rawBytes;
    }

    long firstLsn(int block) {
        return firstLsns[block];
    }

    /** Returns the LSN after the last one of a block. */
    long endLsn(int block) {
        return block + 1 < firstLsns.length ? firstLsns[block + 1] : lastLsn + 1;
    }

    long offset(int block) {
        return offsets[block];
    }

    /** Returns where a block ends; the offset after the last block for the number of blocks or more. */
    long endOffset(int block) {
        return block + 1 < offsets.length ? offsets[block + 1] : indexOffset;
    }

    /** Returns the block that holds an LSN of the segment. */
    int blockOf(long lsn) {
        int found = Arrays.binarySearch(firstLsns, lsn);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }

    /** Writes index and footer, which begin at the offset at which the blocks end. */
    void writeTo(ByteSink sink) {
        int start = sink.size();
        for (int i = 0; i < offsets.length; i++) {
            sink.putLong(firstLsns[i]);
            sink.putLong(offsets[i]);
        }
        int footer = sink.size();
        sink.putInt(FOOTER_MAGIC);
        sink.putInt(0);
        sink.putLong(indexOffset);
        sink.putLong(lastLsn);
        sink.putLong(rawBytes);
        sink.putInt(offsets.length);
        byte[] index = Arrays.copyOfRange(sink.array(), start, footer);
        long footerOffset = indexOffset + index.length;
        int from = footer + PackedFormat.CHECKED_OFFSET;
        sink.setInt(footer + CRC_OFFSET, PackedFormat.crc(salt, footerOffset, index, sink.array(), from, sink.size()));
    }

    /** Reads the index of a segment, and checks the header. */
    static PackedIndex read(PackedSource source, SegmentHeader.Check header, long bytes) throws IOException {
        return new Reading(source, header, bytes).run();
    }

    /**
     * Makes an index of the blocks that there are, one after the other, of a segment whose own one is damaged.
     *
     * @throws CorruptDataException if not even the first block is there
     */
    static PackedIndex rebuild(PackedSource source, UUID databaseId, SegmentList.Sealed sealed) throws IOException {
        int salt = SegmentHeader.salt(SegmentHeader.encode(SegmentHeader.Kind.PACKED, databaseId, sealed.firstLsn()));
        List<Long> lsns = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        long offset = SegmentHeader.BYTES;
        long lastLsn = 0;
        Optional<PackedFormat.BlockHeader> next = blockAt(source, offset, sealed.bytes());
        while (next.isPresent()) {
            lsns.add(next.get().firstLsn());
            offsets.add(offset);
            lastLsn = next.get().lastLsn();
            offset += BLOCK_HEADER_BYTES + next.get().storedBytes();
            next = blockAt(source, offset, sealed.bytes());
        }
        if (lsns.isEmpty()) {
            throw new CorruptDataException("no block follows the header");
        }
        return new PackedIndex(salt, longs(lsns), longs(offsets), offset, lastLsn, 0);
    }

    private static Optional<PackedFormat.BlockHeader> blockAt(PackedSource source, long offset, long bytes)
            throws IOException {
        if (bytes - offset < BLOCK_HEADER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.allocate(BLOCK_HEADER_BYTES);
        source.read(header, offset);
        if (header.flip().getInt() != PackedFormat.BLOCK_MAGIC) {
            return Optional.empty();
        }
        return Optional.of(PackedFormat.BlockHeader.read(header))
                .filter(PackedFormat.BlockHeader::isPlausible)
                .filter(block -> block.storedBytes() <= bytes - offset - BLOCK_HEADER_BYTES);
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private record Reading(PackedSource source, SegmentHeader.Check header, long bytes) {

        PackedIndex run() throws IOException {
            if (bytes < SegmentHeader.BYTES + FOOTER_BYTES) {
                throw damaged("packed segment cut short", bytes, "a footer", bytes + " bytes");
            }
            int salt = header.of(read(0, SegmentHeader.BYTES)).crc();
            ByteBuffer tail = read(Math.max(0, bytes - TAIL_BYTES), (int) Math.min(bytes, TAIL_BYTES));
            ByteBuffer footer = tail.duplicate().position(tail.limit() - FOOTER_BYTES);
            requireMagic(footer.getInt());
            int crc = footer.getInt();
            long indexOffset = footer.getLong();
            long lastLsn = footer.getLong();
            long rawBytes = footer.getLong();
            int blocks = footer.getInt();
            ByteBuffer index = index(tail, requireIndexBytes(indexOffset, blocks));
            byte[] indexBytes = new byte[index.remaining()];
            index.duplicate().get(indexBytes);
            requireCrc(salt, crc, indexBytes, tail);
            return of(salt, index, new long[blocks], new long[blocks], indexOffset, lastLsn, rawBytes);
        }

        private static PackedIndex of(
                int salt, ByteBuffer index, long[] lsns, long[] offsets, long indexOffset, long last, long rawBytes) {
            for (int i = 0; i < lsns.length; i++) {
                lsns[i] = index.getLong();
                offsets[i] = index.getLong();
            }
            return new PackedIndex(salt, lsns, offsets, indexOffset, last, rawBytes);
        }

        private void requireMagic(int found) {
            if (found != FOOTER_MAGIC) {
                throw damaged("no footer", bytes - FOOTER_BYTES, hex(FOOTER_MAGIC), hex(found));
            }
        }

        private int requireIndexBytes(long indexOffset, int blocks) {
            long expected = bytes - FOOTER_BYTES - (long) blocks * INDEX_ENTRY_BYTES;
            if (blocks <= 0 || indexOffset != expected || indexOffset < SegmentHeader.BYTES) {
                throw damaged(
                        "footer does not fit",
                        bytes - FOOTER_BYTES,
                        "index at " + expected,
                        "index of " + blocks + " blocks at " + indexOffset);
            }
            return blocks * INDEX_ENTRY_BYTES;
        }

        private ByteBuffer index(ByteBuffer tail, int count) throws IOException {
            if (count + FOOTER_BYTES > tail.limit()) {
                return read(bytes - FOOTER_BYTES - count, count);
            }
            return tail.slice(tail.limit() - FOOTER_BYTES - count, count);
        }

        private void requireCrc(int salt, int found, byte[] index, ByteBuffer tail) {
            int from = tail.limit() - FOOTER_BYTES + PackedFormat.CHECKED_OFFSET;
            int expected = PackedFormat.crc(salt, bytes - FOOTER_BYTES, index, tail.array(), from, tail.limit());
            if (found != expected) {
                throw damaged("footer checksum mismatch", bytes - FOOTER_BYTES, hex(expected), hex(found));
            }
        }

        private ByteBuffer read(long position, int count) throws IOException {
            ByteBuffer target = ByteBuffer.allocate(count);
            source.read(target, position);
            return target.flip();
        }

        private CorruptDataException damaged(String what, long offset, String expected, String found) {
            return new Damage(what, header.file(), offset, header.firstLsn(), expected, found).toException();
        }
    }
}
