package dev.argondb.junit;

import dev.argondb.DocumentDiff;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says in the report of a failed test what it had committed on its branch: added to the failure as a suppressed exception.
 *
 * <pre>
 * what this test had committed on its branch:
 *   item 1: version: 0 -> 1, name: lamp -> bulb
 *   item 2: deleted, version: 0, id: 2, name: chair
 *   item 3: inserted, version: 0, id: 3, name: table
 * </pre>
 */
final class ChangesOfTest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int MAX_DOCUMENTS = 50;
    private static final int MAX_VALUE_LENGTH = 100;

    ChangesOfTest(List<DocumentDiff> changes) {
        super(text(changes), null, false, false);
    }

    private static String text(List<DocumentDiff> changes) {
        String lines = changes.stream()
                .limit(MAX_DOCUMENTS)
                .map(change -> "\n  " + change.collection() + " " + change.documentId() + ": " + text(change))
                .collect(Collectors.joining("", "what this test had committed on its branch:", ""));
        int more = changes.size() - MAX_DOCUMENTS;
        return more > 0 ? lines + "\n  and " + more + " documents more" : lines;
    }

    private static String text(DocumentDiff change) {
        return switch (change.operation()) {
            case INSERT -> "inserted, " + fields(change, change.after());
            case DELETE -> "deleted, " + fields(change, change.before());
            case UPDATE ->
                change.changedFields().stream()
                        .map(field ->
                                field + ": " + value(change.before(), field) + " -> " + value(change.after(), field))
                        .collect(Collectors.joining(", "));
        };
    }

    private static String fields(DocumentDiff change, Map<String, Object> document) {
        return change.changedFields().stream()
                .map(field -> field + ": " + value(document, field))
                .collect(Collectors.joining(", "));
    }

    private static String value(Map<String, Object> document, String field) {
        String text = String.valueOf(document.get(field));
        return text.length() <= MAX_VALUE_LENGTH ? text : text.substring(0, MAX_VALUE_LENGTH) + "...";
    }
}
