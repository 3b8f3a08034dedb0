package dev.argondb.orm.sql;

import dev.argondb.ConstraintException;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.ColumnSpec;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.SchemaObject;
import dev.argondb.engine.state.CollectionView;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.Keys;
import dev.argondb.engine.tree.TreeCursor;
import dev.argondb.engine.work.UnitOfWork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.h2.message.DbException;
import org.h2.table.Column;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * An ALTER TABLE that made H2 copy a table. The original collection lives on under the new definition, and keeps every
 * document that reads the same under it: only rows that came out different are written.
 *
 * <p>Original and copy are walked in lock-step, which pairs their rows: by key where the key is the same, by position where
 * rows have no key of their own. If the keys do not pair up, all rows are written anew. Confined.
 */
final class Alteration {

    /** A row that must be written. */
    private record Change(byte[] key, Value[] values) {}

    private final ArgonTable table;
    private final CollectionSchema original;
    private final CollectionSchema copy;
    private final Ddl ddl;
    private final List<ColumnSpec> columns = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    Alteration(ArgonTable table, CollectionSchema original, Ddl ddl) {
        this.table = table;
        this.original = original;
        this.copy = table.collection();
        this.ddl = ddl;
        matchColumns();
    }

    /** Returns the collection before. */
    CollectionSchema original() {
        return original;
    }

    /** Returns the columns after, with their fields. */
    List<ColumnSpec> columns() {
        return columns;
    }

    /** Returns the fields of columns that are gone. */
    List<String> droppedFields() {
        Set<String> kept = new HashSet<>();
        columns.forEach(column -> kept.add(column.field()));
        return original.columns().stream()
                .map(ColumnSpec::field)
                .filter(field -> !kept.contains(field))
                .toList();
    }

    private void matchColumns() {
        Set<String> taken = takenFields(ddl.before(), original);
        Value[] first = firstRow();
        for (Column column : table.getColumns()) {
            ColumnSpec old = column(column.getName());
            if (old != null) {
                columns.add(Ddl.column(column, old.field(), isReadable(old, column.getType()) ? old.missing() : ""));
            } else {
                String missing = first == null ? "" : MissingValue.write(first[column.getColumnId()]);
                columns.add(Ddl.column(column, freeField(column.getName(), taken), missing));
            }
        }
    }

    private @Nullable ColumnSpec column(String name) {
        for (ColumnSpec column : original.columns()) {
            if (column.name().equals(name)) {
                return column;
            }
        }
        return null;
    }

    private Value @Nullable [] firstRow() {
        CollectionView view = ddl.work().view(copy.id());
        TreeCursor<Record> cursor = view.records(KeyRange.ALL, false);
        return cursor.next() ? Ddl.row((TableFormat) view.format(), cursor).copyOfValues() : null;
    }

    private static Set<String> takenFields(Schema before, CollectionSchema collection) {
        Set<String> taken = new HashSet<>();
        collection.columns().forEach(column -> taken.add(column.field()));
        for (SchemaObject object : before.objects()) {
            if (object.kind().equals(SchemaKind.DROPPED_FIELD.text())
                    && DroppedField.table(object) == collection.id()) {
                taken.add(DroppedField.field(object));
            }
        }
        return taken;
    }

    private static String freeField(String name, Set<String> taken) {
        String field = name;
        for (int i = 2; !taken.add(field); i++) {
            field = name + "_" + i;
        }
        return field;
    }

    /** Compares the rows, before the schema changes, and takes those away that must be written anew. */
    void prepare() {
        UnitOfWork work = ddl.work();
        CollectionView from = work.view(original.id());
        CollectionView to = work.view(copy.id());
        if (!hasSameKeyColumns() || from.size() != to.size() || !compare(from, to)) {
            changes.clear();
            collectAll(to);
            Ddl.deleteAll(work, original.id());
            return;
        }
        for (Change change : changes) {
            if (SchemaReading.isLong(original)) {
                work.delete(original.id(), Keys.toLong(change.key()));
            } else {
                work.delete(original.id(), change.key());
            }
        }
    }

    private boolean hasSameKeyColumns() {
        if (original.keyKind() != copy.keyKind()
                || original.keyColumns().size() != copy.keyColumns().size()) {
            return false;
        }
        for (int i = 0; i < original.keyColumns().size(); i++) {
            String before = original.columns().get(original.keyColumns().get(i)).field();
            if (!before.equals(columns.get(copy.keyColumns().get(i)).field())) {
                return false;
            }
        }
        return true;
    }

