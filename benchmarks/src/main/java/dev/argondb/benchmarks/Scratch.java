package dev.argondb.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for one run, below {@code java.io.tmpdir} and so on the disk of the build; deleted at the end. Confined. */
final class Scratch implements AutoCloseable {

    private final Path root;

    Scratch() {
        try {
            root = Files.createTempDirectory("argon-benchmark");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path(String name) {
        return root.resolve(name);
    }

    /** Returns how many bytes the files below a path have. */
    long sizeOf(String name) {
        try (Stream<Path> files = Files.walk(path(name))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (UncheckedIOException e) {
            return sizeOf(name); // a file went while it was looked at
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens the yardstick of durability: a file that one appends to and syncs. */
    RawFile rawFile(int bytesPerAppend) {
        return new RawFile(path("raw"), bytesPerAppend);
    }

    /** A file that grows by one write and one sync (of the data, not of the file's times) at a time. Confined. */
    static final class RawFile implements AutoCloseable {
        private final FileChannel channel;
        private final ByteBuffer bytes;

        private RawFile(Path path, int bytesPerAppend) {
            try {
                channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            bytes = ByteBuffer.allocateDirect(bytesPerAppend);
        }

        void appendAndSync() {
            try {
                bytes.clear();
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
