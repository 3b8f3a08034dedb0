package dev.argondb.orm.jdbc;

import dev.argondb.engine.work.Isolation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * JDBC's isolation levels as the engine honours them: SERIALIZABLE as it is; each weaker one as a snapshot, which allows
 * nothing that they forbid, and reports itself as REPEATABLE_READ.
 */
final class IsolationLevels {

    /** What H2 calls snapshot isolation. */
    private static final int H2_SNAPSHOT = 6;

    private IsolationLevels() {}

    /** Returns what a level that is asked for gets. */
    static Isolation given(int asked) throws SQLException {
        return switch (asked) {
            case Connection.TRANSACTION_READ_UNCOMMITTED,
                    Connection.TRANSACTION_READ_COMMITTED,
                    Connection.TRANSACTION_REPEATABLE_READ,
                    H2_SNAPSHOT -> Isolation.SNAPSHOT;
            case Connection.TRANSACTION_SERIALIZABLE -> Isolation.SERIALIZABLE;
            default ->
                throw new SQLNonTransientException(
                        "isolation level `" + asked
                                + "` is not supported; use one of java.sql.Connection, but not NONE",
                        SqlStates.INVALID_VALUE);
        };
    }

    /** Returns the level that an isolation is reported as. */
    static int reported(Isolation isolation) {
        return isolation == Isolation.SERIALIZABLE
                ? Connection.TRANSACTION_SERIALIZABLE
                : Connection.TRANSACTION_REPEATABLE_READ;
    }

    /** Returns the level of an SQL name such as {@code READ COMMITTED}, given as its words. */
    static Optional<Integer> named(List<String> words) {
        return switch (String.join(" ", words).toUpperCase(Locale.ROOT)) {
            case "READ UNCOMMITTED" -> Optional.of(Connection.TRANSACTION_READ_UNCOMMITTED);
            case "READ COMMITTED" -> Optional.of(Connection.TRANSACTION_READ_COMMITTED);
            case "REPEATABLE READ" -> Optional.of(Connection.TRANSACTION_REPEATABLE_READ);
            case "SNAPSHOT" -> Optional.of(H2_SNAPSHOT);
            case "SERIALIZABLE" -> Optional.of(Connection.TRANSACTION_SERIALIZABLE);
            default -> Optional.empty();
        };
    }
}
