package dev.argondb.engine.log;

import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.ByteSource;
import dev.argondb.engine.format.Damage;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a segment, one after the other.
 *
 * <pre>
 * segment  = header frame*              {@link SegmentHeader}
 * frame    = magic crc length steps firstLsn unproven payload
 * magic    = "AFrm"
 * crc      = CRC32C of the segment's salt, the frame's offset as a long, and all of the frame after the crc
 * length   = int                        of the payload, in bytes
 * steps    = int                        LSNs that the record takes; 0 for a mark
 * firstLsn = long                       of a mark: the LSN that comes next
 * unproven = int, unsigned              how many of the bytes right before this frame were not yet surely durable
 *                                       when it was written; the highest value: all of them
 * payload  = record, as in {@link LogRecordCodec}; nothing for a mark
 * </pre>
 *
 * Numbers are big-endian. With the offset in its checksum a frame is valid nowhere else, so a copy of it inside a document
 * is not mistaken for one. A mark is written when a log is closed, and overwritten when it goes on: it only says that all
 * before it is durable.
 *
 * <p>Confined to one thread.
 */
final class FrameReader implements AutoCloseable {

    static final int HEADER_BYTES = 28;
    static final int MAGIC = 0x4146726d;
    static final int CRC_OFFSET = 4;
    static final int LENGTH_OFFSET = 8;
    static final int STEPS_OFFSET = 12;
    static final int LSN_OFFSET = 16;
    static final int UNPROVEN_OFFSET = 24;
    static final int NOTHING_PROVEN = -1;

    private static final int BUFFER_BYTES = 1 << 16;

    /** What the next bytes are. */
    sealed interface Step {}

    /** The segment ends here, after a whole frame. */
    record End() implements Step {}

    /** No frame: cut short by a crash, or damaged. */
    record Unreadable(Damage damage) implements Step {}

    /** A whole frame that does not continue the one before. */
    record OutOfOrder(Damage damage) implements Step {}

    /**
     * A whole frame.
     *
     * @param provenOffset the offset up to which all was durable when this frame was written
     * @param payload valid until the next step
     */
    record Frame(long offset, long firstLsn, int steps, long provenOffset, ByteSource payload) implements Step {

        boolean isMark() {
            return steps == 0;
        }

        long lastLsn() {
            return firstLsn + steps - 1;
        }

        /** Returns the record it holds, if it is no mark. */
        StoredRecord toRecord() {
            return new StoredRecord(offset, firstLsn, steps, payload);
        }
    }

    private final VolumeFile file;
    private final String fileName;
    private final int salt;
    private final long limit;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer seed = ByteBuffer.allocate(Integer.BYTES + Long.BYTES);
    private byte[] buffer = new byte[BUFFER_BYTES];
    private ByteBuffer numbers = ByteBuffer.wrap(buffer);
    private long bufferOffset;
    private int bufferLength;
    private long offset;
    private long nextLsn;

    /**
     * @param place where to begin; there the file holds a frame or ends
     * @param fileName its full name, for messages
     */
    FrameReader(VolumeFile file, String fileName, int salt, Segment.Place place) throws IOException {
        this.file = file;
        this.fileName = fileName;
        this.salt = salt;
        this.limit = file.size();
        this.offset = place.offset();
        this.nextLsn = place.lsn();
    }

    /** Returns where the next frame begins, in bytes. */
    long offset() {
        return offset;
    }

    /** Returns where the file ends, in bytes. */
    long limit() {
        return limit;
    }

    /** Returns the LSN that the next frame should begin with. */
    long nextLsn() {
        return nextLsn;
    }

    /** Reads what follows, and moves on if it is a frame. */
    Step next() throws IOException {
        if (offset == limit) {
            return new End();
        }
        @Nullable Damage damage = damageAt(offset);
        if (damage != null) {
            return new Unreadable(damage);
        }
        Frame frame = frameAt(offset);
        if (frame.firstLsn() != nextLsn) {
            return new OutOfOrder(
                    damage("frame out of order", offset, Long.toString(nextLsn), Long.toString(frame.firstLsn())));
        }
        offset += HEADER_BYTES + frame.payload().remaining();
        nextLsn = frame.lastLsn() + 1;
        return frame;
    }

