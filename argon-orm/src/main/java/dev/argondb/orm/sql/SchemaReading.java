package dev.argondb.orm.sql;

import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.ColumnSpec;
import dev.argondb.engine.schema.ForeignKeySpec;
import dev.argondb.engine.schema.IndexSpec;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.SchemaObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.h2.constraint.Constraint;
import org.h2.constraint.ConstraintReferential;
import org.h2.engine.DbObject;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.Index;
import org.h2.result.SearchRow;
import org.h2.schema.Sequence;
import org.h2.table.Column;
import org.h2.table.IndexColumn;
import org.jspecify.annotations.Nullable;

/**
 * Reads the schema back from H2 after a DDL statement: which objects there are, and under which ids.
 *
 * <p>An object keeps its id as long as H2 keeps the object, renamed or not. One that H2 made anew in place of one of the same
 * kind and name, as ALTER TABLE does, takes that one's id. All others get new ids.
 *
 * <p>Confined.
 */
final class SchemaReading {

    private static final String MAIN_SCHEMA = "public";

    private final Catalog catalog;
    private final Ddl ddl;
    private final SessionLocal session;
    private final Map<Integer, String> statements = new TreeMap<>();
    private final Map<Integer, DbObject> objects = new HashMap<>();
    private final Map<DbObject, Integer> idsByObject = new IdentityHashMap<>();
    private final Map<String, SchemaObject> orphans = new HashMap<>();
    private final List<Alteration> alterations = new ArrayList<>();

    SchemaReading(Catalog catalog, Ddl ddl, SessionLocal session) {
        this.catalog = catalog;
        this.ddl = ddl;
        this.session = session;
    }

    /** Returns what ALTER TABLE copied. */
    List<Alteration> alterations() {
        return alterations;
    }

    /** Reads. The schema before is returned where nothing changed. */
    Schema read() {
        readStatements();
        readObjects();
        findOrphans();
        assignIds();
        catalog.definitionsChanged();
        Map<Integer, SchemaObject> read = new TreeMap<>();
        for (Map.Entry<DbObject, Integer> entry : idsByObject.entrySet()) {
            SchemaObject object = describe(entry.getKey(), entry.getValue());
            read.put(object.id(), same(object));
        }
        addDroppedFields(read);
        return isUnchanged(read) ? ddl.before() : new Schema(read);
    }

    private SchemaObject same(SchemaObject object) {
        SchemaObject old = ddl.before().object(object.id());
        return old != null && object.equals(old) ? old : object;
    }

    private boolean isUnchanged(Map<Integer, SchemaObject> read) {
        return read.size() == ddl.before().objects().size()
                && ddl.before().objects().stream().allMatch(object -> object.equals(read.get(object.id())));
    }

    /** H2's system table: one row for each object, with the statement that makes it. */
    private void readStatements() {
        Cursor cursor = catalog.meta().getScanIndex(session).find(session, null, null, false);
        while (cursor.next()) {
            SearchRow row = cursor.get();
            statements.put(row.getValue(0).getInt(), row.getValue(3).getString());
        }
    }

    private void readObjects() {
        for (DbObject object : catalog.objects()) {
            if (statements.containsKey(object.getId())) {
                objects.put(object.getId(), object);
            }
        }
    }

    /** Objects of the schema before that H2 has no more. */
    private void findOrphans() {
        Set<Integer> present = new HashSet<>();
        for (DbObject h2Object : objects.values()) {
            Integer id = catalog.ids().get(h2Object);
            if (id != null) {
                present.add(id);
            }
        }
        for (SchemaObject object : ddl.before().objects()) {
            if (!present.contains(object.id())) {
                orphans.put(object.kind() + " " + object.name(), object);
            }
        }
    }

    private void assignIds() {
        for (DbObject object : objects.values()) {
            if (!(object instanceof Index)) {
                idsByObject.put(object, assignId(object));
            }
        }
        for (DbObject object : objects.values()) {
            if (object instanceof Index index) {
                idsByObject.put(object, assignId(index));
            }
        }
        catalog.ids().clear();
        catalog.ids().putAll(idsByObject);
    }

    private int assignId(DbObject object) {
        Integer known = catalog.ids().get(object);
        if (known != null) {
            return object instanceof Sequence sequence ? assignSequenceId(sequence, known) : known;
        }
        if (object instanceof Sequence sequence) {
            return catalog.adoptSequence(sequence, catalog.argon().nextObjectId())
                    .id();
        }
        if (object instanceof ArgonTable table) {
            return assignTableId(table);
        }
        SchemaObject orphan = orphans.remove(SchemaKind.of(object).text() + " " + name(object));
        if (object instanceof TreeIndex index) {
            if (orphan != null) {
                index.identify(orphan.id());
            }
            return index.specId();
        }
        return orphan != null ? orphan.id() : catalog.argon().nextObjectId();
    }

