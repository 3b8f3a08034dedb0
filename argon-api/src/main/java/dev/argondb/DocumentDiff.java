package dev.argondb;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one document differs between two states.
 *
 * <p>Immutable. Field values are Java values as in a {@link WalEntry}; a null is a field without a value.
 *
 * @param collection the table or document collection, in lower case, as the state that holds the document names it
 * @param documentId the primary key: one value, or a {@link List} of them for a compound key
 * @param operation what makes the one state the other
 * @param before the whole document in the first state; empty for an insert
 * @param after the whole document in the second state; empty for a delete
 * @param changedFields the fields that differ, in the order of the columns; for an insert or a delete all of them
 */
public record DocumentDiff(
        String collection,
        Object documentId,
        Operation operation,
        Map<String, Object> before,
        Map<String, Object> after,
        List<String> changedFields) {

    public DocumentDiff {
        before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
        after = Collections.unmodifiableMap(new LinkedHashMap<>(after));
        changedFields = List.copyOf(changedFields);
    }
}
