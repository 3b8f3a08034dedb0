package dev.argondb.orm.parity;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of a connection's schema with all their rows, as they were at one moment. */
record Tables(Map<String, List<String>> rowsByName) {

    private static final String FOREIGN_KEYS =
            "select table_name, constraint_name from information_schema.table_constraints"
                    + " where constraint_type = 'FOREIGN KEY' and table_schema = current_schema";

    static Tables of(Connection connection) throws SQLException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (String table : names(connection)) {
            rows.put(table, rows(connection, "select * from " + quoted(table)));
        }
        return new Tables(rows);
    }

    /**
     * Changes the data of every table: nulls where they may be, then every second table empty, then every third one dropped.
     *
     * @throws AssertionError if a table is as it was
     */
    static void spoil(Connection connection) throws SQLException {
        Tables before = of(connection);
        for (String foreignKey : rows(connection, FOREIGN_KEYS)) {
            String[] names = foreignKey.split("\t");
            execute(connection, "alter table " + quoted(names[0]) + " drop constraint " + quoted(names[1]));
        }
        int number = 0;
        for (String table : before.rowsByName.keySet()) {
            spoil(connection, table, number++);
        }
        before.requireAllChanged(of(connection));
    }

    /** Changes rows of every table that has a column for nulls, in the present transaction. */
    static void spoilRows(Connection connection) throws SQLException {
        for (String table : names(connection)) {
            setNull(connection, table, nullableColumns(connection, table));
        }
    }

    private static void setNull(Connection connection, String table, List<String> columns) throws SQLException {
        if (!columns.isEmpty()) {
            execute(connection, "update " + quoted(table) + " set " + String.join(" = null, ", columns) + " = null");
        }
    }

    private static void spoil(Connection connection, String table, int number) throws SQLException {
        List<String> nullable = nullableColumns(connection, table);
        setNull(connection, table, nullable);
        if (nullable.isEmpty() || number % 2 == 1) {
            execute(connection, "delete from " + quoted(table));
        }
        if (number % 3 == 2) {
            execute(connection, "drop table " + quoted(table) + " cascade");
        }
    }

    private void requireAllChanged(Tables after) {
        rowsByName.forEach((table, rows) -> {
            if (!rows.isEmpty() && rows.equals(after.rowsByName.get(table))) {
                throw new AssertionError("table `" + table + "` was to be changed and was not");
            }
        });
    }

    /**
     * Checks that the tables are as they were.
     *
     * @throws AssertionError if not
     */
    void requireUnchanged(Connection connection) throws SQLException {
        if (!equals(of(connection))) {
            throw new AssertionError("a table of `main` was changed by what ran on a branch");
        }
    }

    /** Returns the statements that put sequences and identities to where they are now. */
    static List<String> restarts(Connection connection) throws SQLException {
        List<String> restarts = new ArrayList<>();
        // By a column that is named `sequences` Argon learns that the statement looks at them.
        for (String row : rows(
                connection,
                "select table_name, column_name, identity_base sequences from information_schema.columns"
                        + " where is_identity = 'YES' and table_schema = current_schema")) {
            String[] identity = row.split("\t");
            restarts.add("alter table %s alter column %s restart with %s"
                    .formatted(quoted(identity[0]), quoted(identity[1]), identity[2]));
        }
        for (String row : rows(
                connection,
                "select sequence_name, base_value from information_schema.sequences"
                        + " where sequence_schema = current_schema")) {
            String[] sequence = row.split("\t");
            restarts.add("alter sequence %s restart with %s".formatted(quoted(sequence[0]), sequence[1]));
        }
        return restarts;
    }

    /** Executes statements. */
    static void execute(Connection connection, List<String> statements) throws SQLException {
        for (String sql : statements) {
            execute(connection, sql);
        }
    }

    private static List<String> names(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet tables = connection
                .getMetaData()
                .getTables(null, connection.getSchema(), "%", new String[] {"BASE TABLE", "TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    private static List<String> nullableColumns(Connection connection, String table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet columns = connection.getMetaData().getColumns(null, connection.getSchema(), table, "%")) {
            while (columns.next()) {
                boolean nullable = columns.getInt("NULLABLE") == DatabaseMetaData.columnNullable;
                if (nullable && columns.getString("IS_GENERATEDCOLUMN").equals("NO")) {
                    names.add(quoted(columns.getString("COLUMN_NAME")));
                }
            }
        }
        return names;
    }

    /** Returns rows, sorted, their values apart by tabs. */
    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                rows.add(row(result, columns));
            }
        }
        rows.sort(null);
        return rows;
    }

    private static String row(ResultSet result, int columns) throws SQLException {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
            row.append(i == 1 ? "" : "\t").append(result.getString(i));
        }
        return row.toString();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
