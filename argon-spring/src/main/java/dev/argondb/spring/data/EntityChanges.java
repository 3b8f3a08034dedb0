package dev.argondb.spring.data;

import dev.argondb.Operation;
import dev.argondb.WalEntry;
import dev.argondb.spring.data.EntityTables.Elements;
import dev.argondb.spring.data.EntityTables.Part;
import dev.argondb.spring.data.EntityTables.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what the entries of one commit did to entities: several rows make one change of one entity.
 *
 * <p>Confined to its caller.
 */
final class EntityChanges {

    /** What happened to one entity. */
    static final class Draft {

        private @Nullable Operation operation;
        private final Set<String> attributes = new LinkedHashSet<>();

        Operation operation() {
            return Objects.requireNonNullElse(operation, Operation.UPDATE);
        }

        List<String> attributes() {
            return operation == Operation.DELETE ? List.of() : List.copyOf(attributes);
        }
    }

    private final EntityTables tables;
    private final Map<Object, Draft> drafts = new LinkedHashMap<>();

    private EntityChanges(EntityTables tables) {
        this.tables = tables;
    }

    /** Returns what entries did, by the identifier of the entity. */
    static Map<Object, Draft> of(EntityTables tables, Collection<WalEntry> entries) {
        EntityChanges changes = new EntityChanges(tables);
        entries.forEach(changes::add);
        return changes.drafts;
    }

    private void add(WalEntry entry) {
        for (Part part : tables.parts(entry.collection())) {
            if (part instanceof Row row) {
                addRow(row, entry);
            } else if (part instanceof Elements elements) {
                addElement(elements, entry);
            }
        }
    }

    private void addRow(Row row, WalEntry entry) {
        Map<String, Object> document = entry.after().isEmpty() ? entry.before() : entry.after();
        Draft draft = draft(Objects.requireNonNull(tables.identifier(row, document)));
        if (row.isFirst()) {
            draft.operation = entry.operation();
        }
        Collection<String> columns =
                entry.operation() == Operation.UPDATE ? entry.before().keySet() : withValue(document);
        draft.attributes.addAll(EntityTables.attributes(row, columns));
    }

    /** An element may go from one owner to another: both are changed by it. */
    private void addElement(Elements elements, WalEntry entry) {
        if (entry.operation() == Operation.UPDATE
                && !elements.isChangedBy(entry.before().keySet())) {
            return;
        }
        addOwner(elements, entry.after());
        if (entry.operation() != Operation.INSERT) {
            Map<String, Object> before = new LinkedHashMap<>(entry.after());
            before.putAll(entry.before());
            addOwner(elements, before);
        }
    }

    private void addOwner(Elements elements, Map<String, Object> document) {
        Object owner = tables.identifier(elements, document);
        if (owner != null) {
            draft(owner).attributes.add(elements.attribute());
        }
    }

    private Draft draft(Object id) {
        return drafts.computeIfAbsent(id, key -> new Draft());
    }

    private static Collection<String> withValue(Map<String, Object> document) {
        List<String> columns = new ArrayList<>();
        document.forEach((column, value) -> {
            if (value != null) {
                columns.add(column);
            }
        });
        return columns;
    }
}
