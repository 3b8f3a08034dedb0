package dev.argondb.orm.jdbc;

import dev.argondb.orm.sql.SqlStatementKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Rows that a statement returned. Changing them through the result set is a statement of its own, as any other.
 *
 * <p>Confined, as its connection.
 */
final class ArgonResultSet extends ForwardingResultSet {

    private final ArgonStatement statement;

    ArgonResultSet(ArgonStatement statement, ResultSet rows) {
        super(rows);
        this.statement = statement;
    }

    @Override
    public Statement getStatement() throws SQLException {
        statement.requireOpen();
        return statement;
    }

    @Override
    public void close() throws SQLException {
        if (!rows.isClosed()) {
            rows.close();
            statement.resultClosed();
        }
    }

    @Override
    public void updateRow() throws SQLException {
        change(rows::updateRow);
    }

    @Override
    public void insertRow() throws SQLException {
        change(rows::insertRow);
    }

    @Override
    public void deleteRow() throws SQLException {
        change(rows::deleteRow);
    }

    private void change(RowChange change) throws SQLException {
        statement.session().run(SqlStatementKind.CHANGE, () -> {
            statement.requireSameSession();
            change.run();
            return true;
        });
    }

    /** One of the three changes of a row. */
    private interface RowChange {
        void run() throws SQLException;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : rows.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || rows.isWrapperFor(type);
    }
}
