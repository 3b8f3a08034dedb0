package dev.argondb.spring.jdbc;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.Ref;
import dev.argondb.orm.jdbc.ArgonDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives connections to what the {@link BranchScope} of the calling thread names, outside of all scopes to the ref of the underlying
 * data source.
 *
 * <p>Thread-safe. Needs no pool around it; a pool would hand a connection of one ref to work on another.
 */
public final class ScopedDataSource implements DataSource, AutoCloseable {

    private static final String MEMORY = "mem:";

    private final ArgonDataSource connections;
    private @Nullable Argon argon;

    /** A data source over another, which it closes with itself. */
    public ScopedDataSource(ArgonDataSource connections) {
        this.connections = connections;
    }

    /** Returns the one behind a data source, which may be a proxy of it; empty where there is none. */
    public static Optional<ScopedDataSource> behind(DataSource source) {
        if (source instanceof ScopedDataSource scoped) {
            return Optional.of(scoped);
        }
        try {
            return source.isWrapperFor(ScopedDataSource.class)
                    ? Optional.of(source.unwrap(ScopedDataSource.class))
                    : Optional.empty();
        } catch (SQLException e) {
            throw new IllegalStateException("data source `" + source + "` does not say what it wraps", e);
        }
    }

    /** Returns a handle of the database, which is closed with the data source. */
    public synchronized Argon argon() {
        Argon present = argon;
        if (present == null) {
            present = Argon.open(connections.location());
            argon = present;
        }
        return present;
    }

    /** Returns what its connections are like. */
    public ArgonDataSource connections() {
        return connections;
    }

    /** Returns whether the database is in memory alone. */
    public boolean isInMemory() {
        return connections.location().startsWith(MEMORY);
    }

    /** Returns what connections are on outside of all scopes. */
    public Ref ref() {
        return connections.ref();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connections.getConnection(BranchScope.find().orElseGet(connections::ref));
    }

    /** Gives a connection whose commits are by the user; the password is not used. */
    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return connections.getConnection(BranchScope.find().orElseGet(connections::ref), user);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return connections.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        connections.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) {
        connections.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() {
        return connections.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return connections.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : connections.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this) || connections.isWrapperFor(type);
    }

    /** Lets go of the database. Idempotent. */
    @Override
    public synchronized void close() {
        Argon present = argon;
        argon = null;
        try (connections) {
            if (present != null) {
                present.close();
            }
        }
    }
}
