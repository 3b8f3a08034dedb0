package dev.argondb;

import org.jspecify.annotations.Nullable;

/**
 * What a merge cannot decide by itself. <i>Ours</i> is the branch that is merged into, <i>theirs</i> what is merged.
 *
 * <p>Immutable. Where a whole document is in conflict, the values are maps of its fields, and null where there is no document.
 *
 * @param kind what is in conflict
 * @param collection the collection, in lower case
 * @param documentId the primary key: one value, or a {@link java.util.List} of them for a compound key
 * @param field the field, with dots inside nested documents; empty where the whole document is in conflict
 * @param constraint the violated key or check; empty where none is
 * @param base the value both sides began with; null where there was none
 * @param ours the target's value
 * @param theirs the source's value
 * @param text what is in conflict, in one line
 */
public record MergeConflict(
        Kind kind,
        String collection,
        Object documentId,
        String field,
        String constraint,
        @Nullable Object base,
        @Nullable Object ours,
        @Nullable Object theirs,
        String text) {

    /** What is in conflict. */
    public enum Kind {
        /** Both changed one field, differently. */
        FIELD,
        /** One changed the document, the other deleted it. */
        UPDATE_DELETE,
        /** Both inserted a document of the same key, differently. */
        INSERT_INSERT,
        /** Two documents of the merged state have the same value of a unique key. */
        UNIQUE,
        /** A document of the merged state names one that is not there. */
        FOREIGN_KEY,
        /** A document of the merged state has no value where one is required. */
        NOT_NULL,
        /** A document of the merged state fails a check. */
        CHECK
    }

    /** Returns a text that tells it from the other conflicts of its plan, and is the same in every plan of the same merge. */
    public String id() {
        String where = collection + "[" + documentId + "]";
        return kind + " " + where + (field.isEmpty() ? "" : "." + field)
                + (constraint.isEmpty() ? "" : " " + constraint);
    }
}
