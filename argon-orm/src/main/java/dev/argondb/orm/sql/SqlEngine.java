package dev.argondb.orm.sql;

import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.schema.Schema;

/**
 * SQL over one database: gives sessions on the catalog of a schema.
 *
 * <p>Thread-safe.
 */
public final class SqlEngine implements AutoCloseable {

    private final ArgonDatabase database;

    /** SQL over an open database. */
    public SqlEngine(ArgonDatabase database) {
        this.database = database;
    }

    /** Returns the database. */
    public ArgonDatabase database() {
        return database;
    }

    /** Opens a session on the catalog of a schema: an idle one, or a new one. */
    public SqlSession open(Schema schema) {
        throw new UnsupportedOperationException("being built: " + schema);
    }

    /** Closes all catalogs. Idempotent. */
    @Override
    public void close() {}
}
