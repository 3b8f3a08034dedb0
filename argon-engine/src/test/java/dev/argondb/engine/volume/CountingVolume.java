package dev.argondb.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A volume that counts what is read and written through it, and can fail reads. Thread-safe. */
public final class CountingVolume implements Volume {

    private final Volume volume;
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong bytesRead = new AtomicLong();
    private final AtomicLong bytesWritten = new AtomicLong();
    private final AtomicLong writtenSinceSync = new AtomicLong();
    private final AtomicLong mostUnsynced = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private volatile boolean failsReads;

    public CountingVolume(Volume volume) {
        this.volume = volume;
    }

    /** Makes reads fail, or work again. */
    public void failReads(boolean fails) {
        failsReads = fails;
    }

    public long reads() {
        return reads.get();
    }

    public long bytesRead() {
        return bytesRead.get();
    }

    public long bytesWritten() {
        return bytesWritten.get();
    }

    /** Returns the most bytes that were ever written but not yet synced. */
    public long mostUnsynced() {
        return mostUnsynced.get();
    }

    /** Returns how many files were open at most, at a time. */
    public int mostOpen() {
        return mostOpen.get();
    }

    @Override
    public VolumeFile create(String name) throws IOException {
        return new CountingFile(volume.create(name));
    }

    @Override
    public VolumeFile open(String name) throws IOException {
        return new CountingFile(volume.open(name));
    }

    @Override
    public VolumeFile openForRead(String name) throws IOException {
        return new CountingFile(volume.openForRead(name));
    }

    @Override
    public boolean exists(String name) throws IOException {
        return volume.exists(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        volume.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        volume.delete(name);
    }

    @Override
    public List<String> list(String directory) throws IOException {
        return volume.list(directory);
    }

    @Override
    public void createDirectory(String directory) throws IOException {
        volume.createDirectory(directory);
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        volume.syncDirectory(directory);
    }

    @Override
    public VolumeLock lock(String name) throws IOException {
        return volume.lock(name);
    }

    @Override
    public String describe(String name) {
        return volume.describe(name);
    }

    private final class CountingFile implements VolumeFile {

        private final VolumeFile file;
        private boolean closed;

        CountingFile(VolumeFile file) {
            this.file = file;
            mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            if (failsReads) {
                throw new IOException("Input/output error");
            }
            int count = file.read(target, position);
            reads.incrementAndGet();
            bytesRead.addAndGet(count);
            return count;
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            bytesWritten.addAndGet(source.remaining());
            mostUnsynced.accumulateAndGet(writtenSinceSync.addAndGet(source.remaining()), Math::max);
            file.write(source, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void sync() throws IOException {
            writtenSinceSync.set(0);
            file.sync();
        }

        @Override
        public synchronized void close() throws IOException {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
            file.close();
        }
    }
}
