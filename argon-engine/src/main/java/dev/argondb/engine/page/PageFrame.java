package dev.argondb.engine.page;

import dev.argondb.engine.format.ByteSink;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A page in a file.
 *
 * <pre>
 * frame    = magic:int crc:int rawLength:int storedLength:int id:16 bytes stored
 * magic    = "APag"
 * crc      = CRC32C of all of the frame after it
 * stored   = storedLength bytes: the content if that is rawLength, else the content as one zstd frame (RFC 8878)
 * id       = {@link PageId} of the content
 * </pre>
 *
 * Numbers are big-endian. A frame is the same wherever it stands, so it is copied as it is.
 *
 * @param bytes hold the frame from a start on
 */
record PageFrame(ByteBuffer bytes, int start) {

    static final int HEADER_BYTES = 32;
    static final int MAX_CONTENT_BYTES = ByteSink.MAX_BYTES;

    private static final int MAGIC = 0x41506167;
    private static final int CRC_OFFSET = 4;
    private static final int CHECKED_OFFSET = 8;
    private static final int RAW_OFFSET = 8;
    private static final int STORED_OFFSET = 12;
    private static final int ID_OFFSET = 16;

    /** Where a frame should be, and what it should be. */
    record Place(PageId id, long offset, int storedLength) {

        int frameBytes() {
            return HEADER_BYTES + storedLength;
        }

        PageDamage damage(String what, String file, String expected, String found) {
            return new PageDamage(what, file, offset, "page " + id, expected, found);
        }
    }

    /** Writes the header of a frame. */
    static void putHeader(ByteSink sink, PageId id, int rawLength, byte[] stored, int offset, int storedLength) {
        int start = sink.size();
        sink.putInt(MAGIC);
        sink.putInt(0);
        sink.putInt(rawLength);
        sink.putInt(storedLength);
        sink.putLong(id.high());
        sink.putLong(id.low());
        CRC32C crc = new CRC32C();
        crc.update(sink.array(), start + CHECKED_OFFSET, HEADER_BYTES - CHECKED_OFFSET);
        crc.update(stored, offset, storedLength);
        sink.setInt(start + CRC_OFFSET, (int) crc.getValue());
    }

    int rawLength() {
        return bytes.getInt(start + RAW_OFFSET);
    }

    int storedLength() {
        return bytes.getInt(start + STORED_OFFSET);
    }

    int payload() {
        return start + HEADER_BYTES;
    }

    private PageId id() {
        return new PageId(bytes.getLong(start + ID_OFFSET), bytes.getLong(start + ID_OFFSET + Long.BYTES));
    }

    /** Returns what is wrong with this frame, or null; the bytes must reach as far as the place says. */
    @Nullable
    PageDamage damage(Place place, String file) {
        int magic = bytes.getInt(start);
        if (magic != MAGIC) {
            return place.damage("no page", file, PageDamage.hex(MAGIC), PageDamage.hex(magic));
        }
        int expected = crc(place.frameBytes());
        int found = bytes.getInt(start + CRC_OFFSET);
        if (expected != found) {
            return place.damage("page checksum mismatch", file, PageDamage.hex(expected), PageDamage.hex(found));
        }
        if (!id().equals(place.id())) {
            return place.damage("another page", file, place.id().toString(), id().toString());
        }
        return lengthDamage(place, file);
    }

    private @Nullable PageDamage lengthDamage(Place place, String file) {
        if (storedLength() != place.storedLength()) {
            String expected = place.storedLength() + " bytes";
            return place.damage("page of another length", file, expected, storedLength() + " bytes");
        }
        if (rawLength() < storedLength() || rawLength() > MAX_CONTENT_BYTES) {
            String expected = storedLength() + " to " + MAX_CONTENT_BYTES + " bytes";
            return place.damage("page of an impossible length", file, expected, rawLength() + " bytes");
        }
        return null;
    }

    private int crc(int frameBytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), start + CHECKED_OFFSET, frameBytes - CHECKED_OFFSET);
        return (int) crc.getValue();
    }
}
