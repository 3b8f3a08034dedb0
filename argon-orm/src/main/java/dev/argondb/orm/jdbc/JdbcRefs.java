package dev.argondb.orm.jdbc;

import dev.argondb.InvalidRefException;
import dev.argondb.Ref;
import java.sql.SQLException;

/** Parses refs for JDBC's callers. */
final class JdbcRefs {

    private JdbcRefs() {}

    static Ref parse(String text) throws SQLException {
        try {
            return Ref.parse(text);
        } catch (InvalidRefException e) {
            throw SqlErrors.of(e);
        }
    }
}
