package dev.argondb.orm.jdbc;

import dev.argondb.Argon;
import dev.argondb.ArgonException;
import dev.argondb.Authorship;
import dev.argondb.InvalidRequestException;
import dev.argondb.Ref;
import dev.argondb.engine.ArgonDatabase;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives connections to one ref of one database. Connections are cheap: what is expensive behind them is pooled per database,
 * so no connection pool is needed around it.
 *
 * <p>It holds the database open from its first connection until {@link #close()}; connections given out go on after that.
 * Thread-safe once configured.
 */
public final class ArgonDataSource implements DataSource, AutoCloseable {

    private ConnectionSettings settings = ConnectionSettings.DEFAULT;
    private @Nullable Location location;
    private OpenDatabases.@Nullable Lease lease;
    private boolean closed;
    private @Nullable PrintWriter logWriter;
    private int loginTimeoutSeconds;

    /** A data source to be configured by {@link #setUrl} or {@link #setLocation}. */
    public ArgonDataSource() {}

    /**
     * A data source of a URL.
     *
     * @throws InvalidRequestException if it is malformed
     */
    public ArgonDataSource(String url) {
        setUrl(url);
    }

    /** A data source that shares the database of an open handle, bound to a ref of it. */
    public static ArgonDataSource of(Argon argon, Ref ref) {
        ArgonDataSource source = new ArgonDataSource();
        source.setLocation(argon.location());
        source.settings = source.settings.withRef(ref);
        return source;
    }

    /** Returns another data source of the same database with the same settings, which holds the database for itself. */
    public synchronized ArgonDataSource copy() {
        ArgonDataSource source = new ArgonDataSource();
        source.location = location;
        source.settings = settings;
        return source;
    }

    /** Sets everything by a {@code jdbc:argon:} URL. */
    public void setUrl(String url) {
        setUrl(url, new Properties());
    }

    /**
     * Sets everything by a {@code jdbc:argon:} URL and connection properties; the URL goes before them.
     *
     * @throws InvalidRequestException if one of them is malformed or unknown
     */
    public synchronized void setUrl(String url, Properties properties) {
        JdbcUrl parsed = JdbcUrl.parse(url, properties);
        requireUnused();
        location = parsed.location();
        settings = parsed.settings();
    }

    /** Sets where the database is, such as {@code mem:shop}; see {@link Argon#open}. */
    public synchronized void setLocation(String text) {
        requireUnused();
        location = Location.parse(text);
    }

    /** Sets the branch that connections are bound to. */
    public synchronized void setBranch(String name) {
        settings = settings.withRef(new Ref.Head(name));
    }

    /** Sets the branch head or past moment that connections are bound to, such as {@code main@1234}. */
    public synchronized void setRef(String ref) {
        settings = settings.withRef(Ref.parse(ref));
    }

    /** Sets who commits are by. */
    public synchronized void setAuthor(String author) {
        settings = settings.withAuthor(author);
    }

    /** Sets why commits are made, where the connection says nothing else. */
    public synchronized void setMessage(String message) {
        settings = settings.withMessage(message);
    }

    /** Sets what says who commits are by and why, where neither the connection's user nor the transaction does. */
    public synchronized void setAuthorship(Authorship authorship) {
        settings = settings.withAuthorship(authorship);
    }

    /**
     * Returns where the database is, with how it is to be opened; see {@link Argon#open}.
     *
     * @throws InvalidRequestException if that was not set
     */
    public synchronized String location() {
        Location where = location;
        if (where == null) {
            throw new InvalidRequestException("the data source has no location; call setUrl or setLocation first");
        }
        return where.toString();
    }

    /** Returns what connections are on where nothing else is asked for. */
    public synchronized Ref ref() {
        return settings.ref();
    }

    private void requireUnused() {
        if (lease != null) {
            throw new InvalidRequestException(
                    "the data source is in use; set its location before its first connection");
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(settings);
    }

    /** Gives a connection whose commits are by the user, unless an author is set; the password is not used. */
    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return connect(by(user));
    }

    /** Gives a connection bound to another ref of the same database. */
    public Connection getConnection(Ref ref) throws SQLException {
        return connect(settings.withRef(ref));
    }

    /** Gives a connection bound to another ref, whose commits are by the user, unless an author is set. */
    public Connection getConnection(Ref ref, @Nullable String user) throws SQLException {
        return connect(by(user).withRef(ref));
    }

    private ConnectionSettings by(@Nullable String user) {
        return user == null || user.isEmpty() || !settings.author().isEmpty() ? settings : settings.withAuthor(user);
    }

    private Connection connect(ConnectionSettings wished) throws SQLException {
        try {
            return ArgonDriver.connect(lease().another(), wished);
        } catch (ArgonException e) {
            throw SqlErrors.of(e);
        }
    }

    private synchronized OpenDatabases.Lease lease() throws SQLException {
        if (closed) {
            throw SqlErrors.closed("data source");
        }
        Location where = location;
        if (where == null) {
            throw SqlErrors.invalid("the data source has no location; call setUrl or setLocation first");
        }
        OpenDatabases.Lease present = lease;
        if (present == null) {
            present = OpenDatabases.lease(where);
            lease = present;
        }
        return present;
    }

    /** Lets go of the database. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        OpenDatabases.Lease present = lease;
        lease = null;
        if (present != null) {
            present.close();
        }
    }

    @Override
    public synchronized @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public synchronized void setLogWriter(@Nullable PrintWriter out) {
        logWriter = out;
    }

    @Override
    public synchronized void setLoginTimeout(int seconds) {
        loginTimeoutSeconds = seconds;
    }

    @Override
    public synchronized int getLoginTimeout() {
        return loginTimeoutSeconds;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("dev.argondb");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (type == ArgonDatabase.class) {
            return type.cast(lease().database());
        }
        throw SqlErrors.invalid("an Argon data source is no `" + type.getName() + "`");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this) || type == ArgonDatabase.class;
    }
}
