package dev.argondb.orm.sql;

import dev.argondb.engine.work.UnitOfWork;
import java.util.ArrayDeque;
import java.util.Deque;
import org.h2.engine.SessionLocal;
import org.jspecify.annotations.Nullable;

/**
 * A session at a unit of work, and the statements it is in the middle of: a DDL statement of H2's runs others inside.
 *
 * <p>Confined to the thread that runs the session's statement.
 */
final class Binding {

    /** A statement under way. */
    private record Frame(String sql, UnitOfWork.@Nullable Savepoint before, StatementTraits traits) {}

    /** The binding that this thread made last: nearly always the one it runs statements in. */
    private static final ThreadLocal<@Nullable Binding> LAST = new ThreadLocal<>();

    private final Catalog catalog;
    private final SessionLocal session;
    private final Deque<Frame> frames = new ArrayDeque<>(2);
    private final UnitOfWork work;
    private final SeenTables seen;

    Binding(Catalog catalog, SessionLocal session, UnitOfWork work, SeenTables seen) {
        this.catalog = catalog;
        this.session = session;
        this.work = work;
        this.seen = seen;
        seen.moveTo(work);
        LAST.set(this);
    }

    /** Returns the binding of the session in which this thread runs a statement of a catalog, or null. */
    static @Nullable Binding running(Catalog catalog) {
        Binding last = LAST.get();
        if (last != null && last.catalog == catalog && last.session.isLockedByCurrentThread()) {
            return last;
        }
        return catalog.lockedByThisThread();
    }

    UnitOfWork work() {
        return work;
    }

    /**
     * Returns when the rows of a table became others for this session, in H2's count of modifications; this moment where no
     * result may be reused: a serializable unit of work must see what it reads, and the queries inside definitions belong to
     * all sessions of the catalog, which see the rows of other branches.
     */
    long changedAt(int collectionId) {
        return work.isSerializable() || catalog.isReadByDefinitions(collectionId)
                ? catalog.database().getNextModificationDataId()
                : seen.changedAt(collectionId);
    }

    /** The session writes to a table. */
    void write(int collectionId) {
        seen.write(collectionId);
    }

    boolean runsInThisThread() {
        return session.isLockedByCurrentThread();
    }

    /** A statement begins. */
    void begin(String sql) {
        StatementTraits traits = catalog.traits(sql);
        UnitOfWork.Savepoint before = work.isReadOnly() ? null : work.savepoint();
        if (traits.asAdmin()) {
            catalog.beginAdmin();
        }
        for (ArgonSequence sequence : traits.sequences()) {
            sequence.lock().lock();
            if (sequence.lock().getHoldCount() == 1) {
                sequence.unpark(work.branchId());
            }
        }
        frames.push(new Frame(sql, before, traits));
    }

    /** The statement that began last has ended well. */
    void end() {
        Frame frame = frames.poll();
        if (frame != null) {
            release(frame);
        }
    }

    /** A statement has failed; it may have failed before it began. */
    void fail(@Nullable String sql) {
        Frame frame = frames.peek();
        if (frame == null || !frame.sql().equals(sql)) {
            return;
        }
        frames.poll();
        release(frame);
        if (frame.before() != null) {
            work.rollbackTo(frame.before());
        }
    }

    private void release(Frame frame) {
        if (frame.traits().asAdmin()) {
            catalog.endAdmin();
        }
        for (ArgonSequence sequence : frame.traits().sequences()) {
            if (sequence.lock().getHoldCount() == 1) {
                park(sequence, frame.traits().redefines());
            }
            sequence.lock().unlock();
        }
    }

    private void park(ArgonSequence sequence, boolean redefines) {
        if (redefines) {
            sequence.parkUnlessRedefined();
        } else {
            sequence.park(work);
        }
    }

    /** Nothing runs any more. */
    void close() {
        while (!frames.isEmpty()) {
            end();
        }
        if (LAST.get() == this) {
            LAST.set(null); // not remove: the next statement of this thread sets it again
        }
    }
}
