package dev.argondb.engine.page;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The last bytes of a file of pages.
 *
 * <pre>
 * footer   = magic:int crc:int indexOffset:long pages:int
 * magic    = "AEnd"
 * crc      = CRC32C of the header's crc, and all of the footer after it
 * </pre>
 *
 * Numbers are big-endian.
 */
final class PageFooter {

    static final int BYTES = 20;

    private static final int MAGIC = 0x41456e64;
    private static final int CHECKED_OFFSET = 8;

    private PageFooter() {}

    static ByteBuffer encode(long indexOffset, int pages, int salt) {
        ByteBuffer footer = ByteBuffer.allocate(BYTES);
        footer.putInt(MAGIC).putInt(0).putLong(indexOffset).putInt(pages);
        footer.putInt(Integer.BYTES, crc(footer.array(), salt));
        return footer.flip();
    }

    /** Returns what is wrong with a footer, or null; all that it says follows from the size of the file and its number of pages. */
    static @Nullable PageDamage damage(ByteBuffer found, PageFileList.Entry entry, int salt, String file) {
        ByteBuffer expected = encode(indexOffset(entry), entry.pages(), salt);
        if (found.equals(expected)) {
            return null;
        }
        return new PageDamage(
                "footer mismatch",
                file,
                entry.bytes() - BYTES,
                entry.pages() + " pages",
                HexFormat.of().formatHex(expected.array()),
                HexFormat.of().formatHex(found.array()));
    }

    /** Returns where the index of a file begins. */
    static long indexOffset(PageFileList.Entry entry) {
        return entry.bytes() - BYTES - IndexBlock.bytesFor(entry.pages());
    }

    private static int crc(byte[] footer, int salt) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(salt).flip());
        crc.update(footer, CHECKED_OFFSET, BYTES - CHECKED_OFFSET);
        return (int) crc.getValue();
    }
}
