package dev.argondb.orm.jdbc;

import dev.argondb.ArgonException;
import dev.argondb.ClosedException;
import dev.argondb.ConflictException;
import dev.argondb.ConstraintException;
import dev.argondb.Ref;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import dev.argondb.orm.sql.DdlCall;
import dev.argondb.orm.sql.SessionHost;
import dev.argondb.orm.sql.SqlSession;
import dev.argondb.orm.sql.SqlStatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
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
 * What stands behind a connection: the ref it is bound to, the unit of work of its transaction, and the SQL session it runs on.
 *
 * <p>Thread-safe by one lock; transactions belong to whoever uses the connection.
 */
final class BranchSession implements SessionHost {

    /** DDL whose commit meets another's is run again on the newer schema, at most so often. */
    static final int MAX_DDL_ATTEMPTS = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final OpenDatabases.Lease lease;
    private final SessionState state = new SessionState();
    private final Savepoints savepoints = new Savepoints();
    private Ref ref;
    private String author;
    private String message;
    private @Nullable String nextMessage;
    private @Nullable Note note;
    private @Nullable Pin pin;
    private Isolation isolation;
    private boolean autoCommit = true;
    private boolean autoCommitAtEnd;
    private boolean readOnly;
    private int statementsOfWork;
    private @Nullable SqlSession session;
    private @Nullable UnitOfWork work;
    private @Nullable Ref checkout;
    private volatile boolean closed;

    /** Who makes the commit of the present transaction, and why; empty text says nothing. */
    private record Note(String author, String message) {}

    /** The history that transactions must be on: a branch, and how often it was moved back. */
    private record Pin(long branchId, long epoch) {}

