package dev.argondb.orm.sql;

import dev.argondb.ArgonException;
import dev.argondb.ConstraintException;
import dev.argondb.ReadOnlyException;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.work.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;
import org.h2.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * One H2 session on the catalog of one schema, bound to one unit of work at a time.
 *
 * <p>Confined to one thread at a time.
 */
public final class SqlSession implements AutoCloseable {

    private static final String MAIN_SCHEMA = "public";

    private final SqlEngine engine;
    private Catalog catalog;
    private JdbcConnection connection;
    private @Nullable UnitOfWork work;
    private @Nullable SessionHost host;
    private boolean closed;

    SqlSession(SqlEngine engine, Catalog catalog) {
        this.engine = engine;
        this.catalog = catalog;
        this.connection = connect(catalog);
        catalog.attach(session(), this);
    }

    private static JdbcConnection connect(Catalog catalog) {
        try {
            return catalog.connect();
        } catch (SQLException e) {
            throw new AssertionError("H2 gives no session: " + e.getMessage(), e);
        }
    }

    /** Says whose statements it runs from now on, until it is closed: asked by the functions and tables of schema argon. */
    public void host(SessionHost owner) {
        host = owner;
    }

    /** Returns whose statements an H2 session runs. */
    static SessionHost hostOf(SessionLocal h2) {
        SqlSession session = Catalog.of(h2.getDatabase()).attached(h2);
        if (session == null || session.host == null) {
            throw DbException.getUnsupportedException("branches in a session without an Argon connection");
        }
        return session.host;
    }

    /** Returns whose statements it runs. */
    @Nullable
    SessionHost host() {
        return host;
    }

    /**
     * Returns H2's own connection: autocommit off, no administrator. It is another one after {@link #executeDdl} had to move
     * the session to a catalog of its own; statements prepared before must then be prepared again.
     */
    public Connection connection() {
        return connection;
    }

    Catalog catalog() {
        return catalog;
    }

    SessionLocal session() {
        return (SessionLocal) connection.getSession();
    }

    /** Returns whether this session's catalog is that of a schema. */
    public boolean serves(Schema schema) {
        return !closed && schema.equals(catalog.schema());
    }

    /** Binds the session: statements read and write this unit of work from now on. */
    public void bind(UnitOfWork toBind) {
        if (!serves(toBind.schema())) {
            throw new AssertionError("session on another schema than that of `" + toBind.ref() + "`");
        }
        work = toBind;
        catalog.bind(session(), toBind);
    }

    /** Unbinds the session; it sees no rows until it is bound again. Does not end H2's own transaction. */
    public void unbind() {
        if (work != null) {
            work = null;
            catalog.bind(session(), null);
        }
    }

    /** Ends H2's own transaction, which holds what temporary tables hold. */
    public void endTransaction(boolean commit) throws SQLException {
        endTransaction(session(), commit);
    }

    private static void endTransaction(SessionLocal session, boolean commit) throws SQLException {
        if (session.isClosed()) {
            return;
        }
        // Not by JDBC, which would run a statement for it: most units of work are short.
        session.lock();
        try {
            // Rolling back makes H2 forget its statements, which the session's next user needs as well; there is mostly
            // nothing of its own to roll back.
            if (commit || !session.containsUncommitted()) {
                session.commit(false);
            } else {
                session.rollback();
            }
        } catch (DbException e) {
            throw DbException.toSQLException(e);
        } finally {
            session.unlock();
        }
    }

    /** Returns what one statement does. */
    public SqlStatementKind classify(String sql) {
        SqlStatement statement = SqlStatement.of(sql);
        return statement.kind() == SqlStatementKind.DDL && namesTemporaryTable(statement)
                ? SqlStatementKind.LOCAL_TEMP_DDL
                : statement.kind();
    }

    private boolean namesTemporaryTable(SqlStatement statement) {
        for (Table table : session().getLocalTempTables()) {
            if (statement.tokens().stream().anyMatch(token -> token.isName(table.getName()))) {
                return true;
            }
        }
        return false;
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
        UnitOfWork bound = work;
        if (bound == null) {
            throw new AssertionError("a DDL statement in a session without a unit of work");
        }
        requireWritable(bound);
        own(bound);
        UnitOfWork.Savepoint before = bound.savepoint();
        boolean done = false;
        Ddl ddl = new Ddl(catalog, bound);
        try {
            catalog.setDdl(ddl);
            T result = call.run(connection);
            finish(ddl);
            done = true;
            return result;
        } catch (ConstraintException e) {
            throw DbException.toSQLException(SqlErrors.of(e));
        } catch (ArgonException e) {
            throw DbException.toSQLException(SqlErrors.of(e));
        } catch (DbException e) {
            throw DbException.toSQLException(e);
        } finally {
            catalog.setDdl(null);
            if (!done) {
                bound.rollbackTo(before);
                abandon(ddl, bound);
            }
        }
    }

