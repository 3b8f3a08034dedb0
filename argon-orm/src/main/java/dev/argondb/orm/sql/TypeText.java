package dev.argondb.orm.sql;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.command.query.Query;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.util.HasSQL;
import org.h2.value.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * H2's types as SQL writes them, and back.
 *
 * <p>Thread-safe.
 */
final class TypeText {

    private static final ConcurrentHashMap<String, TypeInfo> TYPES = new ConcurrentHashMap<>();
    private static @Nullable JdbcConnection parser;

    private TypeText() {}

    /** Returns a type as SQL writes it. */
    static String of(TypeInfo type) {
        return type.getSQL(new StringBuilder(), HasSQL.DEFAULT_SQL_FLAGS).toString();
    }

    /** Returns the type that SQL writes so. */
    static TypeInfo parse(String text) {
        TypeInfo known = TYPES.get(text);
        if (known != null) {
            return known;
        }
        TypeInfo type = parseAnew(text);
        TYPES.put(text, type);
        return type;
    }

    private static synchronized TypeInfo parseAnew(String text) {
        SessionLocal session = (SessionLocal) parser().getSession();
        session.lock();
        try {
            Query query = (Query) session.prepare("SELECT CAST(NULL AS " + text + ")");
            return query.getExpressions().get(0).getType();
        } finally {
            session.unlock();
        }
    }

    /** An H2 database without content, for the parser in it. */
    private static JdbcConnection parser() {
        JdbcConnection connection = parser;
        if (connection == null) {
            try {
                connection = DriverManager.getConnection(Catalog.PARSER_URL).unwrap(JdbcConnection.class);
            } catch (SQLException e) {
                throw new AssertionError("H2 gives no database in memory", e);
            }
            parser = connection;
        }
        return connection;
    }
}
