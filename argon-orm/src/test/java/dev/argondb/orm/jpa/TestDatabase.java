package dev.argondb.orm.jpa;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A database that the suite runs on, known to it by its JDBC URL alone. */
enum TestDatabase {
    STOCK_H2("jdbc:h2:mem:%s;LOCK_TIMEOUT=400"),
    ARGON("jdbc:argon:mem:%s");

    private static final AtomicInteger OPENED = new AtomicInteger();

    private final String urlPattern;

    TestDatabase(String urlPattern) {
        this.urlPattern = urlPattern;
    }

    /** Opens a new, empty database; it lives until the returned handle is closed. */
    Opened open() {
        return new Opened(urlPattern.formatted("suite" + OPENED.incrementAndGet()));
    }

    /** An open in-memory database, kept alive by a connection of its own. Confined to the thread that opened it. */
    static final class Opened implements AutoCloseable {
        private final String url;
        private final Connection keeper;

        private Opened(String url) {
            this.url = url;
            this.keeper = connect(url);
        }

        private static Connection connect(String url) {
            try {
                return DriverManager.getConnection(url);
            } catch (SQLException e) {
                throw new IllegalStateException("cannot open `" + url + "`", e);
            }
        }

        String url() {
            return url;
        }

        @Override
        public void close() {
            try {
                keeper.close();
            } catch (SQLException e) {
                throw new IllegalStateException("cannot close `" + url + "`", e);
            }
        }
    }
}
