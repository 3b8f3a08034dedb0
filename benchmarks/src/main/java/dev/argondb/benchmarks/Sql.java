package dev.argondb.benchmarks;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A JDBC connection whose failures need no handling: in a benchmark they end the program.
 *
 * <p>Confined to one thread.
 */
final class Sql implements AutoCloseable {

    private final Connection connection;

    private Sql(Connection connection) {
        this.connection = connection;
    }

    /** Opens a connection in auto-commit mode. */
    static Sql open(String url) {
        try {
            return new Sql(DriverManager.getConnection(url));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot open `" + url + "`", e);
        }
    }

    /** Work with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Runs work as it is. */
    <T> T call(Work<T> work) {
        try {
            return work.run(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("SQL failed: " + e.getMessage(), e);
        }
    }

    /** Runs work in a transaction. */
    <T> T inTransaction(Work<T> work) {
        return call(open -> {
            open.setAutoCommit(false);
            T result = work.run(open);
            open.commit();
            open.setAutoCommit(true);
            return result;
        });
    }

    /** Runs a statement. */
    void execute(String sql) {
        call(open -> open.createStatement().execute(sql));
    }

    /** Returns the one number that a query gives. */
    long number(String sql) {
        return call(open -> number(open, sql));
    }

    /** Returns the one number that a query gives. */
    static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Returns the one price that a query gives, in cents. */
    static long cents(PreparedStatement query) throws SQLException {
        try (ResultSet result = query.executeQuery()) {
            if (!result.next()) {
                throw new IllegalStateException("no row for " + query);
            }
            return result.getBigDecimal(1).unscaledValue().longValueExact();
        }
    }

    /** Makes the table {@code item} with so many rows, in transactions of 1,000. */
    void createItems(int rows) {
        execute("create table item (id bigint primary key, name varchar(60) not null, price numeric(10, 2) not null)");
        execute("create index item_name on item (name)");
        for (int first = 0; first < rows; first += 1000) {
            int from = first;
            inTransaction(open -> insertItems(open, from, Math.min(from + 1000, rows)));
        }
    }

    private static int insertItems(Connection connection, int from, int to) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into item (id, name, price) values (?, ?, ?)")) {
            for (int id = from; id < to; id++) {
                insert.setLong(1, id);
                insert.setString(2, "item " + id);
                insert.setBigDecimal(3, BigDecimal.valueOf(id % 10_000, 2));
                insert.addBatch();
            }
            return insert.executeBatch().length;
        }
    }

    @Override
    public void close() {
        call(open -> {
            open.close();
            return true;
        });
    }
}
