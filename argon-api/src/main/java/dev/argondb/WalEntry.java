package dev.argondb;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One change of one document.
 *
 * <p>Immutable. Field values are Java values as JDBC's {@code getObject} gives them.
 *
 * @param lsn its position in the log
 * @param time the time of its commit
 * @param branchId the branch it was made on
 * @param operation what happened
 * @param collection the table or document collection, in lower case
 * @param documentId the primary key: one value, or a {@link java.util.List} of them for a compound key
 * @param previousLsn the entry that last wrote the document before; empty for an insert
 * @param after the document after the change; empty for a delete
 * @param before the values before the change of the fields it changed; of all fields for a delete, of none for an insert
 * @param entityName the entity that an entity listener named for it
 */
public record WalEntry(
        Lsn lsn,
        Instant time,
        long branchId,
        Operation operation,
        String collection,
        Object documentId,
        Optional<Lsn> previousLsn,
        Map<String, Object> after,
        Map<String, Object> before,
        Optional<String> entityName) {}
