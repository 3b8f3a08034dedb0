package dev.argondb.engine.log;

import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.ByteSource;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Writes a packed segment, as in {@link PackedFormat}, from its first record to its last. Confined to one thread. */
final class PackedWriter {

    /** More than the default of the library, 3: history is written once and kept for long. */
    private static final int COMPRESSION_LEVEL = 6;

    private static final int KEPT_BYTES = 1 << 20;

    private final VolumeFile file;
    private final int blockBytes;
    private final int salt;
    private final ByteSink raw = new ByteSink(1 << 16);
    private final ByteSink sink = new ByteSink(1 << 16);
    private final CRC32C rawCrc = new CRC32C();
    private long[] firstLsns = new long[64];
    private long[] offsets = new long[64];
    private int blocks;
    private long position;
    private long rawBytes;
    private int records;
    private long blockLsn;
    private long nextLsn;

    /**
     * @param file empty
     * @param blockBytes from which size on a block is closed, uncompressed
     */
    PackedWriter(VolumeFile file, UUID databaseId, long firstLsn, int blockBytes) throws IOException {
        this.file = file;
        this.blockBytes = blockBytes;
        this.blockLsn = firstLsn;
        this.nextLsn = firstLsn;
        ByteBuffer header = SegmentHeader.encode(SegmentHeader.Kind.PACKED, databaseId, firstLsn);
        this.salt = SegmentHeader.salt(header);
        file.write(header, 0);
        this.position = SegmentHeader.BYTES;
    }

    /** Adds the record that comes next. */
    void add(StoredRecord record) throws IOException {
        if (record.firstLsn() != nextLsn) {
            throw new AssertionError("a record at lsn " + record.firstLsn() + ", not at lsn " + nextLsn);
        }
        ByteSource payload = record.payload();
        if (records > 0 && raw.size() + (long) payload.remaining() > 2L * blockBytes) {
            endBlock();
        }
        raw.putVarint(record.steps());
        raw.putVarint(payload.remaining());
        payload.readInto(raw);
        records++;
        nextLsn = record.lastLsn() + 1;
        if (raw.size() >= blockBytes) {
            endBlock();
        }
    }

    private void endBlock() throws IOException {
        sink.clear(KEPT_BYTES);
        PackedBlock.encode(raw, blockLsn, nextLsn - 1, records, COMPRESSION_LEVEL, salt, position, sink);
        rawBytes += raw.size();
        rawCrc.update(raw.array(), 0, raw.size());
        raw.clear(KEPT_BYTES);
        records = 0;
        writeBlock();
    }

    /** Adds a block of another segment, which was checked, and holds what comes next. */
    void copy(byte[] stored, PackedBlock block) throws IOException {
        if (block.firstLsn() != nextLsn || records > 0) {
            throw new AssertionError("a block at lsn " + block.firstLsn() + ", not at lsn " + nextLsn);
        }
        sink.clear(KEPT_BYTES);
        PackedBlock.copy(stored, salt, position, sink);
        rawBytes += block.raw().length;
        rawCrc.update(block.raw());
        nextLsn = block.lastLsn() + 1;
        writeBlock();
    }

    private void writeBlock() throws IOException {
        if (blocks == offsets.length) {
            firstLsns = Arrays.copyOf(firstLsns, 2 * blocks);
            offsets = Arrays.copyOf(offsets, 2 * blocks);
        }
        firstLsns[blocks] = blockLsn;
        offsets[blocks++] = position;
        write();
        blockLsn = nextLsn;
    }

    private void write() throws IOException {
        int count = sink.size();
        file.write(sink.toBuffer(), position);
        position += count;
    }

    /** Writes what is missing, makes all durable, and returns the size of the file. At least one record was added. */
    long finish() throws IOException {
        if (records > 0) {
            endBlock();
        }
        if (blocks == 0) {
            throw new AssertionError("a packed segment without records at lsn " + nextLsn);
        }
        sink.clear(KEPT_BYTES);
        long[] lsns = Arrays.copyOf(firstLsns, blocks);
        new PackedIndex(salt, lsns, Arrays.copyOf(offsets, blocks), position, nextLsn - 1, rawBytes).writeTo(sink);
        write();
        file.sync();
        return position;
    }

    /** Returns the CRC32C of all blocks, uncompressed. */
    int rawCrc() {
        return (int) rawCrc.getValue();
    }
}
