package dev.argondb.orm.jdbc;

import dev.argondb.ArgonException;
import dev.argondb.ClosedException;
import dev.argondb.ConflictException;
import dev.argondb.Ref;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import dev.argondb.orm.sql.DdlCall;
import dev.argondb.orm.sql.SessionHost;
import dev.argondb.orm.sql.SqlStatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a connection: its {@link Footing}, its {@link Transaction}, and the SQL session they run on; here are the
 * statements, autocommit mode, and the one lock around all of it.
 *
 * <p>Thread-safe; transactions belong to whoever uses the connection.
 */
final class BranchSession implements SessionHost {

    /** DDL whose commit meets another's is run again on the newer schema, at most so often. */
    static final int MAX_DDL_ATTEMPTS = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final OpenDatabases.Lease lease;
    private final Footing footing;
    private final CommitNotes notes;
    private final CatalogSession catalog;
    private final Transaction transaction;
    private boolean autoCommit = true;
    private boolean autoCommitAtEnd;
    private @Nullable Ref checkout;
    private volatile boolean closed;

    /** Takes over the lease. */
    BranchSession(OpenDatabases.Lease lease, ConnectionSettings settings) {
        this.lease = lease;
        this.footing = new Footing(settings.ref(), settings.isolation());
        this.notes = new CommitNotes(settings.author(), settings.message(), settings.authorship());
        this.catalog = new CatalogSession(lease, this);
        this.transaction = new Transaction(lease, footing, catalog, notes);
    }

    /** Something to do under the lock, on an open connection. */
    @FunctionalInterface
    private interface Action {
        void run() throws SQLException;
    }

    private <T> T locked(StatementCall<T> call) throws SQLException {
        lock.lock();
        try {
            requireOpen();
            return call.run();
        } catch (ArgonException e) {
            throw SqlErrors.of(e);
        } finally {
            lock.unlock();
        }
    }

    private void lockedDo(Action action) throws SQLException {
        locked(() -> {
            action.run();
            return true;
        });
    }

    void requireOpen() throws SQLException {
        if (closed) {
            throw SqlErrors.closed("connection");
        }
    }

    // ---- what it runs on

    OpenDatabases.Lease lease() {
        return lease;
    }

    @Override
    public ArgonDatabase database() {
        return lease.database();
    }

    /** Returns H2's connection to the catalog that is right now; another one after the schema changed. */
    Connection h2() throws SQLException {
        return locked(() -> {
            UnitOfWork unit = transaction.work();
            Schema schema = unit == null ? database().schema(footing.ref()) : unit.schema();
            return catalog.serving(schema, footing.ref()).connection();
        });
    }

    /**
     * Returns H2's connection inside a transaction, so that a statement that is prepared on it is planned over the rows of now.
     * The transaction begins anew with its first statement, should the branch have moved on.
     */
    Connection h2ToPrepare() throws SQLException {
        return locked(() -> {
            transaction.begin();
            return catalog.present().connection();
        });
    }

    /** A statement was prepared: in autocommit no transaction stays open for it, which would hold back retention. */
    void prepared() throws SQLException {
        lockedDo(() -> {
            if (autoCommit && !transaction.isUsed()) {
                transaction.end(false);
            }
        });
    }

    /** Says what a statement is; one that may not run at all is refused here. */
    SqlStatementKind classify(String sql) throws SQLException {
        requireOpen();
        SqlStatementKind known = lease.kinds().get(sql);
        if (known != null) {
            return known;
        }
        h2();
        return catalog.classify(sql);
    }

    // ---- statements

    /** Runs a statement inside the transaction, which it begins where there is none; in autocommit it commits it as well. */
    <T> T run(SqlStatementKind kind, StatementCall<T> call) throws SQLException {
        return locked(() -> {
            if (kind == SqlStatementKind.CHANGE || kind == SqlStatementKind.DDL) {
                footing.requireWritable();
            }
            T result = runIn(transaction.beginStatement(), call);
            statementEnded();
            return result;
        });
    }

    /** Returns the unit of work of the present transaction; begins one where there is none. */
    UnitOfWork join() throws SQLException {
        return locked(transaction::join);
    }

