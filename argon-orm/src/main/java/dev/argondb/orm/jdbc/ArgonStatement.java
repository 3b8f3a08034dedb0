package dev.argondb.orm.jdbc;

import dev.argondb.orm.sql.SqlStatementKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement over H2's: it runs each statement of a text inside the connection's transaction, carries out those about the
 * transaction itself, and is made anew on H2's side when the connection has moved to another catalog.
 *
 * <p>Confined, as its connection; {@link #cancel} may be called from any thread.
 */
class ArgonStatement implements Statement {

    final ArgonConnection connection;
    final KeyRequest keyRequest;
    private final ResultKind kind;
    private final List<String> batch = new ArrayList<>(0);
    private volatile @Nullable Statement h2;
    private @Nullable Connection h2Connection;
    private @Nullable ArgonResultSet rows;
    private @Nullable ResultSet keys;
    private boolean hasKeysOnH2;
    private long updateCount = -1;
    private long maxRows;
    private int fetchSize;
    private boolean escapeProcessing = true;
    private boolean closeOnCompletion;
    private boolean closed;

    ArgonStatement(ArgonConnection connection, ResultKind kind, KeyRequest keyRequest) {
        this.connection = connection;
        this.kind = kind;
        this.keyRequest = keyRequest;
    }

    // ---- H2's side

    final BranchSession session() {
        return connection.session();
    }

    final ResultKind kind() {
        return kind;
    }

    final void requireOpen() throws SQLException {
        session().requireOpen();
        if (closed) {
            throw SqlErrors.closed("statement");
        }
    }

    /** Returns H2's statement on the catalog that is right now. */
    final Statement h2() throws SQLException {
        requireOpen();
        Statement present = h2;
        if (present != null && h2Connection == session().h2()) {
            return present;
        }
        closeQuietly(present);
        Connection on = connectionToMakeOn();
        Statement made = make(on);
        configure(made);
        h2 = made;
        h2Connection = on;
        return made;
    }

    Connection connectionToMakeOn() throws SQLException {
        return session().h2();
    }

    /** Makes H2's statement. */
    Statement make(Connection on) throws SQLException {
        return on.createStatement(kind.type(), kind.concurrency(), kind.holdability());
    }

    private void configure(Statement made) throws SQLException {
        if (maxRows != 0) {
            made.setLargeMaxRows(maxRows);
        }
        if (fetchSize != 0) {
            made.setFetchSize(fetchSize);
        }
        if (!escapeProcessing) {
            made.setEscapeProcessing(false);
        }
    }

    /** Refuses to go on with rows of a session that the connection has left. */
    final void requireSameSession() throws SQLException {
        requireOpen();
        if (h2Connection != session().h2()) {
            throw SqlErrors.wrongMoment("the schema changed since these rows were read; run the query again");
        }
    }

    // ---- execution of texts

    /** How a caller runs a text, which decides what it may return. */
    private enum Call {
        EXECUTE,
        QUERY,
        UPDATE
    }

    private void executeText(String sql, KeyRequest wanted, Call call) throws SQLException {
        requireOpen();
        forgetResults();
        List<String> statements = SqlScript.split(sql);
        executeOne(statements.get(0), wanted, call);
        for (String further : statements.subList(1, statements.size())) {
            try (ArgonStatement own = new ArgonStatement(connection, ResultKind.PLAIN, KeyRequest.NONE)) {
                own.executeOne(further, KeyRequest.NONE, Call.EXECUTE);
            }
        }
    }

    private void executeOne(String sql, KeyRequest wanted, Call call) throws SQLException {
        SqlStatementKind what = session().classify(sql);
        switch (what) {
            case TRANSACTION -> executeControl(sql, call);
            case DDL -> executeDdl(sql, call);
            default -> {
                session().run(what, () -> executeOnH2(sql, wanted, call));
                if (what == SqlStatementKind.SET) {
                    session().settingMade(sql);
                }
            }
        }
    }

    final void executeControl(String sql, Call call) throws SQLException {
        requireNoQuery(call);
        TransactionControl control = TransactionControl.parse(sql)
                .orElseThrow(
                        () -> SqlErrors.unsupported(
                                "`" + sql.strip() + "` is not supported: a transaction is begun with"
                                        + " BEGIN and ended with COMMIT or ROLLBACK, with SAVEPOINT, RELEASE and ROLLBACK TO between"));
        session().control(control);
        updateCount = 0;
    }

    private void executeDdl(String sql, Call call) throws SQLException {
        requireNoQuery(call);
        updateCount = session().runDdl(on -> {
            try (Statement statement = on.createStatement()) {
                statement.execute(sql);
                return Math.max(0, statement.getLargeUpdateCount());
            }
        });
    }

    private static void requireNoQuery(Call call) throws SQLException {
        if (call == Call.QUERY) {
            throw SqlErrors.noRows();
        }
    }

    private boolean executeOnH2(String sql, KeyRequest wanted, Call call) throws SQLException {
        Statement statement = h2();
        return switch (call) {
            case QUERY -> executed(statement, statement.executeQuery(sql));
            case UPDATE -> updated(wanted.executeUpdate(statement, sql));
            case EXECUTE -> executed(statement, wanted.execute(statement, sql) ? statement.getResultSet() : null);
        };
    }

    /** Takes over what H2's statement returned; returns whether these are rows. */
    final boolean executed(Statement statement, @Nullable ResultSet result) throws SQLException {
        hasKeysOnH2 = true;
        rows = result == null ? null : new ArgonResultSet(this, result);
        updateCount = result == null ? statement.getLargeUpdateCount() : -1;
        return result != null;
    }

    /** Takes over a number of changed rows; returns that there are no rows to read. */
    final boolean updated(long count) {
        hasKeysOnH2 = true;
        updateCount = count;
        return false;
    }

    final long updateCount() {
        return updateCount;
    }

    final void forgetResults() throws SQLException {
        keys = null;
        hasKeysOnH2 = false;
        forgetCurrentResult();
    }

    private void forgetCurrentResult() throws SQLException {
        ArgonResultSet present = rows;
        rows = null;
        updateCount = -1;
        if (present != null) {
            present.rows.close();
        }
    }

    final void keys(ResultSet generated) {
        keys = generated;
    }

    final boolean hasRows() {
        return rows != null;
    }

    final ResultSet rows() throws SQLException {
        if (rows == null) {
            throw SqlErrors.noRows();
        }
        return rows;
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        executeText(sql, KeyRequest.NONE, Call.QUERY);
        return rows();
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        executeText(sql, KeyRequest.NONE, Call.EXECUTE);
        return hasRows();
    }

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        executeText(sql, new KeyRequest.Flag(autoGeneratedKeys), Call.EXECUTE);
        return hasRows();
    }

    @Override
    public boolean execute(String sql, int[] columnIndexes) throws SQLException {
        executeText(sql, new KeyRequest.Positions(columnIndexes), Call.EXECUTE);
        return hasRows();
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        executeText(sql, new KeyRequest.Names(columnNames), Call.EXECUTE);
        return hasRows();
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        executeText(sql, KeyRequest.NONE, Call.UPDATE);
        return updateCount;
    }

    @Override
    public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        executeText(sql, new KeyRequest.Flag(autoGeneratedKeys), Call.UPDATE);
        return updateCount;
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        executeText(sql, new KeyRequest.Positions(columnIndexes), Call.UPDATE);
        return updateCount;
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        executeText(sql, new KeyRequest.Names(columnNames), Call.UPDATE);
        return updateCount;
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        return shortened(executeLargeUpdate(sql));
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return shortened(executeLargeUpdate(sql, autoGeneratedKeys));
    }

    @Override
    public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return shortened(executeLargeUpdate(sql, columnIndexes));
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        return shortened(executeLargeUpdate(sql, columnNames));
    }

    static int shortened(long count) {
        return count <= Integer.MAX_VALUE ? (int) count : SUCCESS_NO_INFO;
    }

    // ---- batches

    @Override
    public void addBatch(String sql) throws SQLException {
        requireOpen();
        batch.add(sql);
    }

    @Override
    public void clearBatch() throws SQLException {
        requireOpen();
        batch.clear();
    }

    @Override
    public final int[] executeBatch() throws SQLException {
        return BatchOutcome.shortened(executeLargeBatch());
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        requireOpen();
        List<String> statements = List.copyOf(batch);
        batch.clear();
        return session()
                .runTogether(() -> {
                    BatchOutcome outcome = new BatchOutcome(statements.size());
                    for (String sql : statements) {
                        executeElement(sql, outcome);
                    }
                    return outcome;
                })
                .counts();
    }

    private void executeElement(String sql, BatchOutcome outcome) {
        try {
            executeText(sql, KeyRequest.NONE, Call.UPDATE);
            outcome.succeeded(updateCount);
        } catch (SQLException e) {
            outcome.failed(e);
        }
    }

    // ---- results

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        requireOpen();
        return rows;
    }

    @Override
    public int getUpdateCount() throws SQLException {
        return shortened(getLargeUpdateCount());
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        requireOpen();
        return updateCount;
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        return getMoreResults(CLOSE_CURRENT_RESULT);
    }

    /** A statement has one result; of a text of several statements, that of the first. */
    @Override
    public boolean getMoreResults(int current) throws SQLException {
        requireOpen();
        if (current == KEEP_CURRENT_RESULT) {
            rows = null;
        }
        forgetCurrentResult();
        return false;
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        requireOpen();
        ResultSet generated = keys;
        if (generated != null) {
            return new ArgonResultSet(this, generated);
        }
        Statement executed = hasKeysOnH2 ? h2() : session().h2().createStatement();
        return new ArgonResultSet(this, executed.getGeneratedKeys());
    }

    /** One of this statement's results was closed. */
    final void resultClosed() throws SQLException {
        if (closeOnCompletion) {
            close();
        }
    }

    // ---- settings

    @Override
    public int getMaxFieldSize() throws SQLException {
        return h2().getMaxFieldSize();
    }

    @Override
    public void setMaxFieldSize(int max) throws SQLException {
        h2().setMaxFieldSize(max);
    }

    @Override
    public int getMaxRows() throws SQLException {
        return shortened(getLargeMaxRows());
    }

    @Override
    public void setMaxRows(int max) throws SQLException {
        setLargeMaxRows(max);
    }

    @Override
    public long getLargeMaxRows() throws SQLException {
        requireOpen();
        return maxRows;
    }

    @Override
    public void setLargeMaxRows(long max) throws SQLException {
        h2().setLargeMaxRows(max);
        maxRows = max;
    }

    @Override
    public int getFetchSize() throws SQLException {
        requireOpen();
        return fetchSize;
    }

    @Override
    public void setFetchSize(int size) throws SQLException {
        h2().setFetchSize(size);
        fetchSize = size;
    }

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        h2().setEscapeProcessing(enable);
        escapeProcessing = enable;
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        requireOpen();
        return session().queryTimeout();
    }

    /** Sets the time-out of all statements of the connection, as H2 does. */
    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        requireOpen();
        session().queryTimeout(seconds);
    }

    @Override
    public int getFetchDirection() throws SQLException {
        return h2().getFetchDirection();
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        h2().setFetchDirection(direction);
    }

    @Override
    public int getResultSetType() throws SQLException {
        requireOpen();
        return kind.type();
    }

    @Override
    public int getResultSetConcurrency() throws SQLException {
        requireOpen();
        return kind.concurrency();
    }

    @Override
    public int getResultSetHoldability() throws SQLException {
        requireOpen();
        return kind.holdability();
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        h2().setCursorName(name);
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        requireOpen();
        return null;
    }

    @Override
    public void clearWarnings() throws SQLException {
        requireOpen();
    }

    @Override
    public boolean isPoolable() throws SQLException {
        requireOpen();
        return false;
    }

    @Override
    public void setPoolable(boolean poolable) throws SQLException {
        requireOpen();
    }

    @Override
    public void closeOnCompletion() throws SQLException {
        requireOpen();
        closeOnCompletion = true;
    }

    @Override
    public boolean isCloseOnCompletion() throws SQLException {
        requireOpen();
        return closeOnCompletion;
    }

    @Override
    public Connection getConnection() throws SQLException {
        requireOpen();
        return connection;
    }

    /** Cancels what runs, from any thread. */
    @Override
    public void cancel() throws SQLException {
        Statement running = h2;
        if (running != null) {
            running.cancel();
        }
    }

    // ---- the end

    @Override
    public boolean isClosed() throws SQLException {
        return closed || session().isClosed();
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        connection.statementClosed(this);
        Statement present = h2;
        h2 = null;
        if (present != null) {
            present.close();
        }
    }

    /** A statement on a session that was given back may be closed already, with its session. */
    private static void closeQuietly(@Nullable Statement left) throws SQLException {
        if (left != null && !left.isClosed()) {
            left.close();
        }
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
