package dev.argondb.engine.merge;

import dev.argondb.DocumentDiff;
import dev.argondb.InvalidRequestException;
import dev.argondb.Operation;
import dev.argondb.engine.branch.Nearest;
import dev.argondb.engine.log.Document;
import dev.argondb.engine.schema.ColumnSpec;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.state.Changes;
import dev.argondb.engine.state.Changes.Change;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.DatabaseState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two states, document by document. What they share is not looked at.
 *
 * <p>Confined to one thread.
 */
final class StateDiff {

    private final DatabaseState from;
    private final DatabaseState to;
    private final List<DocumentDiff> found = new ArrayList<>();

    private StateDiff(DatabaseState from, DatabaseState to) {
        this.from = from;
        this.to = to;
    }

    /** Returns what differs in all collections but the schema's own. */
    static List<DocumentDiff> between(DatabaseState from, DatabaseState to) {
        StateDiff diff = new StateDiff(from, to);
        Set<Integer> ids = new TreeSet<>();
        from.collections().forEach(collection -> ids.add(collection.schema().id()));
        to.collections().forEach(collection -> ids.add(collection.schema().id()));
        ids.remove(Schema.COLLECTION_ID);
        ids.forEach(diff::add);
        return List.copyOf(diff.found);
    }

    /**
     * Returns what differs in one collection.
     *
     * @throws InvalidRequestException if neither state has it
     */
    static List<DocumentDiff> between(DatabaseState from, DatabaseState to, String name, String where) {
        StateDiff diff = new StateDiff(from, to);
        Set<Integer> ids = new TreeSet<>();
        for (DatabaseState state : List.of(from, to)) {
            CollectionState collection = state.collection(name);
            if (collection != null) {
                ids.add(collection.schema().id());
            }
        }
        if (ids.isEmpty()) {
            throw unknown(name, where, from, to);
        }
        ids.forEach(diff::add);
        return List.copyOf(diff.found);
    }

    /** The error of a collection that is in none of some states. */
    static InvalidRequestException unknown(String name, String where, DatabaseState... states) {
        Set<String> names = new TreeSet<>();
        for (DatabaseState state : states) {
            state.collections().stream()
                    .filter(collection -> collection.schema().id() != Schema.COLLECTION_ID)
                    .forEach(collection -> names.add(collection.schema().name()));
        }
        return new InvalidRequestException(
                "collection `" + name + "` does not exist at " + where + Nearest.to(name, names));
    }

    private void add(int id) {
        CollectionState before = from.collection(id);
        CollectionState after = to.collection(id);
        Shape old = Shape.of(before);
        Shape now = Shape.of(after);
        for (Change change : Changes.of(before, after)) {
            DocumentDiff diff = of(
                    change.key(),
                    old,
                    change.before() == null ? null : change.before().document(),
                    now,
                    change.after() == null ? null : change.after().document());
            if (diff != null) {
                found.add(diff);
            }
        }
    }

    /** Returns how a document differs; null where it is equal, though written anew. */
    static @Nullable DocumentDiff of(
            byte[] key, @Nullable Shape from, @Nullable Document before, @Nullable Shape to, @Nullable Document after) {
        Map<String, Object> old = values(from, before);
        Map<String, Object> now = values(to, after);
        List<String> changed = changed(from, old, to, now);
        Shape known = Objects.requireNonNull(after == null ? from : to);
        Operation operation = before == null ? Operation.INSERT : after == null ? Operation.DELETE : Operation.UPDATE;
        return operation == Operation.UPDATE && changed.isEmpty()
                ? null
                : new DocumentDiff(known.schema().name(), known.format().documentId(key), operation, old, now, changed);
    }

    private static Map<String, Object> values(@Nullable Shape collection, @Nullable Document document) {
        return collection == null || document == null
                ? Map.of()
                : collection.format().values(document);
    }

    /** A column that was renamed is the same field, and has not changed by that. */
    private static List<String> changed(
            @Nullable Shape from, Map<String, Object> old, @Nullable Shape to, Map<String, Object> now) {
        if (old.isEmpty() || now.isEmpty() || from == null || to == null) {
            return List.copyOf(old.isEmpty() ? now.keySet() : old.keySet());
        }
        if (to.schema().id() == Schema.COLLECTION_ID) {
            return old.equals(now) ? List.of() : List.copyOf(now.keySet());
        }
        Map<String, String> oldNames = new LinkedHashMap<>();
        from.schema().columns().forEach(column -> oldNames.put(column.field(), column.name()));
        Set<String> changed = new LinkedHashSet<>();
        for (ColumnSpec column : to.schema().columns()) {
            String oldName = oldNames.remove(column.field());
            if (!Objects.deepEquals(oldName == null ? null : old.get(oldName), now.get(column.name()))) {
                changed.add(column.name());
            }
        }
        oldNames.values().stream().filter(name -> old.get(name) != null).forEach(changed::add);
        return List.copyOf(changed);
    }
}
