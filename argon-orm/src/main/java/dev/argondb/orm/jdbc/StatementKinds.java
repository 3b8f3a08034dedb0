package dev.argondb.orm.jdbc;

import dev.argondb.orm.sql.SqlStatementKind;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the statements of a database are, remembered by their text: programs run few texts, often. What is DDL depends on the
 * temporary tables of the session as well, and is not remembered.
 *
 * <p>Thread-safe.
 */
final class StatementKinds {

    /** When there are so many texts, all are forgotten. */
    private static final int MAX_TEXTS = 4096;

    /** Longer texts are scripts, which run once. */
    private static final int MAX_TEXT_LENGTH = 8192;

    private final ConcurrentHashMap<String, SqlStatementKind> byText = new ConcurrentHashMap<>();

    @Nullable
    SqlStatementKind get(String sql) {
        return byText.get(sql);
    }

    void put(String sql, SqlStatementKind kind) {
        boolean dependsOnTheSession = kind == SqlStatementKind.DDL || kind == SqlStatementKind.LOCAL_TEMP_DDL;
        if (sql.length() <= MAX_TEXT_LENGTH && !dependsOnTheSession) {
            if (byText.size() >= MAX_TEXTS) {
                byText.clear();
            }
            byText.put(sql, kind);
        }
    }
}
