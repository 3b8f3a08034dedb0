package dev.argondb.orm.jdbc;

import dev.argondb.Ref;
import dev.argondb.engine.work.UnitOfWork;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.ClientInfoStatus;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A connection bound to a ref: a branch head to work on, or a past moment to read.
 *
 * <p>A transaction is a unit of work: a snapshot of the branch head, taken by its first statement, with the transaction's own
 * writes on top; the first committer of a row wins. {@link #checkout} binds the connection to another ref, between
 * transactions. Obtained from a connection by {@code connection.unwrap(ArgonConnection.class)}.
 *
 * <p>Isolation: SERIALIZABLE is honoured; each weaker level that is asked for gets a snapshot and reports itself as
 * REPEATABLE_READ.
 *
 * <p>For one thread at a time; {@link #abort} and {@link Statement#cancel} may be called from any.
 */
public final class ArgonConnection implements Connection {

    private static final String AUTHOR = "author";
    private static final String MESSAGE = "message";
    private static final Set<String> CLIENT_INFO =
            Set.of(AUTHOR, MESSAGE, "ApplicationName", "ClientUser", "ClientHostname");

    private final String url;
    private final BranchSession session;
    private final Properties clientInfo = new Properties();
    private final OpenStatements statements = new OpenStatements();
    private int networkTimeoutMillis;

    ArgonConnection(OpenDatabases.Lease lease, ConnectionSettings settings) {
        this.session = new BranchSession(lease, settings);
        this.url = JdbcUrl.PREFIX + lease.location();
    }

    BranchSession session() {
        return session;
    }

    String url() {
        return url;
    }

    // ---- branches

    /** Returns the branch head or past moment this connection is bound to. */
    public Ref ref() {
        return session.ref();
    }

    /**
     * Binds the connection to another branch head or past moment.
     *
     * @throws SQLException if a transaction is under way (SQLState 25001), or the ref names nothing (3D000)
     */
    public void checkout(Ref target) throws SQLException {
        session.checkout(target);
    }

    /** Binds the connection to another branch head or past moment, given as text; see {@link #checkout(Ref)}. */
    public void checkout(String target) throws SQLException {
        session.checkout(JdbcRefs.parse(target));
    }

    /** Commits with a message for this commit alone. */
    public void commit(String message) throws SQLException {
        session.nameNextCommit(message);
        session.commit();
    }

    /** Returns the unit of work of the present transaction; empty between transactions. */
    public Optional<UnitOfWork> unitOfWork() {
        return Optional.ofNullable(session.work());
    }

    /** Returns the unit of work of the present transaction; begins one where there is none. */
    public UnitOfWork joinUnitOfWork() throws SQLException {
        return session.join();
    }

    /** Says who makes the commit of the present transaction, and why; empty text leaves what the connection says. */
    public void describeCommit(String author, String message) {
        session.notes().describe(author, message);
    }

    /**
     * Lets transactions begin only while the branch is the one of this id and was moved back this often ({@link
     * dev.argondb.Branch#epoch}); later ones fail with SQLState 40001. Holds until {@link #checkout(Ref)}.
     */
    public void pin(long branchId, long epoch) {
        session.pin(branchId, epoch);
    }

    // ---- statements

    @Override
    public Statement createStatement() throws SQLException {
        return opened(new ArgonStatement(this, ResultKind.PLAIN, KeyRequest.NONE));
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        return opened(new ArgonStatement(this, new ResultKind(type, concurrency), KeyRequest.NONE));
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        return opened(new ArgonStatement(this, new ResultKind(type, concurrency, holdability), KeyRequest.NONE));
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return prepare(sql, ResultKind.PLAIN, KeyRequest.NONE);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return prepare(sql, ResultKind.PLAIN, new KeyRequest.Flag(autoGeneratedKeys));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return prepare(sql, ResultKind.PLAIN, new KeyRequest.Positions(columnIndexes));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return prepare(sql, ResultKind.PLAIN, new KeyRequest.Names(columnNames));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        return prepare(sql, new ResultKind(type, concurrency), KeyRequest.NONE);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return prepare(sql, new ResultKind(type, concurrency, holdability), KeyRequest.NONE);
    }

    private PreparedStatement prepare(String sql, ResultKind kind, KeyRequest keys) throws SQLException {
        return opened(new ArgonPreparedStatement(this, sql, kind, keys));
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        return opened(new ArgonCallableStatement(this, sql, ResultKind.PLAIN));
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        return opened(new ArgonCallableStatement(this, sql, new ResultKind(type, concurrency)));
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
        return opened(new ArgonCallableStatement(this, sql, new ResultKind(type, concurrency, holdability)));
    }

    private <S extends ArgonStatement> S opened(S statement) throws SQLException {
        session.requireOpen();
        statements.add(statement);
        return statement;
    }

    void statementClosed(ArgonStatement statement) {
        statements.remove(statement);
    }

    @Override
    public String nativeSQL(String sql) throws SQLException {
        return session.h2().nativeSQL(sql);
    }

    // ---- transactions

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        session.autoCommit(autoCommit);
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        session.requireOpen();
        return session.isAutoCommit();
    }

    @Override
    public void commit() throws SQLException {
        session.commit();
    }

    @Override
    public void rollback() throws SQLException {
        session.rollback();
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        return session.savepoint(null);
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return session.savepoint(name);
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        session.rollbackTo(own(savepoint));
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        session.release(own(savepoint));
    }

    private static ArgonSavepoint own(Savepoint savepoint) throws SQLException {
        if (savepoint instanceof ArgonSavepoint own) {
            return own;
        }
        throw SqlErrors.unknownSavepoint("`" + savepoint + "` is no savepoint of this connection");
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        session.isolation(IsolationLevels.given(level));
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        session.requireOpen();
        return IsolationLevels.reported(session.isolation());
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        session.readOnly(readOnly);
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        session.requireOpen();
        return session.isReadOnly();
    }

    // ---- settings

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        session.requireOpen();
        return new ArgonDatabaseMetaData(this);
    }

    @Override
    public @Nullable String getCatalog() throws SQLException {
        return session.h2().getCatalog();
    }

    @Override
    public void setCatalog(String catalog) throws SQLException {
        session.h2().setCatalog(catalog);
    }

    @Override
    public String getSchema() throws SQLException {
        return session.h2().getSchema();
    }

    @Override
    public void setSchema(String schema) throws SQLException {
        session.h2().setSchema(schema);
    }

    @Override
    public int getHoldability() throws SQLException {
        session.requireOpen();
        return ResultKind.PLAIN.holdability();
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        session.h2().setHoldability(holdability);
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        return session.h2().getTypeMap();
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        session.h2().setTypeMap(map);
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        session.requireOpen();
        return null;
    }

    @Override
    public void clearWarnings() throws SQLException {
        session.requireOpen();
    }

    /** Sets {@code author} (also {@code ClientUser}) or {@code message} of the commits from now on; JDBC's others are kept only. */
    @Override
    public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
        if (session.isClosed()) {
            throw new SQLClientInfoException("the connection is closed; open another", SqlStates.CLOSED, Map.of());
        }
        if (!CLIENT_INFO.contains(name)) {
            throw new SQLClientInfoException(
                    "client info `" + name
                            + "` is unknown; allowed: `author`, `message`, `ApplicationName`, `ClientUser`,"
                            + " `ClientHostname`",
                    SqlStates.INVALID_VALUE,
                    Map.of(name, ClientInfoStatus.REASON_UNKNOWN_PROPERTY));
        }
        applyClientInfo(name, value == null ? "" : value);
    }

    private void applyClientInfo(String name, String value) {
        switch (name) {
            case AUTHOR, "ClientUser" -> session.notes().author(value);
            case MESSAGE -> session.notes().message(value);
            default -> clientInfo.setProperty(name, value);
        }
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        for (String name : properties.stringPropertyNames()) {
            setClientInfo(name, properties.getProperty(name));
        }
    }

    @Override
    public @Nullable String getClientInfo(String name) throws SQLException {
        session.requireOpen();
        return switch (name) {
            case AUTHOR, "ClientUser" -> session.notes().author();
            case MESSAGE -> session.notes().message();
            default -> clientInfo.getProperty(name);
        };
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        session.requireOpen();
        Properties all = new Properties();
        all.putAll(clientInfo);
        all.setProperty(AUTHOR, session.notes().author());
        all.setProperty(MESSAGE, session.notes().message());
        return all;
    }

    /** Kept and given back; an embedded database has no network to wait for. */
    @Override
    public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
        session.requireOpen();
        networkTimeoutMillis = milliseconds;
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        session.requireOpen();
        return networkTimeoutMillis;
    }

    // ---- values

    @Override
    public Clob createClob() throws SQLException {
        return session.h2().createClob();
    }

    @Override
    public Blob createBlob() throws SQLException {
        return session.h2().createBlob();
    }

    @Override
    public NClob createNClob() throws SQLException {
        return session.h2().createNClob();
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        return session.h2().createSQLXML();
    }

    @Override
    public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
        return session.h2().createArrayOf(typeName, elements);
    }

    @Override
    public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
        return session.h2().createStruct(typeName, attributes);
    }

    // ---- the end

    @Override
    public boolean isValid(int timeoutSeconds) throws SQLException {
        if (timeoutSeconds < 0) {
            throw SqlErrors.invalid("time-out `" + timeoutSeconds + "` is negative");
        }
        return session.isUsable();
    }

    @Override
    public boolean isClosed() {
        return session.isClosed();
    }

    /** Rolls back what was not committed. Idempotent. */
    @Override
    public void close() throws SQLException {
        try {
            statements.closeAll();
        } finally {
            session.close();
        }
    }

    /** Refuses every call from now on; what runs may end, then all is rolled back and given back. */
    @Override
    public void abort(Executor executor) throws SQLException {
        if (!session.isClosed()) {
            session.refuseAll();
            executor.execute(this::closeQuietly);
        }
    }

    private void closeQuietly() {
        try {
            session.close();
        } catch (SQLException e) {
            Logger.getLogger("dev.argondb")
                    .log(Level.WARNING, "the aborted connection " + this + " could not be closed", e);
        }
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (type == UnitOfWork.class) {
            return type.cast(unitOfWork()
                    .orElseThrow(() -> SqlErrors.wrongMoment("no transaction is under way; run a statement first")));
        }
        throw SqlErrors.invalid("an Argon connection is no `" + type.getName() + "`");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this) || (type == UnitOfWork.class && session.work() != null);
    }

    @Override
    public String toString() {
        return url + " on " + session.ref();
    }
}
