package dev.argondb.engine.merge;

import dev.argondb.ColumnRole;
import dev.argondb.ConstraintException;
import dev.argondb.InvalidRequestException;
import dev.argondb.MergeConflict;
import dev.argondb.MergeConflict.Kind;
import dev.argondb.MergePlan;
import dev.argondb.Resolution;
import dev.argondb.UnsupportedException;
import dev.argondb.engine.log.Document;
import dev.argondb.engine.merge.BrokenKeys.BrokenKey;
import dev.argondb.engine.merge.DocumentRules.Broken;
import dev.argondb.engine.merge.MergeOutcome.Write;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.SchemaObject;
import dev.argondb.engine.state.Changes;
import dev.argondb.engine.state.Changes.Change;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.state.StoredDocument;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.TreeCursor;
import dev.argondb.engine.work.UnitOfWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the merged state in a unit of work on the target, which is never committed, and finds what is in conflict.
 *
 * <p>First each document that theirs changed since the base is merged by itself ({@link DocumentMerge}). Then keys and checks are
 * tested on the result, and again after each resolution that changes it.
 *
 * <p>Confined to one thread.
 */
final class MergeRun {

    private final MergeTask task;
    private final Resolutions resolutions;
    private final UnitOfWork merged;
    private final DocumentRules.Run rules;
    private final DatabaseState ours;
    private final DatabaseState theirs;
    private final boolean isSchemaOfTheirs;

    private final Map<Place, @Nullable Document> writes = new TreeMap<>();
    /** Documents that neither side has as they are now, so that their rules must be tested. */
    private final Set<Place> mixed = new TreeSet<>();

    private final Map<Place, List<MergeConflict>> conflicts = new TreeMap<>();
    private final Set<String> applied = new HashSet<>();
    private final Map<Integer, DocumentMerge> merges = new HashMap<>();
    /** A document that both sides changed alike, or whose conflict was decided. */
    private @Nullable Place agreed;

    private MergeRun(
            MergeTask task, Resolutions resolutions, UnitOfWork merged, DocumentRules.Run rules, Schema schema) {
        this.task = task;
        this.resolutions = resolutions;
        this.merged = merged;
        this.rules = rules;
        this.ours = merged.base();
        this.theirs = task.theirs().state();
        this.isSchemaOfTheirs = !ours.schema().equals(schema);
    }

    /**
     * Merges in a unit of work on the target's head, which the caller rolls back.
     *
     * @throws UnsupportedException if the schemas do not merge
     */
    static MergeOutcome run(MergeTask task, Resolutions resolutions, UnitOfWork merged) {
        Schema schema = new SchemaMerge(task, merged.base(), task.theirs().state()).schema();
        if (!schema.equals(merged.schema())) {
            changeSchema(task, merged, schema);
        }
        try (DocumentRules.Run rules = task.rules().begin(merged)) {
            return new MergeRun(task, resolutions, merged, rules, schema).run();
        }
    }

    private static void changeSchema(MergeTask task, UnitOfWork merged, Schema schema) {
        try {
            merged.changeSchema(schema);
        } catch (ConstraintException e) {
            throw new UnsupportedException("the schema of " + task.source() + " has a key that rows of `"
                    + task.target() + "` break: " + e.getMessage() + "; correct the rows, then plan again");
        }
    }

    private MergeOutcome run() {
        for (SchemaObject object : merged.schema().objects()) {
            if (object.collection() != null) {
                mergeCollection(object.id());
            }
        }
        boolean isAgain = true;
        while (isAgain) {
            isAgain = testKeysAndRules();
        }
        return outcome();
    }

    private MergeOutcome outcome() {
        List<Write> all = new ArrayList<>();
        writes.forEach((place, after) -> all.add(write(place, after)));
        List<MergeConflict> open = new ArrayList<>();
        conflicts.values().forEach(open::addAll);
        Schema schema = isSchemaOfTheirs ? merged.schema() : null;
        boolean isToBeRecorded = task.kind() == MergePlan.Kind.MERGE
                && schema == null
                && all.isEmpty()
                && open.isEmpty()
                && (agreed != null || !applied.isEmpty());
        return new MergeOutcome(schema, all, open, isToBeRecorded ? unchanged() : null);
    }

