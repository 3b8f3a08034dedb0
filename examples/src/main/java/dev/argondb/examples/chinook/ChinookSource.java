package dev.argondb.examples.chinook;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import net.hydromatic.chinook.data.hsqldb.ChinookHsqldb;

/**
 * The published data set, read over JDBC.
 *
 * <p>Confined to one thread. A failure to read it is an {@link IllegalStateException}: it is part of the class path.
 */
public final class ChinookSource implements AutoCloseable {

    private final Connection connection;

    private ChinookSource(Connection connection) {
        this.connection = connection;
    }

    /** Opens the data set that is on the class path. */
    public static ChinookSource open() {
        try {
            return new ChinookSource(
                    DriverManager.getConnection(ChinookHsqldb.URI, ChinookHsqldb.USER, ChinookHsqldb.PASSWORD));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot open the Chinook data set `" + ChinookHsqldb.URI + "`", e);
        }
    }

    /** Is given one row after the other. */
    @FunctionalInterface
    interface Row {
        void read(ResultSet row) throws SQLException;
    }

    /** Runs a query and hands out its rows. */
    void forEachRow(String sql, Row row) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                row.read(result);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the Chinook data set with `" + sql + "`", e);
        }
    }

    /**
     * Returns the one number that a query gives; 0 for null.
     *
     * <p>Control sums come from here: what HSQLDB finds is independent of the database that is being shown.
     */
    public BigDecimal number(String sql) {
        BigDecimal[] number = {BigDecimal.ZERO};
        forEachRow(sql, row -> {
            BigDecimal value = row.getBigDecimal(1);
            number[0] = value == null ? BigDecimal.ZERO : value;
        });
        return number[0];
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close the Chinook data set", e);
        }
    }
}