    private static void requireWritable(UnitOfWork bound) throws SQLException {
        if (bound.isReadOnly()) {
            throw DbException.toSQLException(SqlErrors.readOnly(new ReadOnlyException("`" + bound.ref()
                    + "` is a past moment and read-only; create a branch there and change the schema on it")));
        }
    }

    /** Gets the catalog for this session alone, or moves to a new one. */
    private void own(UnitOfWork bound) throws SQLException {
        requireNoTemporaryTables();
        Catalog own = engine.own(catalog, bound.schema());
        if (own != catalog) {
            moveTo(own, bound);
        }
    }

    private void requireNoTemporaryTables() throws SQLException {
        synchronized (engine) {
            if (catalog.leases() == 1 || session().getLocalTempTables().isEmpty()) {
                return;
            }
        }
        throw new SQLException(
                "the schema cannot change in a session with temporary tables while other sessions use it; drop `"
                        + session().getLocalTempTables().get(0).getName() + "` first",
                "55006");
    }

    private void moveTo(Catalog other, UnitOfWork bound) {
        Catalog left = catalog;
        left.bind(session(), null);
        left.attach(session(), null);
        giveBack(left, connection);
        catalog = other;
        connection = connect(other);
        other.attach(session(), this);
        other.bind(session(), bound);
    }

    private void finish(Ddl ddl) {
        SessionLocal session = session();
        session.lock();
        try {
            SchemaReading reading = new SchemaReading(catalog, ddl, session);
            Schema after = reading.read();
            if (!after.equals(ddl.before())) {
                reading.alterations().forEach(Alteration::prepare);
                ddl.work().changeSchema(after);
                reading.alterations().forEach(Alteration::finish);
            }
            engine.publish(catalog, after);
        } finally {
            session.unlock();
        }
    }

    /** After a failed statement: H2 may have stopped half-way, so the session goes on in a catalog built anew. */
    private void abandon(Ddl ddl, UnitOfWork bound) {
        if (!ddl.isTouched() && isIntact(ddl)) {
            engine.publish(catalog, ddl.before());
            return;
        }
        Catalog broken = catalog;
        broken.bind(session(), null);
        broken.attach(session(), null);
        catalog = engine.lease(bound.schema());
        connection = connect(catalog);
        catalog.attach(session(), this);
        catalog.bind(session(), bound);
        engine.release(broken);
    }

    /** Whether H2 still has just what it had: the statement was refused before it did anything. */
    private boolean isIntact(Ddl ddl) {
        SessionLocal session = session();
        session.lock();
        try {
            return new SchemaReading(catalog, ddl, session).read().equals(ddl.before());
        } catch (DbException e) {
            return false;
        } finally {
            session.unlock();
        }
    }

    /** Gives the session back for reuse, or drops it where it holds temporary tables or settings. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        unbind();
        closed = true;
        catalog.attach(session(), null);
        giveBack(catalog, connection);
        engine.release(catalog);
    }

    private static void giveBack(Catalog to, JdbcConnection used) {
        SessionLocal session = (SessionLocal) used.getSession();
        try {
            if (session.isClosed()) {
                return;
            }
            endTransaction(session, false);
            if (holdsState(session)) {
                used.close();
            } else {
                used.setAutoCommit(false);
                to.keep(used);
            }
        } catch (SQLException e) {
            throw new AssertionError("an H2 session cannot be given back: " + e.getMessage(), e);
        }
    }

    private static boolean holdsState(SessionLocal session) {
        return !session.getLocalTempTables().isEmpty()
                || session.getVariableNames().length > 0
                || !SystemSchema.isOnSearchPath(session)
                || session.getNonKeywords() != null
                || session.getQueryTimeout() != 0
                || session.isLazyQueryExecution()
                || session.isTruncateLargeLength()
                || session.isVariableBinary()
                || session.isOldInformationSchema()
                || session.isQuirksMode()
                || !session.getCurrentSchemaName().equals(MAIN_SCHEMA)
                || !session.currentTimeZone().equals(org.h2.util.DateTimeUtils.getTimeZone());
    }
}
