package dev.argondb.orm.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user has set on a connection and expects to stay when its SQL session is exchanged: the schema, settings made in SQL,
 * and the time-out.
 *
 * <p>Confined.
 */
final class SessionState {

    private static final String TEMPORARY_TABLES = "select quote_ident(table_schema), quote_ident(table_name)"
            + " from information_schema.tables where table_type = 'LOCAL TEMPORARY'";

    private final Set<String> settings = new LinkedHashSet<>(0);
    private int queryTimeoutSeconds;

    /** Remembers a {@code SET} statement; the same one again counts as the last. */
    void settingMade(String sql) {
        settings.remove(sql);
        settings.add(sql);
    }

    int queryTimeout() {
        return queryTimeoutSeconds;
    }

    void queryTimeout(int seconds) {
        queryTimeoutSeconds = seconds;
    }

    /**
     * Returns a temporary table of an H2 connection that holds rows, if there is one: they stay behind when its session is
     * exchanged.
     */
    static Optional<String> temporaryRows(Connection h2) throws SQLException {
        try (Statement statement = h2.createStatement();
                ResultSet tables = statement.executeQuery(TEMPORARY_TABLES)) {
            while (tables.next()) {
                String table = tables.getString(1) + '.' + tables.getString(2);
                if (hasRows(h2, table)) {
                    return Optional.of(table.replace("\"", ""));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean hasRows(Connection h2, String table) throws SQLException {
        try (Statement statement = h2.createStatement();
                ResultSet rows = statement.executeQuery("select 1 from " + table + " limit 1")) {
            return rows.next();
        }
    }

    /** Sets on one H2 connection what was set on another, if there was one. */
    void moveTo(Connection next, @Nullable Connection previous) throws SQLException {
        if (previous == null) {
            return;
        }
        try (Statement statement = next.createStatement()) {
            for (String sql : settings) {
                statement.execute(sql);
            }
            if (queryTimeoutSeconds != 0) {
                statement.setQueryTimeout(queryTimeoutSeconds);
            }
        }
        String schema = previous.getSchema();
        if (!schema.equals(next.getSchema())) {
            next.setSchema(schema);
        }
    }
}