    private <T> T runIn(UnitOfWork unit, StatementCall<T> call) throws SQLException {
        UnitOfWork.Savepoint before = unit.savepoint();
        boolean done = false;
        try {
            T result = call.run();
            done = true;
            return result;
        } catch (SQLException e) {
            throw SqlErrors.translated(e, unit.schema());
        } finally {
            if (!done) {
                statementFailed(unit, before);
            }
        }
    }

    private void statementFailed(UnitOfWork unit, UnitOfWork.Savepoint before) throws SQLException {
        checkout = null;
        if (unit != transaction.work()) {
            return;
        }
        unit.rollbackTo(before);
        if (autoCommit) {
            transaction.end(false);
        }
    }

    private void statementEnded() throws SQLException {
        Ref target = checkout;
        checkout = null;
        if (autoCommit) {
            transaction.commit();
        }
        if (target != null) {
            transaction.end(false);
            footing.moveTo(target);
        }
    }

    /** Runs several statements; in autocommit as one transaction, which is committed when they return. */
    <T> T runTogether(StatementCall<T> statements) throws SQLException {
        return locked(() -> autoCommit ? runAsTransaction(statements) : statements.run());
    }

    private <T> T runAsTransaction(StatementCall<T> statements) throws SQLException {
        autoCommit = false;
        try {
            T result = statements.run();
            transaction.commit();
            return result;
        } finally {
            transaction.end(false);
            autoCommit = true;
        }
    }

    /** Runs DDL in a transaction of its own, after committing what there is, as H2 does. */
    <T> T runDdl(DdlCall<T> call) throws SQLException {
        return locked(() -> {
            footing.requireWritable();
            transaction.commit();
            return runDdlUntilCommitted(call);
        });
    }

