package dev.argondb.engine.tier;

import dev.argondb.InvalidRequestException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cold tier that is a directory of the machine's file system: on a slower disk, or mounted from elsewhere. The directory is
 * made when something is put.
 *
 * <p>Thread-safe.
 */
public final class DirectoryColdTier implements ColdTier {

    private static final String TEMPORARY_SUFFIX = ".tmp";
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final int COPY_BYTES = 1 << 18;

    private final Path root;

    public DirectoryColdTier(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public void put(String name, Content content) throws IOException {
        Path target = path(name);
        Path temporary = path(name + TEMPORARY_SUFFIX);
        makeDirectories(directoryOf(target));
        try {
            write(temporary, content);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException | Error e) {
            deleteAfter(e, temporary);
            throw e;
        }
        sync(directoryOf(target));
    }

    private static void write(Path file, Content content) throws IOException {
        try (InputStream source = content.open();
                FileChannel channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            byte[] piece = new byte[COPY_BYTES];
            for (int count = source.read(piece); count >= 0; count = source.read(piece)) {
                ByteBuffer buffer = ByteBuffer.wrap(piece, 0, count);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            if (channel.position() != content.size()) {
                throw new IOException(
                        "`" + file + "`: expected " + content.size() + " bytes, got " + channel.position());
            }
            channel.force(true);
        }
    }

    private static void deleteAfter(Throwable cause, Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private Path directoryOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? root : parent;
    }

    private void makeDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            makeDirectories(parent);
        }
        Files.createDirectories(directory);
        if (parent != null) {
            sync(parent);
        }
    }

    /** Windows offers no sync of a directory: its file system journals names by itself. */
    private static void sync(Path directory) throws IOException {
        if (WINDOWS) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws IOException {
        try (FileChannel channel = FileChannel.open(path(name), StandardOpenOption.READ)) {
            long position = offset;
            while (target.hasRemaining()) {
                int count = channel.read(target, position);
                if (count < 0) {
                    throw new EOFException("`" + describe(name) + "` ends at " + channel.size() + ", before "
                            + (position + target.remaining()));
                }
                position += count;
            }
        } catch (NoSuchFileException e) {
            requireRoot();
            throw e;
        }
    }

    @Override
    public long size(String name) throws IOException {
        try {
            return Files.size(path(name));
        } catch (NoSuchFileException e) {
            requireRoot();
            throw e;
        }
    }

    /** A disk that is not mounted does not mean that everything is lost. */
    private void requireRoot() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException("directory `" + root + "` is not there");
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Path file = path(name);
        requireRoot();
        Files.deleteIfExists(file);
    }

    @Override
    public List<Stored> list(String directory) throws IOException {
        try (Stream<Path> files = Files.walk(path(directory))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> new Stored(nameOf(file), file.toFile().length()))
                    .filter(stored -> !stored.name().endsWith(TEMPORARY_SUFFIX))
                    .sorted((one, other) -> one.name().compareTo(other.name()))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private String nameOf(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private Path path(String name) {
        Path path = root.resolve(name).normalize();
        if (!path.startsWith(root)) {
            throw new InvalidRequestException("object `" + name + "` lies outside of `" + root + "`; name another");
        }
        return path;
    }

    @Override
    public String describe(String name) {
        return name.isEmpty() ? root.toUri().toString() : path(name).toString();
    }

    /** Does nothing: no file stays open. */
    @Override
    public void close() {}
}
