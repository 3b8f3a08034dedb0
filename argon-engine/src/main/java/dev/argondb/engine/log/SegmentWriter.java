package dev.argondb.engine.log;

import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes frames at the end of the last segment.
 *
 * <p>One writer; {@link #sync()} may run beside it in another thread.
 */
final class SegmentWriter implements AutoCloseable {

    private static final int KEPT_BYTES = 1 << 20;
    private static final int FLUSH_BYTES = 1 << 24;

    private final RawSegment segment;
    private final VolumeFile file;
    private final int salt;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer seed = ByteBuffer.allocate(Integer.BYTES + Long.BYTES);
    private final ByteSink sink = new ByteSink(1 << 14);
    private volatile long position;
    private volatile long syncedPosition;
    private volatile Segment.Place lastPlace;
    private volatile Segment.Place syncedPlace;
    private volatile boolean marked;

    /**
     * Writes at the end of a segment that holds a header only.
     *
     * @param salt of the segment's checksums
     */
    SegmentWriter(RawSegment segment, VolumeFile file, int salt) {
        this(
                segment,
                file,
                salt,
                new Segment.Place(segment.firstLsn(), SegmentHeader.BYTES),
                SegmentHeader.BYTES,
                false);
    }

    /**
     * @param salt of the segment's checksums
     * @param lastPlace where the last record begins; in an empty segment, where the first one will
     * @param position where the last record ends; all before it is durable
     * @param marked whether a mark follows the last record
     */
    SegmentWriter(
            RawSegment segment, VolumeFile file, int salt, Segment.Place lastPlace, long position, boolean marked) {
        this.segment = segment;
        this.file = file;
        this.salt = salt;
        this.lastPlace = lastPlace;
        this.syncedPlace = lastPlace;
        this.position = position;
        this.syncedPosition = position;
        this.marked = marked;
    }

    RawSegment segment() {
        return segment;
    }

    long position() {
        return position;
    }

    /** Returns where the last durable record begins; in an empty segment, where the first one will. */
    Segment.Place syncedPlace() {
        return syncedPlace;
    }

    /** Tells whether a mark follows the last record, or there is none. */
    boolean isMarked() {
        return marked || position == SegmentHeader.BYTES;
    }

    /** Writes records; not durable before {@link #sync()}. */
    void write(List<LogRecord> batch) throws IOException {
        sink.clear(KEPT_BYTES);
        marked = false;
        Segment.Place last = lastPlace;
        for (LogRecord record : batch) {
            int steps = Math.toIntExact(record.lastLsn() - record.firstLsn() + 1);
            long offset = position + sink.size();
            int start = beginFrame(record.firstLsn(), steps);
            LogRecordCodec.encode(record, sink);
            endFrame(start, offset);
            segment.learn(record.firstLsn(), offset);
            last = new Segment.Place(record.firstLsn(), offset);
            if (sink.size() >= FLUSH_BYTES) {
                flush();
            }
        }
        flush();
        lastPlace = last;
    }

    /** Writes down that all so far is durable, which it has to be. The next write overwrites that. */
    void writeMark(long nextLsn) throws IOException {
        sink.clear(KEPT_BYTES);
        int start = beginFrame(nextLsn, 0);
        endFrame(start, position);
        file.write(sink.toBuffer(), position);
        marked = true;
        file.sync();
    }

    /** Makes the segment end durably with its last record. */
    void seal() throws IOException {
        if (marked) {
            file.truncate(position);
            marked = false;
            file.sync();
        }
        syncIfNeeded();
    }

    void syncIfNeeded() throws IOException {
        if (syncedPosition < position) {
            sync();
        }
    }

    private int beginFrame(long firstLsn, int steps) {
        int start = sink.size();
        sink.putInt(FrameReader.MAGIC);
        sink.putInt(0);
        sink.putInt(0);
        sink.putInt(steps);
        sink.putLong(firstLsn);
        long unproven = position + start - syncedPosition;
        sink.putInt(unproven < 0xffff_ffffL ? (int) unproven : FrameReader.NOTHING_PROVEN);
        return start;
    }

    private void endFrame(int start, long offset) {
        sink.setInt(start + FrameReader.LENGTH_OFFSET, sink.size() - start - FrameReader.HEADER_BYTES);
        seed.clear().putInt(salt).putLong(offset);
        crc.reset();
        crc.update(seed.array());
        int checked = start + FrameReader.LENGTH_OFFSET;
        crc.update(sink.array(), checked, sink.size() - checked);
        sink.setInt(start + FrameReader.CRC_OFFSET, (int) crc.getValue());
    }

    private void flush() throws IOException {
        int count = sink.size();
        file.write(sink.toBuffer(), position);
        position += count;
        sink.clear(KEPT_BYTES);
    }

    /** Makes durable what was written before the call. */
    void sync() throws IOException {
        Segment.Place place = lastPlace;
        long target = position;
        file.sync();
        syncedPosition = Math.max(syncedPosition, target);
        syncedPlace = place;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