    /** A sequence that was restarted or redefined is another one from here on. */
    private int assignSequenceId(Sequence counter, int known) {
        ArgonSequence sequence = catalog.sequence(counter);
        if (sequence != null && !sequence.isRedefined()) {
            return known;
        }
        return catalog.adoptSequence(counter, catalog.argon().nextObjectId()).id();
    }

    private int assignTableId(ArgonTable table) {
        SchemaObject original = original(table);
        CollectionSchema collection = original == null ? null : original.collection();
        if (collection == null || original == null) {
            return table.collection().id();
        }
        orphans.remove(original.kind() + " " + original.name());
        alterations.add(new Alteration(table, collection, ddl));
        return original.id();
    }

    private @Nullable SchemaObject original(ArgonTable table) {
        String originalName = Ddl.originalName(table.createdName());
        if (originalName == null || !originalName.equals(table.getName())) {
            return null;
        }
        return orphans.get(SchemaKind.TABLE.text() + " " + name(table));
    }

    private SchemaObject describe(DbObject object, int id) {
        SchemaKind kind = SchemaKind.of(object);
        String sql = statements.get(object.getId());
        if (object instanceof Sequence counter) {
            ArgonSequence sequence = catalog.sequence(counter);
            sql = sequence == null ? sql : sequence.sqlFor(counter);
        }
        CollectionSchema collection = object instanceof ArgonTable table ? collection(table, id) : null;
        return new SchemaObject(id, kind.text(), name(object), kind.ordinal(), sql == null ? "" : sql, collection);
    }

    /** Returns an object's name as users see it; outside of the main schema with its schema's. */
    static String name(DbObject object) {
        if (object instanceof org.h2.schema.SchemaObject inSchema
                && !inSchema.getSchema().getName().equals(MAIN_SCHEMA)) {
            return inSchema.getSchema().getName() + "." + object.getName();
        }
        return object.getName();
    }

    private CollectionSchema collection(ArgonTable table, int id) {
        Alteration alteration = alteration(id);
        List<ColumnSpec> columns = alteration != null ? alteration.columns() : columns(table);
        CollectionSchema present = table.collection();
        List<IndexSpec> indexes = table.treeIndexes().stream().map(Ddl::spec).toList();
        CollectionSchema collection = new CollectionSchema(
                id, name(table), present.keyKind(), present.keyColumns(), columns, indexes, foreignKeys(table));
        table.redefine(collection);
        return collection;
    }

    private @Nullable Alteration alteration(int id) {
        return alterations.stream()
                .filter(alteration -> alteration.original().id() == id)
                .findFirst()
                .orElse(null);
    }

    /** The columns of a table that was not copied: their fields stay, whatever they are called now. */
    private static List<ColumnSpec> columns(ArgonTable table) {
        List<ColumnSpec> old = table.collection().columns();
        Column[] columns = table.getColumns();
        List<ColumnSpec> read = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            read.add(Ddl.column(columns[i], old.get(i).field(), old.get(i).missing()));
        }
        return read;
    }

    private List<ForeignKeySpec> foreignKeys(ArgonTable table) {
        List<ForeignKeySpec> keys = new ArrayList<>();
        for (Constraint constraint : table.getConstraints()) {
            if (constraint instanceof ConstraintReferential key
                    && key.getTable().getId() == table.getId()) {
                keys.add(foreignKey(key));
            }
        }
        return keys;
    }

    private ForeignKeySpec foreignKey(ConstraintReferential key) {
        Integer id = idsByObject.get(key);
        Integer parent = idsByObject.get(key.getRefTable());
        if (id == null || parent == null) {
            throw new AssertionError("foreign key `" + key.getName() + "` of an unknown table");
        }
        return new ForeignKeySpec(
                id,
                key.getName(),
                positions(key.getColumns()),
                treeId(key.getIndex()),
                parent,
                positions(key.getRefColumns()),
                treeId(key.getReferencedConstraint().getIndex()));
    }

    private static List<Integer> positions(IndexColumn[] columns) {
        return Arrays.stream(columns).map(column -> column.column.getColumnId()).toList();
    }

    private static int treeId(Index index) {
        return index instanceof TreeIndex tree ? tree.specId() : ForeignKeySpec.PRIMARY;
    }

    /** Dropped fields stay taken as long as their collection lives. */
    private void addDroppedFields(Map<Integer, SchemaObject> read) {
        for (SchemaObject object : ddl.before().objects()) {
            if (object.kind().equals(SchemaKind.DROPPED_FIELD.text()) && read.containsKey(DroppedField.table(object))) {
                read.put(object.id(), object);
            }
        }
        for (Alteration alteration : alterations) {
            for (String field : alteration.droppedFields()) {
                int id = catalog.argon().nextObjectId();
                read.put(id, DroppedField.of(id, alteration.original().id(), field));
            }
        }
    }

    /** Returns whether a collection is keyed by integers. */
    static boolean isLong(CollectionSchema collection) {
        return collection.keyKind() == KeyKind.LONG;
    }
}
