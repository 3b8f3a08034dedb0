package dev.argondb.engine.volume;

import dev.argondb.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A volume in memory that knows what of it a disk would hold: what was synced surely, of the rest any part.
 *
 * <p>A power cut keeps, of each file, any subset of the sectors written since its last sync, some of them torn, and of each
 * directory the first few of the changes of names since its last sync. After a failed sync the bytes can still be read, but
 * no later sync makes them durable unless they are written again: so do operating systems behave.
 *
 * <p>Thread-safe.
 */
public final class MemoryVolume implements Volume {

    private final Map<String, MemoryNode> names = new TreeMap<>();
    private final Map<String, MemoryNode> durableNames = new TreeMap<>();
    private final Map<String, List<NameChange>> unsyncedNames = new HashMap<>();
    private int openFiles;
    private boolean locked;
    private boolean off;
    private int process;

    /** Names that change together; null takes a name away. */
    private record NameChange(Map<String, @Nullable MemoryNode> nodes) {

        static NameChange of(String name, @Nullable MemoryNode node) {
            Map<String, @Nullable MemoryNode> nodes = new HashMap<>();
            nodes.put(name, node);
            return new NameChange(nodes);
        }

        void applyTo(Map<String, MemoryNode> names) {
            nodes.forEach((name, node) -> {
                if (node == null) {
                    names.remove(name);
                } else {
                    names.put(name, node);
                }
            });
        }
    }

