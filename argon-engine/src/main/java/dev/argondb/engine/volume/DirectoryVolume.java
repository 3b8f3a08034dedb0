package dev.argondb.engine.volume;

import dev.argondb.InvalidRequestException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A volume that is a directory of the machine's file system.
 *
 * <p>Thread-safe.
 */
public final class DirectoryVolume implements Volume {

    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    private final Path root;

    private DirectoryVolume(Path root) {
        this.root = root;
    }

    /**
     * Opens a directory, which is made, with those above it, if it is not there.
     *
     * @throws InvalidRequestException if the path names a file
     */
    public static DirectoryVolume at(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        makeDurably(absolute);
        return new DirectoryVolume(absolute.toRealPath());
    }

    private static void makeDurably(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            makeDurably(parent);
        }
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw new InvalidRequestException(
                        "`" + directory + "` is a file, not a directory; name another path", e);
            }
        }
        if (parent != null) {
            sync(parent);
        }
    }

    @Override
    public VolumeFile create(String name) throws IOException {
        Path path = path(name);
        FileChannel created = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new DirectoryFile(path, created, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public VolumeFile open(String name) throws IOException {
        return open(path(name), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public VolumeFile openForRead(String name) throws IOException {
        return open(path(name), StandardOpenOption.READ);
    }

    private static VolumeFile open(Path path, OpenOption... options) throws IOException {
        return new DirectoryFile(path, FileChannel.open(path, options), options);
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(path(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(path(name));
    }

    @Override
    public List<String> list(String directory) throws IOException {
        try (Stream<Path> files = Files.list(path(directory))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    @Override
    public void createDirectory(String directory) throws IOException {
        makeDurably(path(directory));
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        sync(path(directory));
    }

    /** Windows offers no sync of a directory: its file system journals names by itself. */
    private static void sync(Path directory) throws IOException {
        if (WINDOWS) {
            return;
        }
        try (DirectoryFile file = new DirectoryFile(
                directory, FileChannel.open(directory, StandardOpenOption.READ), StandardOpenOption.READ)) {
            file.sync();
        }
    }

    @Override
    public VolumeLock lock(String name) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            return DirectoryLock.take(root, path(name));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String describe(String name) {
        return path(name).toString();
    }

    private Path path(String name) {
        return root.resolve(name);
    }
}
