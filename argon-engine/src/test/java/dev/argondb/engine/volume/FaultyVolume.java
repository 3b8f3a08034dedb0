package dev.argondb.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/**
 * A volume that fails on demand: one operation of all, everything from one operation on, or what would not fit a disk.
 *
 * <p>Operations are counted from 1: all that may change something. A write that fails may have written a part; a sync that
 * fails leaves some of the writes never durable; a directory's operation that fails did nothing. Thread-safe as far as the
 * order of operations is that of one thread.
 */
public final class FaultyVolume implements Volume {

    private static final String DISK_FULL = "No space left on device";

    private final MemoryVolume volume;
    private final Random random;
    private long operations;
    private long failingOperation = Long.MAX_VALUE;
    private boolean failsForGood;
    private long freeBytes = Long.MAX_VALUE;

    public FaultyVolume(MemoryVolume volume, Random random) {
        this.volume = volume;
        this.random = random;
    }

    /** Makes one operation fail. */
    public void failAt(long operation) {
        failingOperation = operation;
        failsForGood = false;
    }

    /** Makes one operation fail, and all after it. */
    public void failFrom(long operation) {
        failingOperation = operation;
        failsForGood = true;
    }

    /** Makes the writes fail that make files grow by more than a number of bytes altogether. */
    public void fillUpAfter(long bytes) {
        freeBytes = bytes;
    }

    /** Returns how many operations there were so far. */
    public long operations() {
        return operations;
    }

    private synchronized boolean failsNow() {
        operations++;
        return failsForGood ? operations >= failingOperation : operations == failingOperation;
    }

    private void change(String what) throws IOException {
        if (failsNow()) {
            throw new IOException("injected fault: " + what + ", operation " + operations);
        }
    }

    @Override
    public VolumeFile create(String name) throws IOException {
        change("create " + name);
        return new FaultyFile(volume.create(name), name);
    }

    @Override
    public VolumeFile open(String name) throws IOException {
        return new FaultyFile(volume.open(name), name);
    }

    @Override
    public VolumeFile openForRead(String name) throws IOException {
        return volume.openForRead(name);
    }

    @Override
    public boolean exists(String name) throws IOException {
        return volume.exists(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        change("rename " + from);
        volume.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        change("delete " + name);
        volume.delete(name);
    }

    @Override
    public List<String> list(String directory) throws IOException {
        return volume.list(directory);
    }

    @Override
    public void createDirectory(String directory) throws IOException {
        change("create directory " + directory);
        volume.createDirectory(directory);
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        change("sync directory " + directory);
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

    private final class FaultyFile implements VolumeFile {

        private final VolumeFile file;
        private final String name;

        FaultyFile(VolumeFile file, String name) {
            this.file = file;
            this.name = name;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            if (failsNow()) {
                writePart(source, position, random.nextInt(source.remaining() + 1));
                throw new IOException("injected fault: write " + name + ", operation " + operations);
            }
            long growth = Math.max(0, position + source.remaining() - file.size());
            if (growth > freeBytes) {
                writePart(source, position, (int) (source.remaining() - growth + freeBytes));
                throw new IOException(DISK_FULL);
            }
            freeBytes -= growth;
            file.write(source, position);
        }

        private void writePart(ByteBuffer source, long position, int count) throws IOException {
            file.write(source.slice(source.position(), count), position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            change("truncate " + name);
            file.truncate(size);
        }

        @Override
        public void sync() throws IOException {
            if (failsNow()) {
                ((MemoryVolume.MemoryFile) file).failSync(random);
                throw new IOException("injected fault: sync " + name + ", operation " + operations);
            }
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
