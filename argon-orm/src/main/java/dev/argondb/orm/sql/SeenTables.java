package dev.argondb.orm.sql;

import dev.argondb.engine.state.DatabaseState;
import java.util.Arrays;
import org.h2.engine.Database;
import org.jspecify.annotations.Nullable;

/**
 * When the rows that a session sees of each table last became others: as it went from one state to the next, on whatever
 * branch or moment. In H2's own count of modifications, so that H2 may reuse a result for as long as nothing it read has
 * changed under the session, and no longer.
 *
 * <p>Confined, as its session.
 */
final class SeenTables {

    private @Nullable DatabaseState state;
    private long[] changedAt = {};

    /** The session sees another state from now on. */
    void moveTo(DatabaseState next, Database database) {
        DatabaseState last = state;
        if (next == last) {
            return;
        }
        state = next;
        if (last == null || last.schema() != next.schema()) {
            changedAt = new long[next.count()];
            Arrays.fill(changedAt, database.getNextModificationDataId());
            return;
        }
        long now = 0;
        for (int i = 0; i < changedAt.length; i++) {
            if (last.at(i) != next.at(i)) {
                now = now == 0 ? database.getNextModificationDataId() : now;
                changedAt[i] = now;
            }
        }
    }

    /** Returns when the rows of a table became others; {@link Long#MAX_VALUE} for a table that is not in the state. */
    long changedAt(int collectionId) {
        DatabaseState now = state;
        int position = now == null ? -1 : now.position(collectionId);
        return position < 0 ? Long.MAX_VALUE : changedAt[position];
    }
}
