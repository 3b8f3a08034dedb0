package dev.argondb.orm.jdbc;

import dev.argondb.ConflictException;
import dev.argondb.Ref;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the transactions of a connection begin on: a ref, maybe one history of it, how they are isolated, and whether they may
 * write.
 *
 * <p>Confined, as its connection.
 */
final class Footing {

    private Ref ref;
    private @Nullable Pin pin;
    private Isolation isolation;
    private boolean readOnly;

    /** The history that transactions must be on: a branch, and how often it was moved back. */
    private record Pin(long branchId, long epoch) {}

    Footing(Ref ref, Isolation isolation) {
        this.ref = ref;
        this.isolation = isolation;
    }

    Ref ref() {
        return ref;
    }

    /** Goes to another ref, on whatever history. */
    void moveTo(Ref target) {
        ref = target;
        pin = null;
    }

    /** Lets transactions begin only on this history of the branch, until the next {@link #moveTo}. */
    void pin(long branchId, long epoch) {
        pin = new Pin(branchId, epoch);
    }

    Isolation isolation() {
        return isolation;
    }

    void isolation(Isolation wished) {
        isolation = wished;
    }

    /** Returns whether the connection was made read-only, wherever it stands. */
    boolean isMadeReadOnly() {
        return readOnly;
    }

    void makeReadOnly(boolean wished) {
        readOnly = wished;
    }

    boolean isReadOnly() {
        return readOnly || ref.isPast();
    }

    void requireWritable() throws SQLException {
        if (ref.isPast()) {
            throw SqlErrors.readOnly("`" + ref + "` is a past moment and read-only; create a branch there (`CALL"
                    + " argon_create_branch('name', '" + ref + "')`) and write on it");
        }
        if (readOnly) {
            throw SqlErrors.readOnly(
                    "the connection to `" + ref + "` is read-only; call setReadOnly(false) or use another one");
        }
    }

    /**
     * Begins a unit of work here.
     *
     * @throws ConflictException if the branch has another history than it must have
     */
    UnitOfWork begin(ArgonDatabase database) {
        UnitOfWork unit = readOnly ? database.beginReadOnly(ref) : database.begin(ref, isolation);
        Pin expected = pin;
        if (expected != null && (unit.branchId() != expected.branchId() || unit.epoch() != expected.epoch())) {
            unit.rollback();
            throw new ConflictException(
                    "`" + ref + "` was reset or made anew after this session was opened; open a new session");
        }
        return unit;
    }

    /** Returns whether a unit of work that began here would see the same now. */
    boolean isNewest(UnitOfWork unit, ArgonDatabase database) {
        return ref.isPast() || unit.base() == database.state(ref);
    }
}
