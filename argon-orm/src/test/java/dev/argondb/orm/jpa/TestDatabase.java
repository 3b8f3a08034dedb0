package dev.argondb.orm.jpa;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hibernate.cfg.AvailableSettings;

/** A database that the suite runs on, known to it by its JDBC URL alone. */
enum TestDatabase {
    /** The reference. */
    STOCK_H2 {
        @Override
        Opened open() {
            return kept("jdbc:h2:mem:%s;LOCK_TIMEOUT=400".formatted(newName()));
        }
    },

    /** In memory. */
    ARGON {
        @Override
        Opened open() {
            return kept("jdbc:argon:mem:" + newName());
        }
    },

    /**
     * In a directory. It is closed whenever no session has a connection, snapshots are taken after a few entries, and the cache
     * holds next to nothing: what one transaction wrote, the next reads from pages.
     */
    ARGON_ON_PAGES {
        @Override
        Opened open() {
            Path directory = newDirectory();
            String settings = ";sync=relaxed;cache.size=1;snapshot.entries=4";
            return new Opened(
                    "jdbc:argon:file:" + directory.resolve("data") + settings,
                    Map.of(AvailableSettings.CONNECTION_PROVIDER, UnpooledConnections.class.getName()),
                    () -> delete(directory));
        }
    };

    private static final AtomicInteger OPENED = new AtomicInteger();

    /** Opens a new, empty database; it lives until the returned handle is closed. */
    abstract Opened open();

    private static String newName() {
        return "suite" + OPENED.incrementAndGet();
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("argon-jpa");
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

    /** An in-memory database goes with its last connection: one is kept. */
    private static Opened kept(String url) {
        Connection keeper = connect(url);
        return new Opened(url, Map.of(), () -> close(keeper));
    }

    private static Connection connect(String url) {
        try {
            return DriverManager.getConnection(url);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot open `" + url + "`", e);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close a database", e);
        }
    }

    /** Returns those that every class of the suite runs on. */
    static List<TestDatabase> always() {
        return List.of(STOCK_H2, ARGON);
    }

    /**
     * An open database. Confined to the thread that opened it.
     *
     * @param url of its connections
     * @param settings what session factories on it need besides
     * @param end gives it up
     */
    record Opened(String url, Map<String, Object> settings, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }
}
