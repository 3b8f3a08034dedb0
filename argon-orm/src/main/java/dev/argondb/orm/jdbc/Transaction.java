package dev.argondb.orm.jdbc;

import dev.argondb.ArgonException;
import dev.argondb.Commit;
import dev.argondb.ConstraintException;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.work.UnitOfWork;
import dev.argondb.orm.sql.SqlSession;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/*
 * One transaction goes:
 *
 *   idle --(a statement)--> running --(COMMIT, ROLLBACK, a statement in autocommit, DDL)--> idle
 *
 * In `running` there is a unit of work, and the SQL session is bound to it. Entering `running` takes the newest state of the
 * branch, so this is where a changed schema shows: the SQL session is exchanged for one of the right catalog, and statements
 * notice by the H2 connection they find here. In `idle` the session stays, for the next transaction and for metadata.
 */
/**
 * The present transaction of a connection, if there is one: its unit of work, the statements it has run, its savepoints.
 *
 * <p>Confined, as its connection.
 */
final class Transaction {

    private final OpenDatabases.Lease lease;
    private final Footing footing;
    private final CatalogSession catalog;
    private final CommitNotes notes;
    private final Savepoints savepoints = new Savepoints();
    private @Nullable UnitOfWork work;
    private int statements;

    Transaction(OpenDatabases.Lease lease, Footing footing, CatalogSession catalog, CommitNotes notes) {
        this.lease = lease;
        this.footing = footing;
        this.catalog = catalog;
        this.notes = notes;
    }

    /** Returns the unit of work, null while idle. */
    @Nullable
    UnitOfWork work() {
        return work;
    }

    /** Returns whether it has run a statement. */
    boolean isUsed() {
        return work != null && statements > 0;
    }

    /** Returns whether it has run more than the statement it runs now, or has written. */
    boolean isMoreThanThisStatement(boolean isAutoCommit) {
        UnitOfWork unit = work;
        return unit != null && (unit.hasChanges() || (!isAutoCommit && statements > 1));
    }

    /** Returns the unit of work; begins one where there is none. */
    UnitOfWork begin() throws SQLException {
        UnitOfWork present = work;
        if (present != null) {
            return present;
        }
        UnitOfWork unit = footing.begin(lease.database());
        try {
            catalog.serving(unit.schema(), footing.ref()).bind(unit);
        } catch (SQLException | RuntimeException e) {
            unit.rollback();
            throw e;
        }
        statements = 0;
        work = unit;
        return unit;
    }

    /** Returns the unit of work for another statement: a transaction that was begun but not used begins anew. */
    UnitOfWork beginStatement() throws SQLException {
        UnitOfWork present = work;
        if (present != null && statements == 0 && !footing.isNewest(present, lease.database())) {
            end(false);
        }
        return join();
    }

    /** Returns the unit of work for another statement. */
    UnitOfWork join() throws SQLException {
        UnitOfWork unit = begin();
        statements++;
        return unit;
    }

    /** Commits; does nothing while idle. Afterwards it is idle, whatever happens. */
    void commit() throws SQLException {
        UnitOfWork unit = work;
        if (unit == null) {
            return;
        }
        Schema schema = unit.schema();
        try {
            commitOrThrow();
        } catch (ConstraintException e) {
            throw SqlErrors.of(e, schema);
        } catch (ArgonException e) {
            throw SqlErrors.of(e);
        }
    }

    /** Commits, with Argon's own exceptions. */
    void commitOrThrow() throws SQLException {
        UnitOfWork unit = work;
        boolean committed = false;
        try {
            if (unit != null && commit(unit).isPresent()) {
                notes.nextIsOver();
            }
            committed = true;
        } finally {
            end(committed);
        }
    }

    /** Asks who and why only where there is something to say it of. */
    private Optional<Commit> commit(UnitOfWork unit) {
        return unit.hasChanges() ? unit.commit(notes.authorOfCommit(), notes.messageOfCommit()) : unit.commit("", "");
    }

    /** Ends the transaction on H2's side and here. The unit of work is rolled back, if it has not ended yet. */
    void end(boolean committed) throws SQLException {
        UnitOfWork unit = work;
        if (unit != null) {
            work = null;
            savepoints.clear();
            unit.rollback();
            leave(catalog.present(), committed);
        }
    }

    private static void leave(SqlSession session, boolean committed) throws SQLException {
        try {
            session.endTransaction(committed);
        } finally {
            session.unbind();
        }
    }

    ArgonSavepoint savepoint(@Nullable String name) throws SQLException {
        UnitOfWork unit = beginStatement();
        return savepoints.add(name, unit, catalog.present().connection());
    }

    ArgonSavepoint savepointNamed(String name) throws SQLException {
        return savepoints.named(name);
    }

    void rollbackTo(ArgonSavepoint savepoint) throws SQLException {
        savepoints.rollbackTo(savepoint, begin(), catalog.present().connection());
    }

    void release(ArgonSavepoint savepoint) throws SQLException {
        savepoints.release(savepoint);
    }
}
