package dev.argondb.orm.jdbc;

import dev.argondb.ArgonException;
import dev.argondb.InvalidRefException;
import dev.argondb.InvalidRequestException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver of {@code jdbc:argon:mem:NAME} and {@code jdbc:argon:file:PATH}; the grammar of URLs is in {@code
 * docs/sql.md}. Found by {@link DriverManager} through the class path.
 *
 * <p>Thread-safe.
 */
public final class ArgonDriver implements Driver {

    static final String NAME = "Argon JDBC Driver";
    static final int MAJOR_VERSION = 0;
    static final int MINOR_VERSION = 1;
    static final String VERSION = MAJOR_VERSION + "." + MINOR_VERSION;

    static {
        register();
    }

    private static void register() {
        try {
            DriverManager.registerDriver(new ArgonDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Returns null for the URL of another driver, as JDBC demands. */
    @Override
    public @Nullable Connection connect(String url, @Nullable Properties properties) throws SQLException {
        return acceptsURL(url) ? connect(parse(url, properties)) : null;
    }

    private static JdbcUrl parse(String url, @Nullable Properties properties) throws SQLException {
        try {
            return JdbcUrl.parse(url, properties == null ? new Properties() : properties);
        } catch (InvalidRequestException | InvalidRefException e) {
            throw SqlErrors.malformed(e);
        }
    }

    private static Connection connect(JdbcUrl url) throws SQLException {
        return connect(lease(url.location()), url.settings());
    }

    private static OpenDatabases.Lease lease(Location location) throws SQLException {
        try {
            return OpenDatabases.lease(location);
        } catch (ArgonException e) {
            throw SqlErrors.of(e);
        }
    }

    /** Connects on a lease, which the connection takes over; it is given back if the ref names nothing. */
    static Connection connect(OpenDatabases.Lease lease, ConnectionSettings settings) throws SQLException {
        try {
            lease.database().resolve(settings.ref());
            return new ArgonConnection(lease, settings);
        } catch (ArgonException e) {
            lease.close();
            throw SqlErrors.of(e);
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return url != null && JdbcUrl.isOurs(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties properties) {
        return JdbcUrl.KEYS.stream()
                .map(key -> new DriverPropertyInfo(key, properties == null ? null : properties.getProperty(key)))
                .toArray(DriverPropertyInfo[]::new);
    }

    @Override
    public int getMajorVersion() {
        return MAJOR_VERSION;
    }

    @Override
    public int getMinorVersion() {
        return MINOR_VERSION;
    }

    /** Returns false: JDBC reserves true for drivers that pass its full conformance suite. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("dev.argondb");
    }
}
