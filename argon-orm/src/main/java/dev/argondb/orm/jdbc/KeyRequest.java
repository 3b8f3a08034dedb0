package dev.argondb.orm.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which generated keys a caller asked for, in one of JDBC's four ways.
 *
 * <p>Immutable.
 */
sealed interface KeyRequest {

    /** No keys. */
    KeyRequest NONE = new Flag(Statement.NO_GENERATED_KEYS);

    /** JDBC's flag. */
    record Flag(int flag) implements KeyRequest {}

    /** The columns at these positions, from 1. */
    record Positions(int... positions) implements KeyRequest {}

    /** The columns of these names. */
    record Names(String... names) implements KeyRequest {}

    /** Returns whether there are keys to give. */
    default boolean asksForKeys() {
        return !(this instanceof Flag flag) || flag.flag() == Statement.RETURN_GENERATED_KEYS;
    }

    /** Executes a text. */
    default boolean execute(Statement h2, String sql) throws SQLException {
        if (this instanceof Positions columns) {
            return h2.execute(sql, columns.positions());
        }
        return this instanceof Names columns ? h2.execute(sql, columns.names()) : h2.execute(sql, ((Flag) this).flag());
    }

    /** Executes a text that changes rows. */
    default long executeUpdate(Statement h2, String sql) throws SQLException {
        if (this instanceof Positions columns) {
            return h2.executeLargeUpdate(sql, columns.positions());
        }
        return this instanceof Names columns
                ? h2.executeLargeUpdate(sql, columns.names())
                : h2.executeLargeUpdate(sql, ((Flag) this).flag());
    }

    /** Prepares a text; keys must be asked for. */
    default PreparedStatement prepare(Connection h2, String sql) throws SQLException {
        if (this instanceof Positions columns) {
            return h2.prepareStatement(sql, columns.positions());
        }
        return this instanceof Names columns
                ? h2.prepareStatement(sql, columns.names())
                : h2.prepareStatement(sql, ((Flag) this).flag());
    }
}
