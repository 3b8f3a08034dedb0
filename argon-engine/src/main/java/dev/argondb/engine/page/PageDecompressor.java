package dev.argondb.engine.page;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.argondb.CorruptDataException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Gives back the content of frames. Native contexts are reused, as many as there are readers at a time.
 *
 * <p>Thread-safe.
 */
final class PageDecompressor implements AutoCloseable {

    private final ConcurrentLinkedDeque<ZstdDecompressCtx> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /** Returns the content of a frame without damage; the caller owns it. */
    byte[] content(PageFrame frame, PageFrame.Place place, String file) {
        byte[] bytes = frame.bytes().array();
        int payload = frame.payload();
        if (frame.rawLength() == frame.storedLength()) {
            return Arrays.copyOfRange(bytes, payload, payload + frame.storedLength());
        }
        ZstdDecompressCtx context = take();
        try {
            byte[] content = new byte[frame.rawLength()];
            int size = context.decompressByteArray(content, 0, content.length, bytes, payload, frame.storedLength());
            requireLength(content.length, size, place, file);
            return content;
        } catch (ZstdException e) {
            PageDamage damage = place.damage("page that cannot be decompressed", file, "zstd", "" + e.getMessage());
            throw new CorruptDataException(damage.toString(), e);
        } finally {
            giveBack(context);
        }
    }

    private static void requireLength(int expected, int found, PageFrame.Place place, String file) {
        if (expected != found) {
            throw place.damage("page of another length", file, expected + " bytes", found + " bytes")
                    .toException();
        }
    }

    private ZstdDecompressCtx take() {
        @Nullable ZstdDecompressCtx context = idle.pollFirst();
        return context == null ? new ZstdDecompressCtx() : context;
    }

    private void giveBack(ZstdDecompressCtx context) {
        idle.addFirst(context);
        if (closed) {
            closeIdle();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeIdle();
    }

    private void closeIdle() {
        for (@Nullable ZstdDecompressCtx context = idle.pollFirst(); context != null; context = idle.pollFirst()) {
            context.close();
        }
    }
}
