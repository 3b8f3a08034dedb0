package dev.argondb.examples;

import dev.argondb.Argon;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.examples.chinook.Chinook;
import dev.argondb.examples.chinook.GenreSales;
import dev.argondb.orm.hibernate.BranchSessionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An open database of the music store: its versions, and its entities on each of them. Thread-safe. */
final class MusicStore implements AutoCloseable {

    private final Argon argon;
    private final BranchSessionFactory sessions;
    private final Duration opening;
    private final Duration binding;

    private MusicStore(Path directory) {
        long start = System.nanoTime();
        this.argon = Argon.open("file:" + directory);
        long opened = System.nanoTime();
        this.sessions = BranchSessionFactory.of(argon, Chinook.configuration());
        this.opening = Duration.ofNanos(opened - start);
        this.binding = Duration.ofNanos(System.nanoTime() - opened);
    }

    /** Opens the database in a directory, and makes it where there is none. */
    static MusicStore open(Path directory) {
        return new MusicStore(directory);
    }

    Argon argon() {
        return argon;
    }

    BranchSessionFactory sessions() {
        return sessions;
    }

    /** Returns how long it took to open the database. */
    Duration opening() {
        return opening;
    }

    /** Returns how long it took to start Hibernate on it. */
    Duration binding() {
        return binding;
    }

    Lsn head(String branch) {
        return argon.branch(branch).headLsn().orElseThrow();
    }

    /** Returns the report of what a ref names. */
    List<GenreSales> report(String ref) {
        return sessions.fromTransaction(ref, GenreSales::report);
    }

    /** Returns what all copies ever sold would bring at the prices that a ref names. */
    BigDecimal value(String ref) {
        return GenreSales.total(report(ref));
    }

    /** Returns how many entries the commit of a ref has. */
    int entryCount(String ref) {
        return argon.entries(Ref.parse(ref)).size();
    }

    @Override
    public void close() {
        try (argon) {
            sessions.close();
        }
    }

    /** Returns how many bytes the files of a directory have together. */
    static long sizeOf(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a directory with all that is in it. */
    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
