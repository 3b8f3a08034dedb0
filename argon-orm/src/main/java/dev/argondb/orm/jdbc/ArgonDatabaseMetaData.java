package dev.argondb.orm.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/**
 * What can be known about the database: H2's own answers, product name and version included, so that tools take their H2
 * dialect; the URL, user, driver and isolation are Argon's.
 *
 * <p>Confined, as its connection.
 */
final class ArgonDatabaseMetaData extends ForwardingDatabaseMetaData {

    private final ArgonConnection connection;

    ArgonDatabaseMetaData(ArgonConnection connection) {
        this.connection = connection;
    }

    @Override
    DatabaseMetaData h2() throws SQLException {
        return connection.session().h2().getMetaData();
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public String getURL() {
        return connection.url();
    }

    /** Returns the author of the connection's commits. */
    @Override
    public String getUserName() {
        return connection.session().notes().author();
    }

    @Override
    public String getDriverName() {
        return ArgonDriver.NAME;
    }

    @Override
    public String getDriverVersion() {
        return ArgonDriver.VERSION;
    }

    @Override
    public int getDriverMajorVersion() {
        return ArgonDriver.MAJOR_VERSION;
    }

    @Override
    public int getDriverMinorVersion() {
        return ArgonDriver.MINOR_VERSION;
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return connection.isReadOnly();
    }

    @Override
    public int getDefaultTransactionIsolation() {
        return Connection.TRANSACTION_REPEATABLE_READ;
    }

    @Override
    public boolean supportsTransactionIsolationLevel(int level) {
        return level == Connection.TRANSACTION_READ_UNCOMMITTED
                || level == Connection.TRANSACTION_READ_COMMITTED
                || level == Connection.TRANSACTION_REPEATABLE_READ
                || level == Connection.TRANSACTION_SERIALIZABLE;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : h2().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || h2().isWrapperFor(type);
    }
}
