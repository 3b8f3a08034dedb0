package dev.argondb.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * A volume that fails on demand: one operation of all, everything from one operation on, a sync, what would not fit a disk, or
 * reading some files.
 *
 * <p>Operations are counted from 1: all that may change something. A write that fails may have written a part; a sync that
 * fails leaves some of the writes never durable; a directory's operation that fails did nothing. Thread-safe as far as the
 * order of operations is that of one thread.
 */
public final class FaultyVolume implements Volume {

    private static final String DISK_FULL = "No space left on device";
    private static final int MOST_TRACED = 40;

    private final MemoryVolume volume;
    private final Random random;
    private final Deque<String> trace = new ArrayDeque<>();
    private long operations;
    private long failures;
    private long failingOperation = Long.MAX_VALUE;
    private boolean failsForGood;
    private long failingSync = Long.MAX_VALUE;
    private long fullFrom = Long.MAX_VALUE;
    private long freeBytes = Long.MAX_VALUE;
    private long unreadableFrom = Long.MAX_VALUE;
    private Predicate<String> unreadable = name -> false;

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

    /** Makes the first sync fail that is not before an operation. */
    public void failSyncFrom(long operation) {
        failingSync = operation;
    }

    /** Makes the writes fail that make files grow by more than a number of bytes altogether. */
    public void fillUpAfter(long bytes) {
        fillUpAfter(bytes, 0);
    }

    /** Makes the writes fail that, from an operation on, make files grow by more than a number of bytes altogether. */
    public void fillUpAfter(long bytes, long operation) {
        freeBytes = bytes;
        fullFrom = operation;
    }

    /** Makes some files unreadable from an operation on. */
    public void hideFrom(long operation, Predicate<String> names) {
        unreadableFrom = operation;
        unreadable = names;
    }

    /** Makes everything work again. */
    public void heal() {
        failingOperation = Long.MAX_VALUE;
        failingSync = Long.MAX_VALUE;
        fullFrom = Long.MAX_VALUE;
        unreadableFrom = Long.MAX_VALUE;
    }

    /** Returns how many operations there were so far. */
    public long operations() {
        return operations;
    }

    /** Returns how many operations failed so far. */
    public long failures() {
        return failures;
    }

    /** Returns the last operations, for messages. */
    public synchronized String trace() {
        return String.join("\n  ", trace);
    }

    private synchronized boolean failsNow(String what, String name) {
        operations++;
        boolean fails = failsForGood ? operations >= failingOperation : operations == failingOperation;
        if (what.startsWith("sync") && operations >= failingSync) {
            failingSync = Long.MAX_VALUE;
            fails = true;
        }
        record(what, name, fails);
        return fails;
    }

    private void record(String what, String name, boolean fails) {
        if (trace.size() == MOST_TRACED) {
            trace.removeFirst();
        }
        trace.addLast(operations + " " + what + " " + name + (fails ? " FAILS" : ""));
        failures += fails ? 1 : 0;
    }

    private IOException fault(String what, String name) {
        return new IOException("injected fault: " + what + " " + name + ", operation " + operations);
    }

    private void change(String what, String name) throws IOException {
        if (failsNow(what, name)) {
            throw fault(what, name);
        }
    }

    private void requireReadable(String name) throws IOException {
        if (operations >= unreadableFrom && unreadable.test(name)) {
            failures++;
            throw new IOException("injected fault: " + name + " cannot be read");
        }
    }

    @Override
    public VolumeFile create(String name) throws IOException {
        change("create", name);
        return new FaultyFile(volume.create(name), name);
    }

    @Override
    public VolumeFile open(String name) throws IOException {
        return new FaultyFile(volume.open(name), name);
    }

    @Override
    public VolumeFile openForRead(String name) throws IOException {
        return new FaultyFile(volume.openForRead(name), name);
    }

    @Override
    public boolean exists(String name) throws IOException {
        return volume.exists(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        change("rename", from);
        volume.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        change("delete", name);
        volume.delete(name);
    }

    @Override
    public List<String> list(String directory) throws IOException {
        return volume.list(directory);
    }

    @Override
    public void createDirectory(String directory) throws IOException {
        change("create directory", directory);
        volume.createDirectory(directory);
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        change("sync directory", directory);
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
            requireReadable(name);
            return file.read(target, position);
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            if (failsNow("write", name)) {
                writePart(source, position, random.nextInt(source.remaining() + 1));
                throw fault("write", name);
            }
            if (operations >= fullFrom) {
                takeSpace(source, position);
            }
            file.write(source, position);
        }

        private void takeSpace(ByteBuffer source, long position) throws IOException {
            long growth = Math.max(0, position + source.remaining() - file.size());
            if (growth > freeBytes) {
                failures++;
                writePart(source, position, (int) (source.remaining() - growth + freeBytes));
                throw new IOException(DISK_FULL);
            }
            freeBytes -= growth;
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
            change("truncate", name);
            file.truncate(size);
        }

        @Override
        public void sync() throws IOException {
            if (failsNow("sync", name)) {
                ((MemoryVolume.MemoryFile) file).failSync(random);
                throw fault("sync", name);
            }
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