    /** Walks both; returns false where their keys do not pair up. */
    private boolean compare(CollectionView from, CollectionView to) {
        boolean rowIds =
                original.keyKind() == KeyKind.LONG && original.keyColumns().isEmpty();
        Layout adapted = new Layout(columns);
        boolean[] reencoded = reencoded();
        TableFormat oldFormat = (TableFormat) from.format();
        TableFormat newFormat = (TableFormat) to.format();
        TreeCursor<Record> old = from.records(KeyRange.ALL, false);
        TreeCursor<Record> copied = to.records(KeyRange.ALL, false);
        while (old.next() && copied.next()) {
            byte[] key = old.key();
            if (!rowIds && !Arrays.equals(key, copied.key())) {
                return false;
            }
            Value[] values = Ddl.row(newFormat, copied).copyOfValues();
            if (!isSame(adapted, Ddl.row(oldFormat, old), values, reencoded)) {
                changes.add(new Change(key, values));
            }
        }
        return true;
    }

    private static boolean isSame(Layout adapted, SqlRow before, Value[] after, boolean[] reencoded) {
        for (int i = 0; i < after.length; i++) {
            if (reencoded[i] && after[i].getValueType() != Value.NULL) {
                return false;
            }
        }
        try {
            SqlRow row = adapted.adapt(before);
            for (int i = 0; i < after.length; i++) {
                if (!row.value(i).equals(after[i])) {
                    return false;
                }
            }
            return true;
        } catch (DbException e) {
            return false;
        }
    }

    /** Which columns changed to a type whose values may not be read from what documents hold now. */
    private boolean[] reencoded() {
        boolean[] reencoded = new boolean[columns.size()];
        for (int i = 0; i < reencoded.length; i++) {
            ColumnSpec now = columns.get(i);
            ColumnSpec old = column(now.name());
            reencoded[i] = old != null && !isReadable(old, TypeText.parse(now.type()));
        }
        return reencoded;
    }

    /** Whether documents written for a column read right under another type; null in them, and no field, always does. */
    private static boolean isReadable(ColumnSpec column, TypeInfo now) {
        TypeInfo before = TypeText.parse(column.type());
        if (before.getValueType() == now.getValueType()) {
            return before.getExtTypeInfo() == null
                    ? now.getExtTypeInfo() == null
                    : before.getExtTypeInfo().equals(now.getExtTypeInfo());
        }
        return (isInteger(before) && (isInteger(now) || now.getValueType() == Value.NUMERIC))
                || (isString(before) && isString(now))
                || (isBinary(before) && isBinary(now));
    }

    private static boolean isInteger(TypeInfo type) {
        return switch (type.getValueType()) {
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER, Value.BIGINT -> true;
            default -> false;
        };
    }

    private static boolean isString(TypeInfo type) {
        return switch (type.getValueType()) {
            case Value.CHAR, Value.VARCHAR, Value.VARCHAR_IGNORECASE, Value.CLOB -> true;
            default -> false;
        };
    }

    private static boolean isBinary(TypeInfo type) {
        return switch (type.getValueType()) {
            case Value.BINARY, Value.VARBINARY, Value.BLOB -> true;
            default -> false;
        };
    }

    private void collectAll(CollectionView to) {
        TableFormat format = (TableFormat) to.format();
        TreeCursor<Record> cursor = to.records(KeyRange.ALL, false);
        while (cursor.next()) {
            changes.add(new Change(cursor.key(), Ddl.row(format, cursor).copyOfValues()));
        }
    }

    /** Writes the rows that came out different, after the schema has changed. */
    void finish() {
        UnitOfWork work = ddl.work();
        TableFormat format = (TableFormat) work.view(original.id()).format();
        for (Change change : changes) {
            try {
                write(work, format, change);
            } catch (ConstraintException e) {
                throw SqlErrors.of(e);
            }
        }
    }

    private void write(UnitOfWork work, TableFormat format, Change change) {
        if (format.hasLongKeys()) {
            long key = Keys.toLong(change.key());
            work.insert(original.id(), key, new SqlRow(format.layout(), change.values(), key));
        } else {
            SqlRow row = new SqlRow(format.layout(), change.values(), Layout.nextRowNumber());
            work.insert(original.id(), change.key(), row);
        }
    }
}
