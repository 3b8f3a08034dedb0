package dev.argondb.orm.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The generated keys of a batch: H2 gives them per statement, a caller gets them as one result.
 *
 * <p>Confined.
 */
final class BatchKeys {

    private final List<List<Object>> columns = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> types = new ArrayList<>();

    /** Adds the keys of one statement. */
    void add(ResultSet keys) throws SQLException {
        if (columns.isEmpty()) {
            describe(keys.getMetaData());
        }
        while (keys.next()) {
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).add(keys.getObject(i + 1));
            }
        }
    }

    private void describe(ResultSetMetaData metadata) throws SQLException {
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(new ArrayList<>());
            names.add('"' + metadata.getColumnLabel(i).replace("\"", "\"\"") + '"');
            types.add("CAST(? AS " + metadata.getColumnTypeName(i) + " ARRAY)");
        }
    }

    /** Returns all keys, of the types they had. */
    ResultSet rows(Connection h2) throws SQLException {
        if (columns.isEmpty()) {
            return h2.createStatement().getGeneratedKeys();
        }
        PreparedStatement select = h2.prepareStatement(
                "SELECT * FROM UNNEST(" + String.join(", ", types) + ") AS T(" + String.join(", ", names) + ")");
        select.closeOnCompletion();
        for (int i = 0; i < columns.size(); i++) {
            select.setObject(i + 1, columns.get(i).toArray());
        }
        return select.executeQuery();
    }
}
