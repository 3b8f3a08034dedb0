package dev.argondb.orm.jdbc;

import dev.argondb.engine.work.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The savepoints of a transaction, oldest first.
 *
 * <p>Confined.
 */
final class Savepoints {

    private final List<ArgonSavepoint> set = new ArrayList<>(0);
    private int lastId;

    /** Sets a savepoint here; one of the same name that was set before is forgotten. */
    ArgonSavepoint add(@Nullable String name, UnitOfWork work, Connection h2) throws SQLException {
        if (name != null) {
            set.removeIf(other -> other.isNamed(name));
        }
        ArgonSavepoint savepoint = new ArgonSavepoint(++lastId, name, work.savepoint(), h2.setSavepoint());
        set.add(savepoint);
        return savepoint;
    }

    ArgonSavepoint named(String name) throws SQLException {
        for (ArgonSavepoint savepoint : set) {
            if (savepoint.isNamed(name)) {
                return savepoint;
            }
        }
        throw SqlErrors.unknownSavepoint("savepoint `" + name + "` is not set in this transaction");
    }

    /** Takes back what came after a savepoint; those set after it are gone. */
    void rollbackTo(ArgonSavepoint savepoint, UnitOfWork work, Connection h2) throws SQLException {
        int position = position(savepoint);
        work.rollbackTo(savepoint.inWork);
        h2.rollback(savepoint.inH2);
        set.subList(position + 1, set.size()).clear();
    }

    /** Forgets a savepoint and those set after it. */
    void release(ArgonSavepoint savepoint) throws SQLException {
        set.subList(position(savepoint), set.size()).clear();
    }

    private int position(ArgonSavepoint savepoint) throws SQLException {
        int position = set.indexOf(savepoint);
        if (position < 0) {
            throw SqlErrors.unknownSavepoint(savepoint + " is of another transaction, released or rolled back over");
        }
        return position;
    }

    void clear() {
        if (!set.isEmpty()) {
            set.clear();
        }
    }
}
