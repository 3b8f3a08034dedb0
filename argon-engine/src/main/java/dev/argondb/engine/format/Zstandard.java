package dev.argondb.engine.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * zstd, by way of memory outside of the heap.
 *
 * <p>Thread-safe.
 */
public final class Zstandard {

    /*
     * Given arrays, the native code pins the heap: no collection can start while a thread is in it. With several threads at it
     * there is always one, and a thread that waits for memory gives up in the end with an OutOfMemoryError, though most of the heap
     * is garbage (JDK-8308507 and the like; seen with ten million rows under 256 MiB). So contents go through buffers outside of the
     * heap, kept with the native contexts by whoever finished last. Only the few that are larger than a buffer is kept for go the
     * direct way.
     */

    /** Workers that are kept for later. */
    private static final int MOST_IDLE = 8;
    /** The largest content that goes through a buffer. */
    private static final int MOST_BUFFERED_BYTES = 1 << 20;

    private static final int LEAST_BUFFER_BYTES = 1 << 16;

    private static final ConcurrentLinkedDeque<Worker> IDLE = new ConcurrentLinkedDeque<>();
    private static final AtomicInteger IDLE_COUNT = new AtomicInteger();

    private Zstandard() {}

    /** Returns a part of an array compressed. The result does not tell the length of the content. */
    public static byte[] compress(byte[] content, int offset, int length, int level) {
        Worker worker = take();
        try {
            return worker.compress(content, offset, length, level);
        } finally {
            giveBack(worker);
        }
    }

    /**
     * Returns what was compressed.
     *
     * @param contentLength how long it is
     * @throws ZstdException if the bytes are damaged
     */
    public static byte[] decompress(byte[] compressed, int offset, int length, int contentLength) {
        Worker worker = take();
        try {
            return worker.decompress(compressed, offset, length, contentLength);
        } finally {
            giveBack(worker);
        }
    }

    private static Worker take() {
        @Nullable Worker worker = IDLE.pollFirst();
        if (worker == null) {
            return new Worker();
        }
        IDLE_COUNT.decrementAndGet();
        return worker;
    }

    private static void giveBack(Worker worker) {
        if (IDLE_COUNT.incrementAndGet() <= MOST_IDLE) {
            IDLE.addFirst(worker);
        } else {
            IDLE_COUNT.decrementAndGet();
            worker.close();
        }
    }

    /** Native contexts and buffers, for one thread at a time. */
    private static final class Worker implements AutoCloseable {

        private final ZstdCompressCtx compressing = new ZstdCompressCtx();
        private final ZstdDecompressCtx decompressing = new ZstdDecompressCtx();
        private ByteBuffer source = ByteBuffer.allocateDirect(LEAST_BUFFER_BYTES);
        private ByteBuffer target = ByteBuffer.allocateDirect(LEAST_BUFFER_BYTES);

        Worker() {
            compressing.setContentSize(false);
        }

        byte[] compress(byte[] content, int offset, int length, int level) {
            compressing.setLevel(level);
            int bound = Math.toIntExact(Zstd.compressBound(length));
            if (length > MOST_BUFFERED_BYTES) {
                byte[] result = new byte[bound];
                int size = compressing.compressByteArray(result, 0, bound, content, offset, length);
                return Arrays.copyOf(result, size);
            }
            load(content, offset, length);
            target = withRoom(target, bound);
            return unload(compressing.compressDirectByteBuffer(target, 0, bound, source, 0, length));
        }

        byte[] decompress(byte[] compressed, int offset, int length, int contentLength) {
            if (Math.max(length, contentLength) > MOST_BUFFERED_BYTES) {
                byte[] result = new byte[contentLength];
                int size = decompressing.decompressByteArray(result, 0, contentLength, compressed, offset, length);
                return size == contentLength ? result : Arrays.copyOf(result, size);
            }
            load(compressed, offset, length);
            target = withRoom(target, contentLength);
            return unload(decompressing.decompressDirectByteBuffer(target, 0, contentLength, source, 0, length));
        }

        private void load(byte[] bytes, int offset, int length) {
            source = withRoom(source, length);
            source.put(0, bytes, offset, length);
        }

        private byte[] unload(int size) {
            byte[] result = new byte[size];
            target.get(0, result);
            return result;
        }

        private static ByteBuffer withRoom(ByteBuffer buffer, int bytes) {
            return buffer.capacity() >= bytes ? buffer : ByteBuffer.allocateDirect(Integer.highestOneBit(bytes) << 1);
        }

        @Override
        public void close() {
            compressing.close();
            decompressing.close();
        }
    }
}