    /** Takes over the lease. */
    BranchSession(OpenDatabases.Lease lease, ConnectionSettings settings) {
        this.lease = lease;
        this.ref = settings.ref();
        this.author = settings.author();
        this.message = settings.message();
        this.isolation = settings.isolation();
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
        lock.lock();
        try {
            requireOpen();
            UnitOfWork unit = work;
            Schema schema = unit == null ? database().schema(ref) : unit.schema();
            return serving(schema).connection();
        } catch (ArgonException e) {
            throw SqlErrors.of(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns H2's connection inside a transaction, so that a statement that is prepared on it is planned over the rows of now.
     * The transaction begins anew with its first statement, should the branch have moved on.
     */
    Connection h2ToPrepare() throws SQLException {
        lock.lock();
        try {
            requireOpen();
            begin();
            return session().connection();
        } catch (ArgonException e) {
            throw SqlErrors.of(e);
        } finally {
            lock.unlock();
        }
    }

    private SqlSession serving(Schema schema) throws SQLException {
        SqlSession present = session;
        if (present != null && present.serves(schema)) {
            return present;
        }
        Optional<String> lost = present == null ? Optional.empty() : SessionState.temporaryRows(present.connection());
        SqlSession next = lease.sql().open(schema);
        try {
            next.host(this);
            state.moveTo(next.connection(), present == null ? null : present.connection());
        } catch (SQLException | RuntimeException e) {
            next.close();
            throw e;
        }
        session = next;
        if (present != null) {
            present.close();
        }
        if (lost.isPresent()) {
            throw SqlErrors.temporaryTableLost(lost.get(), ref);
        }
        return next;
    }

    private SqlSession session() {
        SqlSession present = session;
        if (present == null) {
            throw new AssertionError("no SQL session inside a transaction");
        }
        return present;
    }

    /** Says what a statement is; one that may not run at all is refused here. */
    SqlStatementKind classify(String sql) throws SQLException {
        requireOpen();
        SqlStatementKind known = lease.kinds().get(sql);
        return known == null ? classifyNew(sql) : known;
    }

    private SqlStatementKind classifyNew(String sql) throws SQLException {
        h2();
        SqlStatementKind kind = session().classify(sql);
        if (kind == SqlStatementKind.REFUSED) {
            throw SqlErrors.refused(session().refusal(sql));
        }
        if (kind == SqlStatementKind.SET && TransactionControl.parse(sql).isPresent()) {
            kind = SqlStatementKind.TRANSACTION;
        }
        lease.kinds().put(sql, kind);
        return kind;
    }

    void requireOpen() throws SQLException {
        if (closed) {
            throw SqlErrors.closed("connection");
        }
    }

    // ---- statements

    /** Runs a statement inside the transaction, which it begins where there is none; in autocommit it commits it as well. */
    <T> T run(SqlStatementKind kind, StatementCall<T> call) throws SQLException {
        lock.lock();
        try {
            requireOpen();
            requireWritable(kind);
            UnitOfWork unit = beginStatement();
            T result = runIn(unit, call);
            statementEnded();
            return result;
        } catch (ArgonException e) {
            throw SqlErrors.of(e);
        } finally {
            lock.unlock();
        }
    }

    private void requireWritable(SqlStatementKind kind) throws SQLException {
        if (kind == SqlStatementKind.CHANGE || kind == SqlStatementKind.DDL) {
            requireWritable();
        }
    }

    private void requireWritable() throws SQLException {
        if (ref.isPast()) {
            throw SqlErrors.readOnly("`" + ref + "` is a past moment and read-only; create a branch there (`CALL"
                    + " argon_create_branch('name', '" + ref + "')`) and write on it");
        }
        if (readOnly) {
            throw SqlErrors.readOnly(
                    "the connection to `" + ref + "` is read-only; call setReadOnly(false) or use another one");
        }
    }

    private UnitOfWork beginStatement() throws SQLException {
        UnitOfWork present = work;
        if (present != null && statementsOfWork == 0 && !isNewest(present)) {
            endWork(false);
        }
        UnitOfWork unit = begin();
        statementsOfWork++;
        return unit;
    }

    private boolean isNewest(UnitOfWork unit) {
        return ref.isPast() || unit.base() == database().state(ref);
    }

    /** Returns the unit of work of the present transaction; begins one where there is none. */
    UnitOfWork join() throws SQLException {
        lock.lock();
        try {
            requireOpen();
            UnitOfWork unit = begin();
            statementsOfWork++;
            return unit;
        } catch (ArgonException e) {
            throw SqlErrors.of(e);
        } finally {
            lock.unlock();
        }
    }

    private void requirePinned(UnitOfWork unit) {
        Pin expected = pin;
        if (expected != null && (unit.branchId() != expected.branchId() || unit.epoch() != expected.epoch())) {
            unit.rollback();
            throw new ConflictException(
                    "`" + ref + "` was reset or made anew after this session was opened; open a new session");
        }
    }

    private UnitOfWork begin() throws SQLException {
        UnitOfWork present = work;
        if (present != null) {
            return present;
        }
        UnitOfWork unit = readOnly ? database().beginReadOnly(ref) : database().begin(ref, isolation);
        requirePinned(unit);
        try {
            serving(unit.schema()).bind(unit);
        } catch (SQLException | RuntimeException e) {
            unit.rollback();
            throw e;
        }
        statementsOfWork = 0;
        work = unit;
        return unit;
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
        if (unit != work) {
            return;
        }
        unit.rollbackTo(before);
        if (autoCommit) {
            endWork(false);
        }
    }

    private void statementEnded() throws SQLException {
        Ref target = checkout;
        checkout = null;
        if (autoCommit) {
            commitWork();
        }
        if (target != null) {
            endWork(false);
            ref = target;
            pin = null;
        }
    }

    /** Runs several statements; in autocommit as one transaction, which is committed when they return. */
    <T> T runTogether(StatementCall<T> statements) throws SQLException {
        lock.lock();
        try {
            requireOpen();
            return autoCommit ? runAsTransaction(statements) : statements.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T runAsTransaction(StatementCall<T> statements) throws SQLException {
        autoCommit = false;
        try {
            T result = statements.run();
            commitWork();
            return result;
        } finally {
            endWork(false);
            autoCommit = true;
        }
    }

    /** Runs DDL in a transaction of its own, after committing what there is, as H2 does. */
    <T> T runDdl(DdlCall<T> call) throws SQLException {
        lock.lock();
        try {
            requireOpen();
            requireWritable();
            commitWork();
            return runDdlUntilCommitted(call);
        } catch (ArgonException e) {
            throw SqlErrors.of(e);
        } finally {
            lock.unlock();
        }
    }

    private <T> T runDdlUntilCommitted(DdlCall<T> call) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            UnitOfWork unit = begin();
            try {
                T result = session().executeDdl(call);
                commitWorkOrThrow();
                return result;
            } catch (ConflictException e) {
                if (attempt == MAX_DDL_ATTEMPTS) {
                    throw e;
                }
            } catch (SQLException e) {
                throw SqlErrors.translated(e, unit.schema());
            } finally {
                endWork(false);
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
            rollbackTo(savepoints.named(to.name()));
        } else if (control instanceof TransactionControl.Release release) {
            release(savepoints.named(release.name()));
        } else if (control instanceof TransactionControl.AutoCommit auto) {
            autoCommit(auto.on());
        } else if (control instanceof TransactionControl.Isolate isolate) {
            isolation(IsolationLevels.given(isolate.level()));
        }
    }

    private void begun() throws SQLException {
        lock.lock();
        try {
            requireOpen();
            autoCommitAtEnd |= autoCommit;
            autoCommit = false;
        } finally {
            lock.unlock();
        }
    }

    // ---- transactions

    boolean isAutoCommit() {
        return autoCommit;
    }

    void autoCommit(boolean on) throws SQLException {
        lock.lock();
        try {
            requireOpen();
            if (on && !autoCommit) {
                commitWork();
            }
            autoCommit = on;
            autoCommitAtEnd = false;
        } finally {
            lock.unlock();
        }
    }

    void commit() throws SQLException {
        lock.lock();
        try {
            requireOpen();
            commitWork();
        } finally {
            endBegin();
            lock.unlock();
        }
    }

    void rollback() throws SQLException {
        lock.lock();
        try {
            requireOpen();
            nextMessage = null;
            endWork(false);
        } finally {
            endBegin();
            lock.unlock();
        }
    }

    /** What BEGIN began has ended. */
    private void endBegin() {
        note = null;
        autoCommit |= autoCommitAtEnd;
        autoCommitAtEnd = false;
    }

    private void commitWork() throws SQLException {
        UnitOfWork unit = work;
        if (unit == null) {
            return;
        }
        Schema schema = unit.schema();
        try {
            commitWorkOrThrow();
        } catch (ConstraintException e) {
            throw SqlErrors.of(e, schema);
        } catch (ArgonException e) {
            throw SqlErrors.of(e);
        }
    }

    private void commitWorkOrThrow() throws SQLException {
        UnitOfWork unit = work;
        boolean committed = false;
        try {
            if (unit != null && unit.commit(authorOfCommit(), messageOfCommit()).isPresent()) {
                nextMessage = null;
            }
            committed = true;
        } finally {
            endWork(committed);
        }
    }

    private String authorOfCommit() {
        Note present = note;
        return present == null || present.author().isEmpty() ? author : present.author();
    }

    private String messageOfCommit() {
        Note present = note;
        if (present != null && !present.message().isEmpty()) {
            return present.message();
        }
        return nextMessage == null ? message : nextMessage;
    }

    /** Ends the transaction on H2's side and here. The unit of work is rolled back, if it has not ended yet. */
    private void endWork(boolean committed) throws SQLException {
        UnitOfWork unit = work;
        if (unit != null) {
            work = null;
            savepoints.clear();
            unit.rollback();
            leave(session(), committed);
        }
    }

    private static void leave(SqlSession session, boolean committed) throws SQLException {
        try {
            session.endTransaction(committed);
        } finally {
            session.unbind();
        }
    }

    // ---- savepoints

    ArgonSavepoint savepoint(@Nullable String name) throws SQLException {
        lock.lock();
        try {
            requireTransaction("set a savepoint");
            UnitOfWork unit = beginStatement();
            return savepoints.add(name, unit, session().connection());
        } catch (ArgonException e) {
            throw SqlErrors.of(e);
        } finally {
            lock.unlock();
        }
    }

    private void requireTransaction(String wish) throws SQLException {
        requireOpen();
        if (autoCommit) {
            throw SqlErrors.wrongMoment("cannot " + wish
                    + " in autocommit mode: each statement is a transaction of its own;"
                    + " call setAutoCommit(false) or run BEGIN first");
        }
    }

    void rollbackTo(ArgonSavepoint savepoint) throws SQLException {
        lock.lock();
        try {
            requireTransaction("roll back to a savepoint");
            savepoints.rollbackTo(savepoint, begin(), session().connection());
        } catch (ArgonException e) {
            throw SqlErrors.of(e);
        } finally {
            lock.unlock();
        }
    }

    void release(ArgonSavepoint savepoint) throws SQLException {
        lock.lock();
        try {
            requireTransaction("release a savepoint");
            savepoints.release(savepoint);
        } finally {
            lock.unlock();
        }
    }

    // ---- branches

    @Override
    public Ref ref() {
        return ref;
    }

    @Override
    public @Nullable UnitOfWork work() {
        return work;
    }

    /** Switches to another ref, between transactions. */
    void checkout(Ref target) throws SQLException {
        lock.lock();
        try {
            requireOpen();
            if (work != null && statementsOfWork > 0) {
                throw SqlErrors.wrongMoment(insideTransaction(target));
            }
            database().resolve(target);
            endWork(false);
            ref = target;
            pin = null;
        } catch (ArgonException e) {
            throw SqlErrors.of(e);
        } finally {
            lock.unlock();
        }
    }

    private String insideTransaction(Ref target) {
        return "cannot switch from `" + ref + "` to `" + target
                + "` inside a transaction: a unit of work belongs to one branch; commit or roll back first";
    }

    @Override
    public void checkoutAfterStatement(Ref target) throws SQLException {
        UnitOfWork unit = work;
        if (unit != null && (unit.hasChanges() || (!autoCommit && statementsOfWork > 1))) {
            throw SqlErrors.wrongMoment(insideTransaction(target));
        }
        database().resolve(target);
        checkout = target;
    }

    @Override
    public void nameNextCommit(String why) {
        nextMessage = why;
    }

    /** Says who makes the commit of the present transaction, and why. */
    void describe(String who, String why) {
        note = new Note(who, why);
    }

    /** Lets transactions begin only on this history of the branch, until the connection is bound to another ref. */
    void pin(long branchId, long epoch) {
        pin = new Pin(branchId, epoch);
    }

    // ---- settings

    /** Remembers a setting made in SQL, so that it outlives an exchange of the SQL session. */
    void settingMade(String sql) {
        state.settingMade(sql);
    }

    void queryTimeout(int seconds) throws SQLException {
        state.queryTimeout(seconds);
        try (Statement statement = h2().createStatement()) {
            statement.setQueryTimeout(seconds);
        }
    }

    int queryTimeout() {
        return state.queryTimeout();
    }

    Isolation isolation() {
        return isolation;
    }

    /** Sets how transactions from the next one on are isolated. */
    void isolation(Isolation wished) throws SQLException {
        lock.lock();
        try {
            requireOpen();
            if (wished != isolation) {
                requireNoTransaction("change the isolation level");
                endWork(false);
            }
            isolation = wished;
        } finally {
            lock.unlock();
        }
    }

    private void requireNoTransaction(String wish) throws SQLException {
        if (work != null && statementsOfWork > 0) {
            throw SqlErrors.wrongMoment("cannot " + wish + " inside a transaction; commit or roll back first");
        }
    }

    boolean isReadOnly() {
        return readOnly || ref.isPast();
    }

    void readOnly(boolean wished) throws SQLException {
        lock.lock();
        try {
            requireOpen();
            if (wished != readOnly) {
                requireNoTransaction("make the connection " + (wished ? "read-only" : "writable"));
                endWork(false);
            }
            readOnly = wished;
        } finally {
            lock.unlock();
        }
    }

    String author() {
        return author;
    }

    void author(String name) {
        author = name;
    }

    String message() {
        return message;
    }

    void message(String text) {
        message = text;
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
        try {
            closed = true;
            SqlSession present = session;
            try {
                endWork(false);
            } finally {
                session = null;
                closeAll(present);
            }
        } finally {
            lock.unlock();
        }
    }

    private void closeAll(@Nullable SqlSession present) {
        try {
            if (present != null) {
                present.close();
            }
        } finally {
            lease.close();
        }
    }
}