    @Override
    public synchronized VolumeFile create(String name) throws IOException {
        requirePower();
        if (names.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        MemoryNode node = new MemoryNode();
        change(directoryOf(name), NameChange.of(name, node));
        return new MemoryFile(node, true);
    }

    @Override
    public VolumeFile open(String name) throws IOException {
        return new MemoryFile(node(name), true);
    }

    @Override
    public VolumeFile openForRead(String name) throws IOException {
        return new MemoryFile(node(name), false);
    }

    private synchronized MemoryNode node(String name) throws IOException {
        requirePower();
        MemoryNode node = names.get(name);
        if (node == null) {
            throw new NoSuchFileException(name);
        }
        return node;
    }

    @Override
    public synchronized boolean exists(String name) throws IOException {
        requirePower();
        return names.containsKey(name);
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        Map<String, @Nullable MemoryNode> nodes = new HashMap<>();
        nodes.put(to, node(from));
        nodes.put(from, null);
        change(directoryOf(to), new NameChange(nodes));
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        requirePower();
        if (names.containsKey(name)) {
            change(directoryOf(name), NameChange.of(name, null));
        }
    }

    private void change(String directory, NameChange change) {
        change.applyTo(names);
        unsyncedNames.computeIfAbsent(directory, any -> new ArrayList<>()).add(change);
    }

    @Override
    public synchronized List<String> list(String directory) throws IOException {
        requirePower();
        return names.keySet().stream()
                .filter(name -> directoryOf(name).equals(directory))
                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                .toList();
    }

    private static String directoryOf(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    @Override
    public synchronized void createDirectory(String directory) throws IOException {
        requirePower();
    }

    @Override
    public synchronized void syncDirectory(String directory) throws IOException {
        requirePower();
        List<NameChange> changes = unsyncedNames.remove(directory);
        if (changes != null) {
            changes.forEach(change -> change.applyTo(durableNames));
        }
    }

    @Override
    public synchronized VolumeLock lock(String name) throws IOException {
        requirePower();
        if (locked) {
            throw new UnavailableException("directory `" + describe("") + "` is already open in this process ("
                    + ProcessHandle.current().pid() + "); use that instance, or close it first");
        }
        locked = true;
        int owner = process;
        return () -> unlock(owner);
    }

    private synchronized void unlock(int owner) {
        locked &= owner != process;
    }

    /** Returns whether somebody holds the lock. */
    public synchronized boolean isLocked() {
        return locked;
    }

    /** Returns how many bytes all files have. */
    public synchronized long bytes() {
        return names.values().stream().mapToLong(MemoryNode::size).sum();
    }

    @Override
    public String describe(String name) {
        return name.isEmpty() ? "memory" : "memory/" + name;
    }

    /** Returns how many files are open. */
    public synchronized int openFiles() {
        return openFiles;
    }

    /** Returns the names of all files. */
    public synchronized List<String> names() {
        return List.copyOf(names.keySet());
    }

    /** Returns the bytes of a file. */
    public byte[] bytes(String name) throws IOException {
        return node(name).bytes();
    }

    /** Makes a file that holds these bytes, durably, or gives it these. */
    public synchronized void put(String name, byte[] bytes) {
        MemoryNode node = new MemoryNode();
        node.write(ByteBuffer.wrap(bytes), 0);
        node.sync();
        names.put(name, node);
        durableNames.put(name, node);
    }

    /** Returns a volume that holds the same files, all durable. */
    public synchronized MemoryVolume copy() {
        MemoryVolume copy = new MemoryVolume();
        names.forEach((name, node) -> copy.put(name, node.bytes()));
        return copy;
    }

    /** Returns a volume that holds only what is surely durable. */
    public synchronized MemoryVolume durable() {
        MemoryVolume disk = new MemoryVolume();
        durableNames.forEach((name, node) -> disk.put(name, node.durableBytes()));
        return disk;
    }

    /** Ends this volume, and returns one that holds what the disk may hold after a power cut. */
    public synchronized MemoryVolume cutPower(Random random) {
        off = true;
        unsyncedNames.values().forEach(changes -> {
            int kept = random.nextInt(changes.size() + 1);
            changes.subList(0, kept).forEach(change -> change.applyTo(durableNames));
        });
        MemoryVolume disk = new MemoryVolume();
        durableNames.forEach((name, node) -> disk.put(name, node.afterPowerCut(random)));
        return disk;
    }

    /** Ends the process that has it open: its lock and its open files go, what it wrote stays, durable or not. */
    public synchronized void killProcess() {
        locked = false;
        openFiles = 0;
        process++;
    }

    private synchronized void requirePower() throws IOException {
        if (off) {
            throw new IOException("the power is off");
        }
    }

    /** An open file. */
    final class MemoryFile implements VolumeFile {

        private final MemoryNode node;
        private final boolean writable;
        private final int owner;
        private boolean closed;

        MemoryFile(MemoryNode node, boolean writable) {
            this.node = node;
            this.writable = writable;
            synchronized (MemoryVolume.this) {
                openFiles++;
                owner = process;
            }
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            requireOpen();
            return node.read(target, Math.toIntExact(position));
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            requireWritable();
            node.write(source, Math.toIntExact(position));
        }

        @Override
        public long size() throws IOException {
            requireOpen();
            return node.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            requireWritable();
            node.truncate(Math.toIntExact(size));
        }

        @Override
        public void sync() throws IOException {
            requireOpen();
            node.sync();
        }

        /** Syncs as a failing disk does: some of it becomes durable, the rest never will. */
        void failSync(Random random) throws IOException {
            requireOpen();
            node.failSync(random);
        }

        private void requireWritable() throws IOException {
            requireOpen();
            if (!writable) {
                throw new IOException("opened to read");
            }
        }

        private void requireOpen() throws IOException {
            requirePower();
            if (closed || owner != process) {
                throw new ClosedChannelException();
            }
        }

        @Override
        public void close() {
            synchronized (MemoryVolume.this) {
                openFiles -= closed || owner != process ? 0 : 1;
                closed = true;
            }
        }
    }

    /** The content of a file, as it is read, and as the disk holds it. */
    private static final class MemoryNode {

        private static final int SECTOR_BYTES = 512;

        /** A write of bytes at a position, or, without bytes, a cut there. */
        private record Change(int position, byte @Nullable [] bytes) {}

        private final Content current = new Content();
        private final Content durable = new Content();
        private final List<Change> unsynced = new ArrayList<>();

        synchronized int read(ByteBuffer target, int position) {
            int count = Math.max(0, Math.min(target.remaining(), current.size - position));
            target.put(current.bytes, count == 0 ? 0 : position, count);
            return count;
        }

        synchronized void write(ByteBuffer source, int position) {
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            current.write(position, bytes, 0, bytes.length);
            unsynced.add(new Change(position, bytes));
        }

        synchronized int size() {
            return current.size;
        }

        synchronized byte[] bytes() {
            return Arrays.copyOf(current.bytes, current.size);
        }

        synchronized void truncate(int size) {
            current.truncate(size);
            unsynced.add(new Change(size, null));
        }

        synchronized void sync() {
            for (Change change : unsynced) {
                byte[] bytes = change.bytes;
                if (bytes == null) {
                    durable.truncate(change.position);
                } else {
                    durable.write(change.position, bytes, 0, bytes.length);
                }
            }
            unsynced.clear();
        }

        synchronized void failSync(Random random) {
            keepSome(random);
            unsynced.clear();
        }

        synchronized byte[] afterPowerCut(Random random) {
            keepSome(random);
            return durableBytes();
        }

        synchronized byte[] durableBytes() {
            return Arrays.copyOf(durable.bytes, durable.size);
        }

        private void keepSome(Random random) {
            double probability = List.of(0.0, 0.5, 0.9, 1.0).get(random.nextInt(4));
            for (Change change : unsynced) {
                byte[] bytes = change.bytes;
                if (bytes != null) {
                    keepSectors(change.position, bytes, probability, random);
                } else if (random.nextDouble() < probability) {
                    durable.truncate(change.position);
                }
            }
        }

        private void keepSectors(int position, byte[] bytes, double probability, Random random) {
            int done = 0;
            while (done < bytes.length) {
                int at = position + done;
                int count = Math.min(bytes.length - done, SECTOR_BYTES - at % SECTOR_BYTES);
                if (random.nextDouble() < probability) {
                    durable.write(at, bytes, done, random.nextInt(10) == 0 ? random.nextInt(count + 1) : count);
                } else if (random.nextInt(4) == 0) {
                    durable.extend(at + count);
                }
                done += count;
            }
        }
    }

    /** Bytes that grow. */
    private static final class Content {

        private byte[] bytes = new byte[0];
        private int size;

        void write(int position, byte[] source, int offset, int count) {
            extend(position + count);
            System.arraycopy(source, offset, bytes, position, count);
        }

        void extend(int newSize) {
            if (newSize > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(newSize, 2 * bytes.length));
            }
            size = Math.max(size, newSize);
        }

        void truncate(int newSize) {
            if (newSize < size) {
                Arrays.fill(bytes, newSize, size, (byte) 0);
                size = newSize;
            }
        }
    }
}
