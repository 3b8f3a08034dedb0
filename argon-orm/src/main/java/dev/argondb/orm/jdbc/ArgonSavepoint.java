package dev.argondb.orm.jdbc;

import dev.argondb.engine.work.UnitOfWork;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/**
 * A point of a transaction to roll back to: in the unit of work, and in H2's own transaction over temporary tables.
 *
 * <p>Immutable.
 */
final class ArgonSavepoint implements Savepoint {

    final UnitOfWork.Savepoint inWork;
    final Savepoint inH2;
    private final int id;
    private final @Nullable String name;

    ArgonSavepoint(int id, @Nullable String name, UnitOfWork.Savepoint inWork, Savepoint inH2) {
        this.id = id;
        this.name = name;
        this.inWork = inWork;
        this.inH2 = inH2;
    }

    @Override
    public int getSavepointId() throws SQLException {
        if (name != null) {
            throw SqlErrors.invalid("savepoint `" + name + "` has a name and no id; call getSavepointName()");
        }
        return id;
    }

    @Override
    public String getSavepointName() throws SQLException {
        if (name == null) {
            throw SqlErrors.invalid("savepoint " + id + " has an id and no name; call getSavepointId()");
        }
        return name;
    }

    boolean isNamed(String other) {
        return other.equals(name);
    }

    @Override
    public String toString() {
        return name == null ? "savepoint " + id : "savepoint `" + name + "`";
    }
}
