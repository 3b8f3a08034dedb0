package dev.argondb.orm.jdbc;

import dev.argondb.Ref;
import dev.argondb.engine.schema.Schema;
import dev.argondb.orm.sql.SessionHost;
import dev.argondb.orm.sql.SqlSession;
import dev.argondb.orm.sql.SqlStatementKind;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The SQL session of a connection: exchanged for one on the right catalog when the schema has changed, with the settings that
 * its user made.
 *
 * <p>Confined, as its connection.
 */
final class CatalogSession {

    private final OpenDatabases.Lease lease;
    private final SessionHost host;
    private final SessionState state = new SessionState();
    private @Nullable SqlSession session;

    CatalogSession(OpenDatabases.Lease lease, SessionHost host) {
        this.lease = lease;
        this.host = host;
    }

    SessionState state() {
        return state;
    }

    /** Returns the session that is there; inside a transaction there is one. */
    SqlSession present() {
        SqlSession present = session;
        if (present == null) {
            throw new AssertionError("no SQL session inside a transaction");
        }
        return present;
    }

    /**
     * Returns the session on the catalog of a schema.
     *
     * @param ref where the schema is, for messages
     * @throws SQLException if rows of temporary tables were lost on the way; the next call returns the session
     */
    SqlSession serving(Schema schema, Ref ref) throws SQLException {
        SqlSession present = session;
        if (present != null && present.serves(schema)) {
            return present;
        }
        Optional<String> lost = present == null ? Optional.empty() : SessionState.temporaryRows(present.connection());
        SqlSession next = opened(schema, present);
        session = next;
        if (present != null) {
            present.close();
        }
        if (lost.isPresent()) {
            throw SqlErrors.temporaryTableLost(lost.get(), ref);
        }
        return next;
    }

    private SqlSession opened(Schema schema, @Nullable SqlSession present) throws SQLException {
        SqlSession next = lease.sql().open(schema);
        try {
            next.host(host);
            state.moveTo(next.connection(), present == null ? null : present.connection());
            return next;
        } catch (SQLException | RuntimeException e) {
            next.close();
            throw e;
        }
    }

    /** Says what a statement is that was not seen before; one that may not run at all is refused here. */
    SqlStatementKind classify(String sql) throws SQLException {
        SqlStatementKind kind = present().classify(sql);
        if (kind == SqlStatementKind.REFUSED) {
            throw SqlErrors.refused(present().refusal(sql));
        }
        if (kind == SqlStatementKind.SET && TransactionControl.parse(sql).isPresent()) {
            kind = SqlStatementKind.TRANSACTION;
        }
        lease.kinds().put(sql, kind);
        return kind;
    }

    /** Gives the session back. Idempotent. */
    void close() {
        SqlSession present = session;
        session = null;
        if (present != null) {
            present.close();
        }
    }
}
