package dev.argondb.orm.jpa;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Empties tables with plain `delete` statements, the children of foreign keys first. */
final class Tables {
    private static final String FOREIGN_KEY_VIOLATED = "23503";

    private Tables() {}

    /** Deletes the rows of every base table, except those of id generators (`..._gen`): their values go on. */
    static void empty(Connection connection) throws SQLException {
        List<String> left = names(connection);
        while (!left.isEmpty()) {
            List<String> refused = new ArrayList<>();
            for (String table : left) {
                if (!isEmptied(connection, table)) {
                    refused.add(table);
                }
            }
            if (refused.size() == left.size()) {
                throw new IllegalStateException("tables `" + left + "` refer to each other in a cycle");
            }
            left = refused;
        }
    }

    private static boolean isEmptied(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from \"" + table + "\"");
            return true;
        } catch (SQLException e) {
            if (FOREIGN_KEY_VIOLATED.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private static List<String> names(Connection connection) throws SQLException {
        String sql = "select table_name from information_schema.tables where table_schema = 'PUBLIC'"
                + " and table_type = 'BASE TABLE' and table_name not like '%\\_GEN' escape '\\'";
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
