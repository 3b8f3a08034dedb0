package dev.argondb.orm.hibernate;

import dev.argondb.Argon;
import dev.argondb.UnsupportedException;
import dev.argondb.orm.jdbc.ArgonConnection;
import dev.argondb.orm.jdbc.ArgonDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.service.spi.Stoppable;
import org.jspecify.annotations.Nullable;

/**
 * Gives each session a connection on the ref that its tenant identifier names.
 *
 * <p>Thread-safe.
 */
public final class ArgonConnectionProvider implements MultiTenantConnectionProvider<String>, Stoppable {

    private static final long serialVersionUID = 1L;

    private final transient Argon argon;
    private final transient ArgonDataSource template;
    private transient @Nullable ArgonDataSource connections;

    /**
     * A provider of connections to a database.
     *
     * @param template what connections are like; those without a tenant are on its ref
     */
    public ArgonConnectionProvider(Argon argon, ArgonDataSource template) {
        this.argon = argon;
        this.template = template;
    }

    /** Returns the database. */
    Argon argon() {
        return argon;
    }

    private synchronized ArgonDataSource connections() {
        ArgonDataSource present = connections;
        if (present == null) {
            present = template.copy();
            connections = present;
        }
        return present;
    }

    /** Returns a connection without a tenant: Hibernate reads metadata and exports the schema on it. */
    @Override
    public Connection getAnyConnection() throws SQLException {
        return connections().getConnection();
    }

    @Override
    public void releaseAnyConnection(Connection connection) throws SQLException {
        connection.close();
    }

    /**
     * Returns a connection on what a tenant identifier names.
     *
     * @throws dev.argondb.InvalidRequestException if it is not one of ours
     * @throws dev.argondb.ConflictException if the branch was reset since the session was opened
     */
    @Override
    public Connection getConnection(String tenantIdentifier) throws SQLException {
        Tenant tenant = Tenant.parse(tenantIdentifier);
        tenant.requireCurrent(argon);
        Connection connection = connections().getConnection(tenant.ref());
        tenant.pin(connection.unwrap(ArgonConnection.class));
        return connection;
    }

    @Override
    public void releaseConnection(String tenantIdentifier, Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public boolean supportsAggressiveRelease() {
        return false;
    }

    /** Lets go of the database when the service registry is closed; a registry built later takes hold of it again. */
    @Override
    public synchronized void stop() {
        ArgonDataSource present = connections;
        connections = null;
        if (present != null) {
            present.close();
        }
    }

    @Override
    public boolean isUnwrappableAs(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new UnsupportedException("`" + getClass().getSimpleName() + "` is no `" + type.getName() + "`");
    }
}
