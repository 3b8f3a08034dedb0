package dev.argondb.orm.sql;

import dev.argondb.ConstraintException;
import dev.argondb.ReadOnlyException;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.ColumnSpec;
import dev.argondb.engine.schema.IndexSpec;
import dev.argondb.engine.schema.IndexSpec.IndexColumnSpec;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.state.CollectionView;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.TreeCursor;
import dev.argondb.engine.work.UnitOfWork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.engine.SessionLocal;
import org.h2.index.IndexType;
import org.h2.result.SearchRow;
import org.h2.table.Column;
import org.h2.table.IndexColumn;
import org.h2.table.Table;
import org.h2.table.TableBase;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * One DDL statement under way: tables and indexes that H2 makes get collections and trees in the unit of work at once, under
 * ids of their own; what they are called and which older ones they stand for is settled when the statement has ended
 * ({@link SchemaReading}).
 *
 * <p>Confined to the thread of the statement.
 */
final class Ddl {

    /** How H2 calls the table that ALTER TABLE copies into. */
    private static final Pattern COPY = Pattern.compile("(.*)_COPY_[0-9]+_[0-9]+");

    private final Catalog catalog;
    private final UnitOfWork work;
    private final Schema before;
    private final Set<Integer> created = new HashSet<>();
    private boolean touched;

    Ddl(Catalog catalog, UnitOfWork work) {
        this.catalog = catalog;
        this.work = work;
        this.before = work.schema();
    }

    /** Returns the schema before the statement. */
    Schema before() {
        return before;
    }

    UnitOfWork work() {
        return work;
    }

    /** Returns whether a collection was made by this statement. */
    boolean isCreated(int collectionId) {
        return created.contains(collectionId);
    }

    /** Returns whether any table or index was made or dropped. */
    boolean isTouched() {
        return touched;
    }

    /** Makes the collection of a new table, keyed by row ids as yet. */
    CollectionSchema create(ArgonTable table) {
        touched = true;
        int id = catalog.argon().nextObjectId();
        List<ColumnSpec> columns = Arrays.stream(table.getColumns())
                .map(column -> new ColumnSpec(column.getName(), column.getName(), TypeText.of(column.getType()), ""))
                .toList();
        CollectionSchema collection =
                new CollectionSchema(id, table.getName(), KeyKind.LONG, List.of(), columns, List.of(), List.of());
        created.add(id);
        define(collection);
        return collection;
    }

    private void define(CollectionSchema collection) {
        try {
            work.define(collection);
        } catch (ReadOnlyException e) {
            throw SqlErrors.readOnly(e);
        }
    }

    private void define(ArgonTable table, CollectionSchema redefined) {
        touched = true;
        define(redefined);
        table.redefine(redefined);
    }

    /** Makes an index: the table's own key where it can still become that, else a tree of its own. */
    ArgonIndex createIndex(
            SessionLocal session,
            ArgonTable table,
            String name,
            int id,
            IndexColumn[] columns,
            int uniqueColumns,
            IndexType type) {
        if (type.isPrimaryKey() && mayBeKey(table, columns)) {
            makeKey(table, columns, type);
            return Catalog.keyIndex(table, name, id, columns, type);
        }
        int specId = catalog.argon().nextObjectId();
        TreeIndex index = new TreeIndex(table, id, name, columns, uniqueColumns, type, specId);
        List<IndexSpec> indexes = new ArrayList<>(table.collection().indexes());
        indexes.add(spec(index));
        try {
            define(table, withIndexes(table.collection(), indexes));
        } catch (ConstraintException e) {
            table.getSchema().freeUniqueName(name);
            throw index.duplicateKey();
        }
        return index;
    }

    /** Returns an index as the schema describes it. */
    static IndexSpec spec(TreeIndex index) {
        List<IndexColumnSpec> columns = Arrays.stream(index.getIndexColumns())
                .map(column -> new IndexColumnSpec(
                        column.column.getColumnId(), KeyBounds.isDescending(column), KeyBounds.isNullsLast(column)))
                .toList();
        return new IndexSpec(
                index.specId(), index.getName(), columns, index.getUniqueColumnCount(), nulls(index.getIndexType()));
    }

    private static IndexSpec.Nulls nulls(IndexType type) {
        var distinct = type.getEffectiveNullsDistinct();
        if (distinct == null) {
            return IndexSpec.Nulls.DISTINCT;
        }
        return switch (distinct) {
            case DISTINCT -> IndexSpec.Nulls.DISTINCT;
            case ALL_DISTINCT -> IndexSpec.Nulls.ALL_DISTINCT;
            case NOT_DISTINCT -> IndexSpec.Nulls.NOT_DISTINCT;
        };
    }

    private static CollectionSchema withIndexes(CollectionSchema collection, List<IndexSpec> indexes) {
        return new CollectionSchema(
                collection.id(),
                collection.name(),
                collection.keyKind(),
                collection.keyColumns(),
                collection.columns(),
                indexes,
                collection.foreignKeys());
    }

