package dev.argondb.orm.sql;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Runs one DDL statement on the connection it is given.
 *
 * @param <T> what it returns
 */
@FunctionalInterface
public interface DdlCall<T> {

    /** Runs the statement; the connection may be another one than {@link SqlSession#connection} was before. */
    T run(Connection connection) throws SQLException;
}