    private Write write(Place place, @Nullable Document after) {
        CollectionState before = ours.collection(place.collectionId());
        Document old = document(ours, place);
        return new Write(
                place,
                old == null ? null : StoredDocument.inMemory(old),
                after,
                Shape.of(before),
                shape(place.collectionId()));
    }

    private Shape shape(int collectionId) {
        return Objects.requireNonNull(Shape.of(merged.view(collectionId)));
    }

    /** Returns any document of the target as it is: the one that was agreed on, if it is there. */
    private @Nullable Write unchanged() {
        Place place = agreed != null && document(ours, agreed) != null ? agreed : anyPlace();
        Document document = place == null ? null : document(ours, place);
        return place == null || document == null
                ? null
                : write(place, shapeOfOurs(place).format().decoded(place.key(), document));
    }

    /** How the target's own documents are read. */
    private Shape shapeOfOurs(Place place) {
        return Objects.requireNonNull(Shape.of(ours.collection(place.collectionId())));
    }

    private @Nullable Place anyPlace() {
        for (int i = ours.count() - 1; i >= 0; i--) {
            TreeCursor<Record> cursor = ours.at(i).records(KeyRange.ALL, false);
            if (cursor.next()) {
                return new Place(ours.at(i).schema().id(), cursor.key());
            }
        }
        return null;
    }

    static @Nullable Document document(DatabaseState state, Place place) {
        CollectionState collection = state.collection(place.collectionId());
        Record record = collection == null ? null : collection.find(place.key());
        return record == null ? null : record.document();
    }

    // ---- documents

    private void mergeCollection(int id) {
        CollectionState now = theirs.collection(id);
        if (now == null) {
            return;
        }
        DocumentMerge merge = documentMerge(id);
        for (Change change : task.bases().changes(id, now)) {
            Place place = new Place(id, change.key());
            CollectionState mine = ours.collection(id);
            Record present = mine == null ? null : mine.find(change.key());
            take(place, merge.merge(place, change.before(), present, change.after()));
        }
        if (isSchemaOfTheirs) {
            Changes.of(task.bases().newestState().collection(id), ours.collection(id))
                    .forEach(change -> mixed.add(new Place(id, change.key())));
        }
    }

    private DocumentMerge documentMerge(int id) {
        return merges.computeIfAbsent(id, any -> {
            Shape shape = shape(id);
            return new DocumentMerge(task, resolutions, shape, roles(shape), derived(shape.schema()), applied::add);
        });
    }

    private Roles roles(Shape shape) {
        CollectionSchema schema = shape.schema();
        Map<Integer, ColumnRole> roles = new HashMap<>();
        for (int i = 0; i < schema.columns().size(); i++) {
            int column = i;
            task.policy()
                    .role(schema.name(), schema.columns().get(i).name())
                    .ifPresent(role -> roles.put(column, role));
        }
        return new Roles(shape.format(), schema.columns(), roles);
    }

    private Set<Integer> derived(CollectionSchema schema) {
        Set<Integer> derived = new HashSet<>();
        for (int i = 0; i < schema.columns().size(); i++) {
            if (rules.isDerived(schema, i)) {
                derived.add(i);
            }
        }
        return derived;
    }

    private void take(Place place, DocumentMerge.Result result) {
        if (!result.conflicts().isEmpty()) {
            conflicts.computeIfAbsent(place, any -> new ArrayList<>()).addAll(result.conflicts());
        }
        switch (result.outcome()) {
            case KEEP -> {}
            case AGREED -> agreed = place;
            case TAKE -> put(place, result.document(), isSchemaOfOursAlone());
            case MIX -> put(place, result.document(), true);
        }
    }

    /** Theirs were never tested by rules that only ours have. */
    private boolean isSchemaOfOursAlone() {
        return !ours.schema().equals(theirs.schema()) && !isSchemaOfTheirs;
    }

    private void put(Place place, @Nullable Document document, boolean isMixed) {
        Document after =
                document == null ? null : shape(place.collectionId()).format().decoded(place.key(), document);
        merged.put(place.collectionId(), place.key(), after);
        writes.put(place, after);
        if (isMixed && after != null) {
            mixed.add(place);
        } else {
            mixed.remove(place);
        }
    }

