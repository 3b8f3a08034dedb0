package dev.argondb.orm.sql;

import dev.argondb.engine.Sequences;
import dev.argondb.engine.work.UnitOfWork;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.api.ErrorCode;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.schema.Sequence;
import org.h2.schema.Sequence.Cycle;
import org.h2.value.Value;
import org.h2.value.ValueBigint;

/**
 * A sequence as a rule that turns the steps which Argon allocates into values.
 *
 * <p>H2's own counter is the same for all branches of a catalog, and its class is closed, so it is kept <em>parked</em>: as
 * exhausted. Identity columns draw here instead ({@link #draw}). A statement that names the sequence holds its lock, has
 * H2's counter set to the next value of its branch before ({@link #unpark}), and what it took told to the allocator after
 * ({@link #park}). A counter that anything else reaches refuses.
 *
 * <p>A step counts from where the sequence was defined or restarted last; a redefinition makes a new sequence id, so steps are
 * never mixed. Thread-safe by its lock, which all catalogs share that know the sequence.
 */
final class ArgonSequence {

    private final Sequence counter;
    private final int id;
    private final Sequences allocator;
    private final ReentrantLock lock;
    private final long origin;
    private final long increment;
    private final long min;
    private final long max;
    private final boolean cycles;
    private final String sql;
    private final long stepsToEnd;
    private long unparkedStep;
    private long unparkedValue;

    /** Takes over a counter that H2 has just made or changed: its present value is step 0. */
    ArgonSequence(Sequence counter, int id, Sequences allocator, ReentrantLock lock) {
        this.counter = counter;
        this.id = id;
        this.allocator = allocator;
        this.lock = lock;
        this.origin = counter.getBaseValue();
        this.increment = counter.getIncrement();
        this.min = counter.getMinValue();
        this.max = counter.getMaxValue();
        this.cycles = counter.getCycle() == Cycle.CYCLE;
        this.sql = counter.getCreateSQL();
        this.stepsToEnd = stepsFrom(origin);
        park(origin);
    }

    int id() {
        return id;
    }

    Sequence counter() {
        return counter;
    }

    ReentrantLock lock() {
        return lock;
    }

    /** Returns the statement that creates it under the name that H2's counter has now. */
    String sqlFor(Sequence named) {
        if (sql.startsWith(named.getSQL(new StringBuilder("CREATE SEQUENCE "), org.h2.util.HasSQL.DEFAULT_SQL_FLAGS)
                .append(' ')
                .toString())) {
            return sql;
        }
        lock.lock();
        try {
            counter.modify(origin, null, null, null, null, cycles ? Cycle.CYCLE : Cycle.NO_CYCLE, null);
            return named.getCreateSQL();
        } finally {
            park(origin);
            lock.unlock();
        }
    }

    /** Returns whether a DDL statement gave it another definition, or restarted it. */
    boolean isRedefined() {
        return counter.getCycle() != Cycle.EXHAUSTED;
    }

    /** Returns how many values there are from one on, itself included, before the end of the range. */
    private long stepsFrom(long value) {
        long room = increment > 0 ? max - value : value - min; // may pass the largest long: unsigned
        return room == -1 ? Long.MAX_VALUE : Math.max(Long.divideUnsigned(room, Math.abs(increment)) + 1, 1);
    }

    /** Returns the value of a step. */
    private long value(long step) {
        if (step < stepsToEnd || stepsToEnd < 0) {
            return origin + step * increment;
        }
        if (!cycles) {
            throw DbException.get(ErrorCode.SEQUENCE_EXHAUSTED, counter.getName());
        }
        long restart = increment > 0 ? min : max;
        return restart + Long.remainderUnsigned(step - stepsToEnd, stepsFrom(restart)) * increment;
    }

    private boolean isExhausted(long step) {
        return !cycles && stepsToEnd >= 0 && step >= stepsToEnd;
    }

    /** Draws the next value for a unit of work. */
    Value draw(UnitOfWork work, SessionLocal session) {
        long step;
        lock.lock();
        try {
            step = allocator.next(work.branchId(), id);
        } finally {
            lock.unlock();
        }
        return ValueBigint.get(value(step)).castTo(counter.getDataType(), session);
    }

    /** Sets H2's counter to the next value of a branch. The caller holds the lock until {@link #park}. */
    void unpark(long branchId) {
        unparkedStep = allocator.peek(branchId, id);
        if (isExhausted(unparkedStep)) {
            return;
        }
        unparkedValue = value(unparkedStep);
        counter.setTemporary(true); // so that H2 writes nothing down
        counter.modify(unparkedValue, null, null, null, null, cycles ? Cycle.CYCLE : Cycle.NO_CYCLE, null);
    }

    /** Tells the allocator what a statement took, and parks H2's counter again. */
    void park(UnitOfWork work) {
        if (isExhausted(unparkedStep)) {
            return;
        }
        long taken = taken();
        for (long i = 0; i < taken; i++) {
            allocator.next(work.branchId(), id);
        }
        park(origin);
    }

    /** Parks H2's counter after a DDL statement, unless that changed it: then it becomes another sequence. */
    void parkUnlessRedefined() {
        counter.setTemporary(false);
        boolean unchanged = counter.getBaseValue() == unparkedValue
                && counter.getIncrement() == increment
                && counter.getMinValue() == min
                && counter.getMaxValue() == max
                && (counter.getCycle() == Cycle.CYCLE) == cycles;
        if (unchanged || counter.getCycle() == Cycle.EXHAUSTED) {
            park(origin);
        }
    }

    private long taken() {
        if (counter.getCycle() == Cycle.EXHAUSTED) {
            return stepsFrom(unparkedValue);
        }
        long now = counter.getBaseValue();
        boolean wrapped = increment > 0 ? now < unparkedValue : now > unparkedValue;
        if (!wrapped) {
            return Long.divideUnsigned(Math.abs(now - unparkedValue), Math.abs(increment));
        }
        long restart = increment > 0 ? min : max;
        return stepsFrom(unparkedValue) + Math.abs(now - restart) / Math.abs(increment);
    }

    /** Takes H2's counter out of use; statistics tables show where it began. */
    private void park(long shown) {
        counter.modify(shown, null, null, null, null, Cycle.EXHAUSTED, null);
        counter.setTemporary(false);
    }
}
