package dev.argondb.orm.sql;

import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.work.UnitOfWork;
import java.util.Arrays;
import org.h2.engine.Database;
import org.jspecify.annotations.Nullable;

/**
 * When the rows that a session sees of each table last became others: as it went from one state to the next, on whatever
 * branch or moment, and by its own writes. In H2's own count of modifications, so that H2 may reuse a result for as long as
 * nothing it read has changed under the session, and no longer.
 *
 * <p>A table that the present unit of work has written to becomes another one each time it is asked for: writes come and go
 * with statements, savepoints and transactions.
 *
 * <p>Confined, as its session.
 */
final class SeenTables {

    private static final int NONE = -1;

    private final Database database;
    private @Nullable UnitOfWork work;
    private @Nullable DatabaseState state;
    private long[] changedAt = {};
    private boolean[] written = {};
    private int writtenLast = NONE;

    SeenTables(Database database) {
        this.database = database;
    }

    /** The session sees the rows of a unit of work from now on. */
    void moveTo(UnitOfWork next) {
        if (next == work) {
            return;
        }
        work = next;
        writtenLast = NONE;
        if (state == null || state.schema() != next.base().schema()) {
            start(next.base());
        } else {
            change(state, next.base());
        }
        state = next.base();
    }

    private void start(DatabaseState next) {
        changedAt = new long[next.count()];
        written = new boolean[next.count()];
        Arrays.fill(changedAt, database.getNextModificationDataId());
    }

    private void change(DatabaseState last, DatabaseState next) {
        long now = 0;
        for (int i = 0; i < changedAt.length; i++) {
            if (written[i] || last.at(i) != next.at(i)) {
                now = now == 0 ? database.getNextModificationDataId() : now;
                changedAt[i] = now;
                written[i] = false;
            }
        }
    }

    /** The session writes to a table. */
    void write(int collectionId) {
        if (collectionId != writtenLast) {
            writtenLast = collectionId;
            int position = position(collectionId);
            if (position >= 0) {
                written[position] = true;
            }
        }
    }

    /** Returns when the rows of a table became others; this moment for one that was written to or is in no commit yet. */
    long changedAt(int collectionId) {
        int position = position(collectionId);
        return position < 0 || written[position] ? database.getNextModificationDataId() : changedAt[position];
    }

    private int position(int collectionId) {
        return state == null ? NONE : state.position(collectionId);
    }
}