    private static CollectionSchema withKey(CollectionSchema collection, KeyKind kind, List<Integer> columns) {
        return new CollectionSchema(
                collection.id(),
                collection.name(),
                kind,
                columns,
                collection.columns(),
                collection.indexes(),
                collection.foreignKeys());
    }

    /**
     * Returns whether a primary key can order the documents: while the table is empty; and in the copy that ALTER TABLE
     * makes, as it did in the original.
     */
    private boolean mayBeKey(ArgonTable table, IndexColumn[] columns) {
        for (IndexColumn column : columns) {
            if (KeyBounds.isDescending(column)) {
                return false;
            }
        }
        ArgonTable original = original(table);
        if (original != null && work.view(original.collection().id()).size() > 0) {
            return !original.collection().keyColumns().isEmpty();
        }
        return table.collection().keyColumns().isEmpty()
                && (original != null || work.view(table.collection().id()).size() == 0);
    }

    /** Returns the table that ALTER TABLE copies into this one, or null. */
    private @Nullable ArgonTable original(ArgonTable copy) {
        Matcher matcher = COPY.matcher(copy.createdName());
        if (!isCreated(copy.collection().id()) || !matcher.matches()) {
            return null;
        }
        Table original = copy.getSchema().findTableOrView(null, matcher.group(1));
        return original instanceof ArgonTable table ? table : null;
    }

    /** Returns the name of the table that ALTER TABLE copied into one of this created name, or null. */
    static @Nullable String originalName(String createdName) {
        Matcher matcher = COPY.matcher(createdName);
        return matcher.matches() ? matcher.group(1) : null;
    }

    private void makeKey(ArgonTable table, IndexColumn[] columns, IndexType type) {
        boolean integer = TableBase.getMainIndexColumn(type, columns) != SearchRow.ROWID_INDEX;
        List<Integer> positions = Arrays.stream(columns)
                .map(column -> column.column.getColumnId())
                .toList();
        rekey(table, withKey(table.collection(), integer ? KeyKind.LONG : KeyKind.TUPLE, positions));
    }

    /** The primary key goes: rows get row ids. */
    void dropKey(ArgonTable table) {
        if (!table.isBeingDropped()) {
            rekey(table, withKey(table.collection(), KeyKind.LONG, List.of()));
        }
    }

    /** An index goes. */
    void dropIndex(ArgonTable table, TreeIndex index) {
        if (!table.isBeingDropped()) {
            List<IndexSpec> indexes = table.collection().indexes().stream()
                    .filter(spec -> spec.id() != index.specId())
                    .toList();
            define(table, withIndexes(table.collection(), indexes));
        }
    }

    /** A table goes; its rows stay until the statement has ended, because its copy may take its place. */
    void dropTable() {
        touched = true;
    }

    /** Puts the documents of a table under other keys. */
    private void rekey(ArgonTable table, CollectionSchema redefined) {
        int id = redefined.id();
        List<Value[]> rows = rows(work.view(id));
        deleteAll(work, id);
        define(table, redefined);
        TableFormat format = (TableFormat) work.view(id).format();
        for (Value[] values : rows) {
            try {
                insert(work, id, format, values);
            } catch (ConstraintException e) {
                throw SqlErrors.of(e);
            }
        }
    }

    /** Adds a row under the key that its values or the next row id give it. */
    private void insert(UnitOfWork into, int id, TableFormat format, Value[] values) {
        if (!format.hasLongKeys()) {
            SqlRow row = new SqlRow(format.layout(), values, Layout.nextRowNumber());
            into.insert(id, format.tupleKey(row), row);
            return;
        }
        long key = format.hasKeyColumn() ? values[format.keyColumn()].getLong() : catalog.nextRowId();
        into.insert(id, key, new SqlRow(format.layout(), values, key));
    }

    /** Returns the values of all rows in key order. */
    static List<Value[]> rows(CollectionView view) {
        List<Value[]> rows = new ArrayList<>();
        TableFormat format = (TableFormat) view.format();
        TreeCursor<Record> cursor = view.records(KeyRange.ALL, false);
        while (cursor.next()) {
            rows.add(row(format, cursor).copyOfValues());
        }
        return rows;
    }

    /** Returns the row that a cursor stands on. */
    static SqlRow row(TableFormat format, TreeCursor<Record> cursor) {
        return format.row(cursor.value(), format.hasLongKeys() ? cursor.longKey() : 0);
    }

    /** Removes all documents of a collection. */
    static void deleteAll(UnitOfWork work, int id) {
        CollectionView view = work.view(id);
        TreeCursor<Record> cursor = view.records(KeyRange.ALL, false);
        boolean longKeys = view.schema().keyKind() == KeyKind.LONG;
        while (cursor.next()) {
            if (longKeys) {
                work.delete(id, cursor.longKey());
            } else {
                work.delete(id, cursor.key());
            }
        }
    }

    /** Returns a column as the schema describes it. */
    static ColumnSpec column(Column column, String field, String missing) {
        return new ColumnSpec(column.getName(), field, TypeText.of(column.getType()), missing);
    }
}
