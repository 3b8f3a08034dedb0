package dev.argondb.engine.volume;

import dev.argondb.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/*
 * The operating system drops a process's lock on a file as soon as the process closes any of its handles of that file. So a
 * second opening in this process must be refused before it touches the lock file: hence HELD.
 */
/** The lock of a {@link DirectoryVolume}: a lock of the operating system on a file that names its holder. Thread-safe. */
final class DirectoryLock implements VolumeLock {

    /** The locked byte lies beyond the text, so that others can read the text where locks are mandatory. */
    private static final long LOCKED_BYTE = 1L << 62;

    private static final int MAX_PID_BYTES = 20;
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;
    private boolean released;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    static DirectoryLock take(Path directory, Path file) throws IOException {
        if (!HELD.add(directory)) {
            throw new UnavailableException("directory `" + directory + "` is already open in this process ("
                    + ProcessHandle.current().pid() + "); use that instance, or close it first");
        }
        boolean taken = false;
        try {
            DirectoryLock lock = new DirectoryLock(directory, takeFromOthers(directory, file));
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                HELD.remove(directory);
            }
        }
    }

    private static FileChannel takeFromOthers(Path directory, Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            @Nullable FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                throw new UnavailableException("directory `" + directory + "` is open in " + holder(channel)
                        + "; stop it, or use a shared log");
            }
            writeHolder(channel);
            taken = true;
            return channel;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_PID_BYTES);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return pid.isEmpty() ? "another process" : "process " + pid;
    }

    private static void writeHolder(FileChannel channel) throws IOException {
        String pid = ProcessHandle.current().pid() + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    @Override
    public synchronized void close() throws IOException {
        if (released) {
            return;
        }
        released = true;
        try {
            channel.close();
        } finally {
            HELD.remove(directory);
        }
    }
}
