package dev.argondb.spring.data;

import dev.argondb.Argon;
import dev.argondb.Commit;
import dev.argondb.DocumentChange;
import dev.argondb.DocumentDiff;
import dev.argondb.DocumentHistory;
import dev.argondb.Lsn;
import dev.argondb.Operation;
import dev.argondb.Ref;
import dev.argondb.WalEntry;
import dev.argondb.spring.data.EntityDifference.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;

/**
 * What happened to the entities of one type, and how they differ between states.
 *
 * <p>Thread-safe.
 */
final class EntityLog<T, ID> {

    private final PersistenceUnit unit;
    private final EntityPersister type;
    private final EntityTables tables;
    private final EntityValues values;
    private final Snapshots<T> snapshots;

    EntityLog(PersistenceUnit unit, Class<T> type) {
        SessionFactoryImplementor factory = unit.sessionFactory();
        this.unit = unit;
        this.type = factory.getMappingMetamodel().getEntityDescriptor(type);
        this.tables = EntityTables.of(factory, this.type);
        this.values = new EntityValues(factory);
        this.snapshots = new Snapshots<>(unit.sessions(), type);
    }

    PersistenceUnit unit() {
        return unit;
    }

    Snapshots<T> snapshots() {
        return snapshots;
    }

    /** Returns the changes of one entity, back to its insert. */
    EntityHistory<T, ID> history(Ref ref, ID id) {
        Optional<String> table = tables.onlyTable();
        return table.isPresent() && isPlain(id) ? historyOfRow(ref, table.get(), id) : historyOfCommits(ref, id);
    }

    /** Such an identifier is the key of its row as it is. */
    private static boolean isPlain(Object id) {
        return id instanceof Number || id instanceof String || id instanceof UUID;
    }

    /** The whole entity is one document. */
    private EntityHistory<T, ID> historyOfRow(Ref ref, String table, ID id) {
        DocumentHistory history = argon().history(ref, table, id);
        List<EntityChange<T, ID>> found = new ArrayList<>();
        for (DocumentChange change : history.changes()) {
            found.addAll(changes(ref, change.commit(), List.of(change.entry()), id::equals));
        }
        return new EntityHistory<>(found, history.reclaimedBefore());
    }

    private EntityHistory<T, ID> historyOfCommits(Ref ref, ID id) {
        List<EntityChange<T, ID>> found = new ArrayList<>();
        List<Commit> commits = argon().commits(ref, Integer.MAX_VALUE);
        for (Commit commit : commits) {
            found.addAll(changes(ref, commit, id::equals));
            if (!found.isEmpty() && found.get(found.size() - 1).operation() == Operation.INSERT) {
                return new EntityHistory<>(found, Optional.empty());
            }
        }
        return new EntityHistory<>(found, cutAt(commits));
    }

    /** Returns the first LSN that is still there, where the log does not reach back to the first commit. */
    private static Optional<Lsn> cutAt(List<Commit> commits) {
        return commits.isEmpty() || commits.get(commits.size() - 1).parent().isEmpty()
                ? Optional.empty()
                : Optional.of(commits.get(commits.size() - 1).firstLsn());
    }

    /** Returns the changes of all entities in the commits between two LSNs, both included. */
    List<EntityChange<T, ID>> changesIn(Lsn first, Lsn last) {
        return changes(unit.at(last), commit -> commit.lsn().compareTo(first) >= 0);
    }

    /** Returns the changes of all entities in the commits between two times, both included. */
    List<EntityChange<T, ID>> changesIn(Instant first, Instant last) {
        return changes(unit.at(last), commit -> !commit.time().isBefore(first));
    }

    private List<EntityChange<T, ID>> changes(Ref ref, Predicate<Commit> isInRange) {
        List<EntityChange<T, ID>> found = new ArrayList<>();
        for (Commit commit : argon().commits(ref, Integer.MAX_VALUE)) {
            if (!isInRange.test(commit)) {
                break;
            }
            found.addAll(changes(ref, commit, id -> true));
        }
        return found;
    }

