package dev.argondb.orm.sql;

import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.work.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One H2 session on the catalog of one schema, bound to one unit of work at a time.
 *
 * <p>Confined to one thread at a time.
 */
public final class SqlSession implements AutoCloseable {

    private @Nullable SessionHost host;

    SqlSession() {}

    /** Says whose statements it runs from now on, until it is closed: asked by the functions and tables of schema argon. */
    public void host(SessionHost owner) {
        host = owner;
    }

    /** Returns whose statements it runs. */
    @Nullable SessionHost host() {
        return host;
    }

    /**
     * Returns H2's own connection: autocommit off, no administrator. It is another one after {@link #executeDdl} had to move
     * the session to a catalog of its own; statements prepared before must then be prepared again.
     */
    public Connection connection() {
        throw new UnsupportedOperationException("being built");
    }

    /** Returns whether this session's catalog is that of a schema. */
    public boolean serves(Schema schema) {
        throw new UnsupportedOperationException("being built: " + schema);
    }

    /** Binds the session: statements read and write this unit of work from now on. */
    public void bind(UnitOfWork work) {
        throw new UnsupportedOperationException("being built: " + work);
    }

    /** Unbinds the session; it sees no rows until it is bound again. Does not end H2's own transaction. */
    public void unbind() {
        throw new UnsupportedOperationException("being built");
    }

    /** Ends H2's own transaction, which holds what temporary tables hold. */
    public void endTransaction(boolean commit) throws SQLException {
        throw new UnsupportedOperationException("being built: " + commit);
    }

    /** Returns what one statement does. */
    public SqlStatementKind classify(String sql) {
        return SqlStatement.of(sql).kind();
    }

    /** Returns why a statement that is {@link SqlStatementKind#REFUSED} may not run, in one line; else null. */
    public @Nullable String refusal(String sql) {
        return SqlStatement.of(sql).refusal();
    }

    /**
     * Runs one DDL statement on a catalog of this unit of work's own, and makes what it changed the unit of work's schema.
     * After a failure the unit of work is as it was before.
     */
    public <T> T executeDdl(DdlCall<T> call) throws SQLException {
        throw new UnsupportedOperationException("being built: " + call);
    }

    /** Gives the session back for reuse, or drops it where it holds temporary tables or settings. Idempotent. */
    @Override
    public void close() {}
}