    /** Makes a document what it is on one side. */
    private void put(Place place, Resolution.Side side) {
        if (side == Resolution.Side.THEIRS) {
            put(place, document(theirs, place), isSchemaOfOursAlone());
        } else {
            Document present = document(ours, place);
            merged.put(place.collectionId(), place.key(), present);
            writes.remove(place);
        }
    }

    // ---- keys and rules

    /** Returns whether a resolution changed the merged state, so that it must be tested again. */
    private boolean testKeysAndRules() {
        conflicts.values().forEach(all -> all.removeIf(MergeRun::isOfKeyOrRule));
        boolean isChanged = testRules();
        if (!isChanged) {
            Set<Place> changed = new TreeSet<>(writes.keySet());
            changed.addAll(mixed);
            for (BrokenKey broken : new BrokenKeys(merged, List.of(ours, theirs)).in(changed)) {
                isChanged |= decide(broken);
            }
        }
        return isChanged;
    }

    private static boolean isOfKeyOrRule(MergeConflict conflict) {
        return switch (conflict.kind()) {
            case UNIQUE, FOREIGN_KEY, NOT_NULL, CHECK -> true;
            case FIELD, UPDATE_DELETE, INSERT_INSERT -> false;
        };
    }

    private boolean testRules() {
        boolean isChanged = false;
        for (Place place : new ArrayList<>(mixed)) {
            Record record = merged.view(place.collectionId()).find(place.key());
            if (record != null) {
                isChanged |= testRules(place, record.document());
            }
        }
        return isChanged;
    }

    private boolean testRules(Place place, Document document) {
        Shape shape = shape(place.collectionId());
        DocumentRules.Outcome outcome = rules.apply(shape.schema(), place.key(), document(ours, place), document);
        if (outcome.document() != document && !isEqual(shape, outcome.document(), document)) {
            put(place, outcome.document(), true);
        }
        boolean isChanged = false;
        for (Broken broken : outcome.broken()) {
            isChanged |= decide(place, shape, broken);
        }
        return isChanged;
    }

    private static boolean isEqual(Shape shape, Document a, Document b) {
        return shape.format().fields(a).equals(shape.format().fields(b));
    }

    private boolean decide(Place place, Shape shape, Broken broken) {
        MergeConflict conflict =
                conflict(broken.kind(), place, shape, broken.column(), broken.constraint(), broken.text());
        return decide(conflict, place, null);
    }

    private boolean decide(BrokenKey broken) {
        Shape shape = shape(broken.at().collectionId());
        MergeConflict conflict = conflict(broken.kind(), broken.at(), shape, "", broken.constraint(), broken.text());
        return decide(conflict, broken.at(), broken.other());
    }

    private MergeConflict conflict(Kind kind, Place place, Shape shape, String field, String constraint, String text) {
        DocumentMerge merge = documentMerge(place.collectionId());
        return new MergeConflict(
                kind,
                shape.schema().name(),
                shape.format().documentId(place.key()),
                field,
                constraint,
                merge.baseValue(place, field),
                merge.value(document(ours, place), field),
                merge.value(document(theirs, place), field),
                text);
    }

    /** Applies the resolution of a conflict, once; without one the conflict stays. */
    private boolean decide(MergeConflict conflict, Place place, @Nullable Place other) {
        Resolution resolution = resolutions.of(conflict.id());
        if (resolution == null || !applied.add(conflict.id())) {
            conflicts.computeIfAbsent(place, any -> new ArrayList<>()).add(conflict);
            return false;
        }
        if (resolution instanceof Resolution.Side side) {
            put(place, side);
            if (other != null) {
                put(other, side);
            }
        } else if (resolution instanceof Resolution.Value value) {
            putValue(conflict, place, value.value());
        }
        return true;
    }

    private void putValue(MergeConflict conflict, Place place, @Nullable Object value) {
        Record record = merged.view(place.collectionId()).find(place.key());
        if (record == null) {
            throw new InvalidRequestException("conflict `" + conflict.id() + "` is about a document that is not there");
        }
        DocumentMerge merge = documentMerge(place.collectionId());
        put(
                place,
                conflict.field().isEmpty()
                        ? merge.document(place, record.document(), value)
                        : merge.withValue(place, record.document(), conflict.field(), value),
                true);
    }
}