    private List<EntityChange<T, ID>> changes(Ref ref, Commit commit, Predicate<Object> isWanted) {
        List<WalEntry> entries = argon().entries(new Ref.AtLsn(unit.branch(ref), commit.lsn()));
        return changes(ref, commit, entries, isWanted);
    }

    private List<EntityChange<T, ID>> changes(
            Ref ref, Commit commit, List<WalEntry> entries, Predicate<Object> isWanted) {
        String branch = unit.branch(ref);
        List<EntityChange<T, ID>> changes = new ArrayList<>();
        EntityChanges.of(tables, entries).forEach((id, draft) -> {
            if (isWanted.test(id)) {
                changes.add(change(branch, commit, id, draft));
            }
        });
        changes.removeIf(change -> !isOfType(change));
        return changes;
    }

    @SuppressWarnings("unchecked") // the mapping of the type made the identifier
    private EntityChange<T, ID> change(String branch, Commit commit, Object id, EntityChanges.Draft draft) {
        Function<Lsn, Optional<T>> states = lsn -> snapshots.find(new Ref.AtLsn(branch, lsn), id);
        return new EntityChange<>((ID) id, draft.operation(), commit, draft.attributes(), states);
    }

    /** The tables of a subtype hold entities of other types as well. */
    private boolean isOfType(EntityChange<T, ID> change) {
        return type.getSuperMappingType() == null
                || (change.operation() == Operation.DELETE ? change.before() : change.entity()).isPresent();
    }

    /** Returns the entities that differ between two states. */
    List<EntityDifference<T, ID>> diff(Ref from, Ref to) {
        Map<Object, Set<String>> touched = touched(from, to);
        List<Object> ids = List.copyOf(touched.keySet());
        Map<Object, T> before = snapshots.findAll(from, ids);
        Map<Object, T> after = snapshots.findAll(to, ids);
        List<EntityDifference<T, ID>> differences = new ArrayList<>();
        touched.forEach((id, attributes) -> {
            if (before.containsKey(id) || after.containsKey(id)) {
                differences.add(difference(
                        id, attributes, Optional.ofNullable(before.get(id)), Optional.ofNullable(after.get(id))));
            }
        });
        return differences;
    }

    private Map<Object, Set<String>> touched(Ref from, Ref to) {
        Map<Object, Set<String>> touched = new LinkedHashMap<>();
        for (String table : tables.names()) {
            for (DocumentDiff diff : argon().diff(from, to, table)) {
                for (EntityTables.Part part : tables.parts(table)) {
                    touch(part, diff, touched);
                }
            }
        }
        return touched;
    }

    private void touch(EntityTables.Part part, DocumentDiff diff, Map<Object, Set<String>> touched) {
        Set<String> attributes;
        if (part instanceof EntityTables.Row row) {
            attributes = EntityTables.attributes(row, diff.changedFields());
        } else if (part instanceof EntityTables.Elements elements && elements.isChangedBy(diff.changedFields())) {
            attributes = Set.of(elements.attribute());
        } else {
            return;
        }
        for (Map<String, Object> document : List.of(diff.before(), diff.after())) {
            Object id = tables.identifier(part, document);
            if (id != null) {
                touched.computeIfAbsent(id, key -> new LinkedHashSet<>()).addAll(attributes);
            }
        }
    }

    @SuppressWarnings("unchecked") // the mapping of the type made the identifier
    private EntityDifference<T, ID> difference(Object id, Set<String> touched, Optional<T> before, Optional<T> after) {
        Operation operation =
                before.isEmpty() ? Operation.INSERT : after.isEmpty() ? Operation.DELETE : Operation.UPDATE;
        Map<String, Object> was = values.of(before);
        Map<String, Object> is = values.of(after);
        Set<String> names = new LinkedHashSet<>(was.keySet());
        names.addAll(is.keySet());
        Map<String, Values> attributes = new LinkedHashMap<>();
        for (String name : names) {
            if (operation != Operation.UPDATE || touched.contains(name)) {
                attributes.put(name, new Values(was.get(name), is.get(name)));
            }
        }
        return new EntityDifference<>((ID) id, operation, before, after, attributes);
    }

    private Argon argon() {
        return unit.argon();
    }
}
