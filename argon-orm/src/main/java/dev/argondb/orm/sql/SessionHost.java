package dev.argondb.orm.sql;

import dev.argondb.Ref;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.work.UnitOfWork;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Whose statements an SQL session runs, as far as the functions and tables of schema {@code argon} ask and steer it.
 *
 * <p>Confined, as its session.
 */
public interface SessionHost {

    /** Returns the database. */
    ArgonDatabase database();

    /** Returns the branch head or past moment that statements run on. */
    Ref ref();

    /** Returns the unit of work that statements run in, null between transactions. */
    @Nullable
    UnitOfWork work();

    /**
     * Switches to another ref when the present statement has ended.
     *
     * @throws SQLException if the statement is not the first of its transaction
     * @throws dev.argondb.UnknownRefException if the ref names nothing
     */
    void checkoutAfterStatement(Ref target) throws SQLException;

    /** Gives the next commit a message. */
    void nameNextCommit(String why);
}