    /**
     * Looks, after a step that was unreadable, for a frame behind it that was written when the unreadable one was durable.
     * If there is one, no crash explains the damage.
     */
    boolean isProvenDurable() throws IOException {
        for (long at = frameFrom(offset + 1); at < limit; at = frameFrom(at + 1)) {
            if (frameAt(at).provenOffset() > offset) {
                return true;
            }
        }
        return false;
    }

    /** Moves on, after a step that was unreadable, to the next whole frame, or to the end of the file. */
    void skipUnreadable() throws IOException {
        offset = frameFrom(offset + 1);
        if (offset < limit) {
            acceptOrder();
        }
    }

    /** Takes, after a step that was out of order, the LSN of the frame for the right one. */
    void acceptOrder() {
        nextLsn = frameAt(offset).firstLsn();
    }

    /** Returns where the first whole frame at a place or behind it begins; the end of the file if there is none. */
    private long frameFrom(long start) throws IOException {
        for (long at = start; load(at, HEADER_BYTES); at++) {
            if (numberAt(at, 0) == MAGIC && damageAt(at) == null) {
                return at;
            }
        }
        return limit;
    }

    private @Nullable Damage damageAt(long at) throws IOException {
        if (!load(at, HEADER_BYTES)) {
            return damage("frame cut short", at, HEADER_BYTES + " bytes", (limit - at) + " bytes");
        }
        if (numberAt(at, 0) != MAGIC) {
            return damage("no frame", at, hex(MAGIC), hex(numberAt(at, 0)));
        }
        int length = numberAt(at, LENGTH_OFFSET);
        if (length < 0 || length > ByteSink.MAX_BYTES || !load(at, (long) HEADER_BYTES + length)) {
            String expected = ((long) HEADER_BYTES + Integer.toUnsignedLong(length)) + " bytes";
            return damage("frame cut short", at, expected, (limit - at) + " bytes");
        }
        int found = numberAt(at, CRC_OFFSET);
        int expected = crcAt(at, length);
        return found == expected ? null : damage("frame checksum mismatch", at, hex(expected), hex(found));
    }

    private Damage damage(String what, long at, String expected, String found) {
        return new Damage(what, fileName, at, nextLsn, expected, found);
    }

    private int crcAt(long at, int length) {
        seed.clear().putInt(salt).putLong(at);
        crc.reset();
        crc.update(seed.array());
        crc.update(buffer, indexOf(at) + LENGTH_OFFSET, HEADER_BYTES - LENGTH_OFFSET + length);
        return (int) crc.getValue();
    }

    private Frame frameAt(long at) {
        int start = indexOf(at);
        long firstLsn = numbers.getLong(start + LSN_OFFSET);
        int unproven = numberAt(at, UNPROVEN_OFFSET);
        long provenOffset = unproven == NOTHING_PROVEN ? 0 : at - Integer.toUnsignedLong(unproven);
        ByteSource payload = new ByteSource(buffer, start + HEADER_BYTES, numberAt(at, LENGTH_OFFSET));
        return new Frame(at, firstLsn, numberAt(at, STEPS_OFFSET), provenOffset, payload);
    }

    private int numberAt(long at, int position) {
        return numbers.getInt(indexOf(at) + position);
    }

    private int indexOf(long at) {
        return (int) (at - bufferOffset);
    }

    /** Brings a range of the file into the buffer; false if the file ends before it does. */
    private boolean load(long at, long count) throws IOException {
        if (limit - at < count) {
            return false;
        }
        if (at < bufferOffset || at + count > bufferOffset + bufferLength) {
            fill(at, (int) count);
        }
        return true;
    }

    private void fill(long at, int count) throws IOException {
        int wanted = (int) Math.min(limit - at, Math.max(count, BUFFER_BYTES));
        int kept = at < bufferOffset || at > bufferOffset + bufferLength ? 0 : bufferLength - indexOf(at);
        byte[] target = wanted <= buffer.length ? buffer : new byte[wanted];
        System.arraycopy(buffer, bufferLength - kept, target, 0, kept);
        int read = file.read(ByteBuffer.wrap(target, kept, wanted - kept), at + kept);
        if (kept + read < wanted) {
            throw new IOException("`" + fileName + "` became shorter while it was read");
        }
        buffer = target;
        numbers = ByteBuffer.wrap(buffer);
        bufferOffset = at;
        bufferLength = wanted;
    }

    private static String hex(int value) {
        return HexFormat.of().toHexDigits(value);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
