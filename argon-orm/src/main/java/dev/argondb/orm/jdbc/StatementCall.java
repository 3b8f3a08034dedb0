package dev.argondb.orm.jdbc;

import java.sql.SQLException;

/**
 * What a statement does on H2's connection.
 *
 * @param <T> what it returns
 */
@FunctionalInterface
interface StatementCall<T> {

    /** Runs the statement. */
    T run() throws SQLException;
}