    private <T> T runDdlUntilCommitted(DdlCall<T> call) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            UnitOfWork unit = transaction.begin();
            try {
                T result = catalog.present().executeDdl(call);
                transaction.commitOrThrow();
                return result;
            } catch (ConflictException e) {
                if (attempt == MAX_DDL_ATTEMPTS) {
                    throw e;
                }
            } catch (SQLException e) {
                throw SqlErrors.translated(e, unit.schema());
            } finally {
                transaction.end(false);
            }
        }
    }

    /** Carries out a statement about the transaction. */
    void control(TransactionControl control) throws SQLException {
        if (control instanceof TransactionControl.Begin) {
            begun();
        } else if (control instanceof TransactionControl.Commit) {
            commit();
        } else if (control instanceof TransactionControl.Rollback) {
            rollback();
        } else if (control instanceof TransactionControl.Mark mark) {
            savepoint(mark.name());
        } else if (control instanceof TransactionControl.RollbackTo to) {
            rollbackTo(transaction.savepointNamed(to.name()));
        } else if (control instanceof TransactionControl.Release release) {
            release(transaction.savepointNamed(release.name()));
        } else if (control instanceof TransactionControl.AutoCommit auto) {
            autoCommit(auto.on());
        } else if (control instanceof TransactionControl.Isolate isolate) {
            isolation(IsolationLevels.given(isolate.level()));
        }
    }

    // ---- transactions

    private void begun() throws SQLException {
        lockedDo(() -> {
            autoCommitAtEnd |= autoCommit;
            autoCommit = false;
        });
    }

    boolean isAutoCommit() {
        return autoCommit;
    }

    void autoCommit(boolean on) throws SQLException {
        lockedDo(() -> {
            if (on && !autoCommit) {
                transaction.commit();
            }
            autoCommit = on;
            autoCommitAtEnd = false;
        });
    }

    void commit() throws SQLException {
        lock.lock();
        try {
            requireOpen();
            transaction.commit();
        } finally {
            endBegin();
            lock.unlock();
        }
    }

    void rollback() throws SQLException {
        lock.lock();
        try {
            requireOpen();
            notes.nextIsOver();
            transaction.end(false);
        } finally {
            endBegin();
            lock.unlock();
        }
    }

    /** What BEGIN began has ended. */
    private void endBegin() {
        notes.transactionIsOver();
        autoCommit |= autoCommitAtEnd;
        autoCommitAtEnd = false;
    }

    ArgonSavepoint savepoint(@Nullable String name) throws SQLException {
        return locked(() -> {
            requireTransaction("set a savepoint");
            return transaction.savepoint(name);
        });
    }

    void rollbackTo(ArgonSavepoint savepoint) throws SQLException {
        lockedDo(() -> {
            requireTransaction("roll back to a savepoint");
            transaction.rollbackTo(savepoint);
        });
    }

    void release(ArgonSavepoint savepoint) throws SQLException {
        lockedDo(() -> {
            requireTransaction("release a savepoint");
            transaction.release(savepoint);
        });
    }

    private void requireTransaction(String wish) throws SQLException {
        if (autoCommit) {
            throw SqlErrors.wrongMoment("cannot " + wish
                    + " in autocommit mode: each statement is a transaction of its own;"
                    + " call setAutoCommit(false) or run BEGIN first");
        }
    }

    // ---- branches

    @Override
    public Ref ref() {
        return footing.ref();
    }

    @Override
    public @Nullable UnitOfWork work() {
        return transaction.work();
    }

    /** Switches to another ref, between transactions. */
    void checkout(Ref target) throws SQLException {
        lockedDo(() -> {
            if (transaction.isUsed()) {
                throw SqlErrors.wrongMoment(insideTransaction(target));
            }
            database().resolve(target);
            transaction.end(false);
            footing.moveTo(target);
        });
    }

    private String insideTransaction(Ref target) {
        return "cannot switch from `" + footing.ref() + "` to `" + target
                + "` inside a transaction: a unit of work belongs to one branch; commit or roll back first";
    }

    @Override
    public void checkoutAfterStatement(Ref target) throws SQLException {
        if (transaction.isMoreThanThisStatement(autoCommit)) {
            throw SqlErrors.wrongMoment(insideTransaction(target));
        }
        database().resolve(target);
        checkout = target;
    }

    @Override
    public void nameNextCommit(String why) {
        notes.nameNext(why);
    }

    /** Returns who commits are by, and why they are made. */
    CommitNotes notes() {
        return notes;
    }

    /** Lets transactions begin only on this history of the branch, until the connection is bound to another ref. */
    void pin(long branchId, long epoch) {
        footing.pin(branchId, epoch);
    }

    // ---- settings

    /** Remembers a setting made in SQL, so that it outlives an exchange of the SQL session. */
    void settingMade(String sql) {
        catalog.state().settingMade(sql);
    }

    void queryTimeout(int seconds) throws SQLException {
        catalog.state().queryTimeout(seconds);
        try (Statement statement = h2().createStatement()) {
            statement.setQueryTimeout(seconds);
        }
    }

    int queryTimeout() {
        return catalog.state().queryTimeout();
    }

    Isolation isolation() {
        return footing.isolation();
    }

    /** Sets how transactions from the next one on are isolated. */
    void isolation(Isolation wished) throws SQLException {
        lockedDo(() -> {
            if (wished != footing.isolation()) {
                requireNoTransaction("change the isolation level");
                transaction.end(false);
            }
            footing.isolation(wished);
        });
    }

    boolean isReadOnly() {
        return footing.isReadOnly();
    }

    void readOnly(boolean wished) throws SQLException {
        lockedDo(() -> {
            if (wished != footing.isMadeReadOnly()) {
                requireNoTransaction("make the connection " + (wished ? "read-only" : "writable"));
                transaction.end(false);
            }
            footing.makeReadOnly(wished);
        });
    }

    private void requireNoTransaction(String wish) throws SQLException {
        if (transaction.isUsed()) {
            throw SqlErrors.wrongMoment("cannot " + wish + " inside a transaction; commit or roll back first");
        }
    }

    // ---- the end

    boolean isClosed() {
        return closed;
    }

    /** Returns whether the connection is open, and its database too. */
    boolean isUsable() {
        try {
            lease.database().lastLsn();
            return !closed;
        } catch (ClosedException e) {
            return false;
        }
    }

    /** Makes every call but {@link #close} fail from now on. */
    void refuseAll() {
        closed = true;
    }

    /** Rolls back, gives the SQL session and the lease back. Idempotent. */
    void close() throws SQLException {
        lock.lock();
        try (lease) {
            closed = true;
            try {
                transaction.end(false);
            } finally {
                catalog.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
