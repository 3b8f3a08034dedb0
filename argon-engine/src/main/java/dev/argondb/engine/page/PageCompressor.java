package dev.argondb.engine.page;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/**
 * Makes pages smaller with zstd.
 *
 * <p>Confined to one thread.
 */
final class PageCompressor implements AutoCloseable {

    private static final int KEPT_BYTES = 1 << 18;

    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private byte[] compressed = new byte[1 << 14];

    PageCompressor(int level) {
        context.setLevel(level);
        context.setContentSize(false);
    }

    /** Compresses a content into {@link #compressed()}, and returns its length there, or that of the content if it is no shorter. */
    int compress(byte[] content, int offset, int length) {
        reserve(Math.toIntExact(Zstd.compressBound(length)));
        int size = context.compressByteArray(compressed, 0, compressed.length, content, offset, length);
        return Math.min(size, length);
    }

    /** Returns the array in use: valid until the next call. */
    byte[] compressed() {
        return compressed;
    }

    private void reserve(int bound) {
        if (bound > compressed.length || (compressed.length > KEPT_BYTES && bound <= KEPT_BYTES)) {
            compressed = new byte[Math.max(bound, 1 << 14)];
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
