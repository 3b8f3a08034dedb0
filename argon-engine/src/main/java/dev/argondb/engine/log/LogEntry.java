package dev.argondb.engine.log;

import dev.argondb.Operation;
import org.jspecify.annotations.Nullable;

/**
 * One change of one document inside a {@link LogRecord.CommitRecord}. Its LSN is the commit's first LSN plus its index.
 *
 * <p>Immutable.
 *
 * @param operation what happened
 * @param collectionId the collection, by its id, which is never reused
 * @param key the document's key in its collection's tree (memcomparable)
 * @param previousLsn the LSN of the entry that last wrote this document; 0 for an insert
 * @param after the document after the change; null for a delete
 * @param before the document before it; null for an insert. Only the fields that changed are encoded
 * @param entityName the entity named by a listener, or null
 */
public record LogEntry(
        Operation operation,
        int collectionId,
        byte[] key,
        long previousLsn,
        @Nullable Document after,
        @Nullable Document before,
        @Nullable String entityName) {

    public LogEntry {
        if ((after == null) != (operation == Operation.DELETE) || (before == null) != (operation == Operation.INSERT)) {
            throw new AssertionError(operation + " with after " + after + " and before " + before);
        }
    }

    /** Returns the BSON of the document after the change, or null for a delete. */
    public byte @Nullable [] encodedAfter() {
        return after == null ? null : after.encode();
    }

    /** Returns the BSON of the values before the change of what changed, or null for an insert. */
    public byte @Nullable [] encodedBefore() {
        if (before == null) {
            return null;
        }
        return after == null ? before.encode() : before.encodeChangedBy(after);
    }
}
