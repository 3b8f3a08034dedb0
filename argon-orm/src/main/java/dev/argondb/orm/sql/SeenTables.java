package dev.argondb.orm.sql;

import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.SchemaObject;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.work.UnitOfWork;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.h2.engine.Constants;
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
 * <p>It also knows how large the tables were when the session's statements were planned: one planned over an empty table
 * would go on joining it in the order that suited then.
 *
 * <p>Confined, as its session.
 */
final class SeenTables {

    /** A plan is outgrown when a table has so many times the rows it had, or so many times fewer. */
    private static final int OUTGROWN = 8;

    private static final int NONE = -1;

    private final Database database;
    private @Nullable UnitOfWork work;
    private @Nullable Schema schema;
    /** Null at a past moment: there it need not be at hand, and is not asked for. */
    private @Nullable DatabaseState state;

    private long lsn;
    private int[] collectionIds = {};
    private long[] changedAt = {};
    private boolean[] written = {};
    private int writtenLast = NONE;
    /** By position, the rows of a table when statements were planned; {@link #NONE} where they were not counted yet. */
    private long[] plannedFor = {};

    private boolean isOutgrown;

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
        DatabaseState last = state;
        DatabaseState now = next.ref().isPast() ? null : next.base();
        Schema itsSchema = now == null ? next.schema() : now.schema();
        if (!itsSchema.equals(schema)) {
            start(itsSchema);
        } else if (last != null && now != null) {
            change(i -> last.at(i) != now.at(i));
        } else {
            boolean isOther = lsn != next.baseLsn();
            change(i -> isOther);
        }
        if (now != null && now != last) {
            compareSizes(last, now);
        }
        schema = itsSchema;
        state = now;
        lsn = next.baseLsn();
    }

    /** Returns whether a table's size has become another one since the session planned its statements; then, that is now. */
    boolean takeOutgrown() {
        boolean result = isOutgrown;
        isOutgrown = false;
        return result;
    }

    private void compareSizes(@Nullable DatabaseState last, DatabaseState now) {
        for (int i = 0; i < plannedFor.length; i++) {
            if (last == null || plannedFor[i] == NONE || last.at(i) != now.at(i)) {
                long size = now.at(i).size();
                if (plannedFor[i] == NONE) {
                    plannedFor[i] = size;
                }
                isOutgrown |= isOther(size, plannedFor[i]);
            }
        }
        if (isOutgrown) {
            Arrays.setAll(plannedFor, i -> now.at(i).size());
        }
    }

    /** As H2 weighs rows: with a number added that makes small tables alike. */
    private static boolean isOther(long rows, long planned) {
        long more = Math.max(rows, planned) + Constants.COST_ROW_OFFSET;
        long fewer = Math.min(rows, planned) + Constants.COST_ROW_OFFSET;
        return more / fewer >= OUTGROWN;
    }

    private void start(Schema next) {
        IntStream tables = next.objects().stream()
                .filter(object -> object.collection() != null)
                .mapToInt(SchemaObject::id);
        collectionIds =
                IntStream.concat(IntStream.of(Schema.COLLECTION_ID), tables).toArray();
        changedAt = new long[collectionIds.length];
        written = new boolean[collectionIds.length];
        plannedFor = new long[collectionIds.length];
        Arrays.fill(plannedFor, NONE);
        Arrays.fill(changedAt, database.getNextModificationDataId());
    }

    private void change(IntPredicate isOther) {
        long now = 0;
        for (int i = 0; i < changedAt.length; i++) {
            if (written[i] || isOther.test(i)) {
                now = now == 0 ? database.getNextModificationDataId() : now;
                changedAt[i] = now;
                written[i] = false;
            }
        }
    }

    /**
     * The session writes to a table. H2's count moves on with the first write: derived tables ask again when their tables became others
     * only when it has.
     */
    void write(int collectionId) {
        if (collectionId != writtenLast) {
            writtenLast = collectionId;
            database.getNextModificationDataId();
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
        return Arrays.binarySearch(collectionIds, collectionId);
    }
}
