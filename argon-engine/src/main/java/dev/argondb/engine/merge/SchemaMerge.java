package dev.argondb.engine.merge;

import dev.argondb.UnsupportedException;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.ColumnSpec;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.SchemaObject;
import dev.argondb.engine.state.Changes;
import dev.argondb.engine.state.DatabaseState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which schema a merge has: that of the side that changed it. Rows are never rewritten for it, so a table that one side
 * altered must be one that the other side left alone.
 *
 * <p>Confined to one thread.
 */
final class SchemaMerge {

    private final MergeTask task;
    private final DatabaseState ours;
    private final DatabaseState theirs;

    SchemaMerge(MergeTask task, DatabaseState ours, DatabaseState theirs) {
        this.task = task;
        this.ours = ours;
        this.theirs = theirs;
    }

    /**
     * Returns the schema of the merged state.
     *
     * @throws UnsupportedException if both sides changed it, or rows would have to change with it
     */
    Schema schema() {
        if (ours.schema().equals(theirs.schema())) {
            return ours.schema();
        }
        DatabaseState base = task.bases().newestState();
        boolean isOurs = base.schema().equals(theirs.schema());
        boolean isTheirs = base.schema().equals(ours.schema());
        if (!task.bases().isSingle() || (!isOurs && !isTheirs)) {
            throw new UnsupportedException("the schemas of " + task.source() + " and `" + task.target()
                    + "` were both changed since lsn " + base.lsn()
                    + "; merging schemas is not there yet: make the same definitions on both sides, then plan again");
        }
        requireLeftAlone(base, isOurs ? ours : theirs, isOurs ? theirs : ours, isOurs);
        return isOurs ? ours.schema() : theirs.schema();
    }

    private void requireLeftAlone(DatabaseState base, DatabaseState altered, DatabaseState other, boolean isOurs) {
        for (SchemaObject object : base.schema().objects()) {
            CollectionSchema before = object.collection();
            if (before != null
                    && !hasSameRows(before, altered.schema().collection(before.id()))
                    && !Changes.of(base.collection(before.id()), other.collection(before.id()))
                            .isEmpty()) {
                String where = isOurs ? "`" + task.target() + "`" : task.source();
                String changed = isOurs ? task.source() : "`" + task.target() + "`";
                throw new UnsupportedException(
                        "`" + before.name() + "` was altered on " + where + ", and rows of it were"
                                + " changed on " + changed + " since lsn " + base.lsn()
                                + "; merging both is not there yet: alter it there as well, then plan again");
            }
        }
    }

    /** Returns whether rows are stored and read alike. */
    private static boolean hasSameRows(CollectionSchema before, @Nullable CollectionSchema after) {
        return after != null
                && before.keyKind() == after.keyKind()
                && before.keyColumns().equals(after.keyColumns())
                && withoutNames(before.columns()).equals(withoutNames(after.columns()));
    }

    private static List<ColumnSpec> withoutNames(List<ColumnSpec> columns) {
        return columns.stream()
                .map(column -> new ColumnSpec("", column.field(), column.type(), column.missing()))
                .toList();
    }
}
