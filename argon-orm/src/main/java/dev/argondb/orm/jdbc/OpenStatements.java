package dev.argondb.orm.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The statements of a connection that are not closed yet.
 *
 * <p>Confined, as the connection.
 */
final class OpenStatements {

    private final Set<ArgonStatement> open = Collections.newSetFromMap(new IdentityHashMap<>(8));

    void add(ArgonStatement statement) {
        open.add(statement);
    }

    void remove(ArgonStatement statement) {
        open.remove(statement);
    }

    void closeAll() throws SQLException {
        if (open.isEmpty()) {
            return;
        }
        List<ArgonStatement> left = new ArrayList<>(open);
        for (ArgonStatement statement : left) {
            statement.close();
        }
    }
}
