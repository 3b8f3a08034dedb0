package dev.argondb.engine.page;

import com.github.luben.zstd.ZstdException;
import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.Zstandard;
import java.util.Arrays;

/** Gives back the content of frames. */
final class PageContent {

    private PageContent() {}

    /** Returns the content of a frame without damage; the caller owns it. */
    static byte[] of(PageFrame frame, PageFrame.Place place, String file) {
        byte[] bytes = frame.bytes().array();
        int payload = frame.payload();
        if (frame.rawLength() == frame.storedLength()) {
            return Arrays.copyOfRange(bytes, payload, payload + frame.storedLength());
        }
        try {
            byte[] content = Zstandard.decompress(bytes, payload, frame.storedLength(), frame.rawLength());
            requireLength(frame.rawLength(), content.length, place, file);
            return content;
        } catch (ZstdException e) {
            PageDamage damage = place.damage("page that cannot be decompressed", file, "zstd", "" + e.getMessage());
            throw new CorruptDataException(damage.toString(), e);
        }
    }

    private static void requireLength(int expected, int found, PageFrame.Place place, String file) {
        if (expected != found) {
            throw place.damage("page of another length", file, expected + " bytes", found + " bytes")
                    .toException();
        }
    }
}
