package dev.argondb.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A volume that counts the bytes that are read from another. Thread-safe. */
public final class CountingVolume implements Volume {

    private final Volume volume;
    private final AtomicLong bytesRead = new AtomicLong();

    public CountingVolume(Volume volume) {
        this.volume = volume;
    }

    public long bytesRead() {
        return bytesRead.get();
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

        CountingFile(VolumeFile file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            int count = file.read(target, position);
            bytesRead.addAndGet(count);
            return count;
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
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
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
