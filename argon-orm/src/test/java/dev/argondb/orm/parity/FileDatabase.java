package dev.argondb.orm.parity;

import dev.argondb.Argon;
import dev.argondb.Lsn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A new, empty Argon database in a directory of its own, deleted on close. Its cache holds next to nothing, so what it answers it
 * has read from its files.
 */
final class FileDatabase implements AutoCloseable {

    private static final String SETTINGS = ";sync=relaxed;cache.size=1";
    private static final String LOCK = "LOCK";

    private final Path root;
    private Path directory;
    private int copies;
    private Argon argon;

    private FileDatabase(Path root) {
        this.root = root;
        this.directory = root.resolve("data");
        this.argon = open("");
    }

    static FileDatabase create() {
        try {
            return new FileDatabase(Files.createTempDirectory("argon-parity"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Argon open(String moreSettings) {
        return Argon.open("file:" + directory + SETTINGS + moreSettings);
    }

    /** Returns the URL of connections to a ref. */
    String url(String ref) {
        return "jdbc:argon:file:" + directory + "?at=" + ref;
    }

    Argon argon() {
        return argon;
    }

    /**
     * Writes a snapshot, gives up all history but the present, closes the database and opens it again. No connection may be
     * open.
     */
    void reclaimAndReopen() {
        argon.snapshot();
        Lsn head = argon.branch(Argon.MAIN).headLsn().orElseThrow();
        argon.close();
        argon = open(";retention=lsn:" + head);
        argon.snapshot();
        argon.retain();
        argon.close();
        argon = open("");
    }

    /**
     * Goes on in a copy of the directory that is made now, in the midst of whatever is open: what a killed process leaves
     * behind. Nothing may be committed, and no snapshot be under way, meanwhile.
     */
    void crash() {
        Path copy = root.resolve("copy" + ++copies);
        copy(directory, copy);
        argon.close();
        directory = copy;
        argon = open("");
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                if (!file.endsWith(LOCK)) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        argon.close();
        delete(root);
    }
}
