package dev.argondb.engine.merge;

import dev.argondb.MergeConflict;
import dev.argondb.engine.log.Document;
import dev.argondb.engine.schema.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a merge comes to.
 *
 * <p>Immutable.
 *
 * @param schema the schema that the target gets, null where it keeps its own
 * @param writes what is written, by collection and key
 * @param conflicts what is not decided
 * @param record a document to be written as it is, so that the merge is on record, where nothing else is written; else null
 */
record MergeOutcome(
        @Nullable Schema schema,
        List<Write> writes,
        List<MergeConflict> conflicts,
        @Nullable Write record) {

    /**
     * One document that is written.
     *
     * @param before the document on the target, null where there is none
     * @param after the document from now on, null where there is none
     * @param was what the collection looks like on the target, null where it is new
     * @param is what it looks like from now on
     */
    record Write(
            Place place,
            @Nullable Document before,
            @Nullable Document after,
            @Nullable Shape was,
            Shape is) {}

    MergeOutcome {
        writes = List.copyOf(writes);
        conflicts = List.copyOf(conflicts);
    }

    /** Returns whether nothing at all is to be done. */
    boolean isNothing() {
        return schema == null && writes.isEmpty() && conflicts.isEmpty() && record == null;
    }
}
