package dev.argondb.engine.page;

import dev.argondb.engine.format.ByteSink;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A piece of the index of a file of pages.
 *
 * <pre>
 * block    = crc:int count:int entry{count}     count = 146, but for the last block
 * entry    = id:16 bytes offset:long storedLength:int
 * crc      = CRC32C of the header's crc, the block's number as an int, and all of the block after it
 * </pre>
 *
 * Numbers are big-endian; entries are sorted by id. With the file and number in its checksum a block is valid nowhere else.
 *
 * <p>Immutable.
 */
record IndexBlock(ByteBuffer bytes) {

    static final int BYTES = 4096;
    static final int ENTRIES = 146;

    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 28;
    private static final int COUNT_OFFSET = 4;
    private static final int LOW_OFFSET = 8;
    private static final int PLACE_OFFSET = 16;
    private static final int LENGTH_OFFSET = 24;

    static int blocksFor(int pages) {
        return (pages + ENTRIES - 1) / ENTRIES;
    }

    /** Returns how many bytes the index of so many pages takes. */
    static long bytesFor(int pages) {
        return (long) blocksFor(pages) * HEADER_BYTES + (long) pages * ENTRY_BYTES;
    }

    /** Returns how many entries a block of an index has. */
    static int countOf(int block, int pages) {
        return Math.min(ENTRIES, pages - block * ENTRIES);
    }

    static int bytesOf(int count) {
        return HEADER_BYTES + count * ENTRY_BYTES;
    }

    /** Begins a block; returns where it begins. */
    static int begin(ByteSink sink, int count) {
        int start = sink.size();
        sink.putInt(0);
        sink.putInt(count);
        return start;
    }

    static void putEntry(ByteSink sink, long high, long low, long offset, int storedLength) {
        sink.putLong(high);
        sink.putLong(low);
        sink.putLong(offset);
        sink.putInt(storedLength);
    }

    static void end(ByteSink sink, int start, int block, int salt) {
        sink.setInt(start, crc(sink.array(), start, sink.size() - start, block, salt));
    }

    private static int crc(byte[] bytes, int start, int length, int block, int salt) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(salt)
                .putInt(block)
                .flip());
        crc.update(bytes, start + COUNT_OFFSET, length - COUNT_OFFSET);
        return (int) crc.getValue();
    }

    /** Returns what is wrong with a block that should have a number of entries, or null. */
    @Nullable
    PageDamage damage(int block, int pages, int salt, String file, long offset) {
        String subject = "index block " + block;
        int expected = crc(bytes.array(), 0, bytes.limit(), block, salt);
        int found = bytes.getInt(0);
        if (expected != found) {
            return new PageDamage(
                    "index checksum mismatch", file, offset, subject, PageDamage.hex(expected), PageDamage.hex(found));
        }
        int count = countOf(block, pages);
        if (count() != count) {
            return new PageDamage(
                    "index of another length", file, offset, subject, count + " pages", count() + " pages");
        }
        return null;
    }

    int count() {
        return bytes.getInt(COUNT_OFFSET);
    }

    PageId id(int index) {
        int at = entry(index);
        return new PageId(bytes.getLong(at), bytes.getLong(at + LOW_OFFSET));
    }

    PageFrame.Place place(int index) {
        int at = entry(index);
        return new PageFrame.Place(id(index), bytes.getLong(at + PLACE_OFFSET), bytes.getInt(at + LENGTH_OFFSET));
    }

    private static int entry(int index) {
        return HEADER_BYTES + index * ENTRY_BYTES;
    }

    /** Compares an entry with an id: below 0 if the entry comes before it. */
    int compare(int index, PageId id) {
        int at = entry(index);
        int order = Long.compareUnsigned(bytes.getLong(at), id.high());
        return order != 0 ? order : Long.compareUnsigned(bytes.getLong(at + LOW_OFFSET), id.low());
    }

    long high(int index) {
        return bytes.getLong(entry(index));
    }

    /** Returns where a page is, or null if this block has no entry of it. */
    PageFrame.@Nullable Place find(PageId id) {
        int low = 0;
        int high = count() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(middle, id);
            if (order == 0) {
                return place(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }
}
