package dev.argondb.orm.sql;

import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.SchemaObject;
import dev.argondb.engine.state.CollectionFormat;
import dev.argondb.engine.state.DocumentKeys;
import java.util.List;
import java.util.Locale;
import org.h2.value.Value;
import org.h2.value.ValueToObjectConverter;
import org.jspecify.annotations.Nullable;

/** Finds tables and keys of rows for layers that know them by name and by JDBC values. */
public final class DocumentIds {

    private static final String DEFAULT_SCHEMA = "public.";

    private DocumentIds() {}

    /** Returns the table that an SQL name stands for, quoted or not, such as {@code sales.orders}; null for none. */
    public static @Nullable CollectionSchema collection(Schema schema, String sqlName) {
        String wanted = name(sqlName);
        for (SchemaObject object : schema.objects()) {
            CollectionSchema collection = object.collection();
            if (collection != null && collection.name().equalsIgnoreCase(wanted)) {
                return collection;
            }
        }
        return null;
    }

    /** Returns the name of a table or column that an SQL name stands for, quoted or not. */
    public static String name(String sqlName) {
        String name = unquoted(sqlName).toLowerCase(Locale.ROOT);
        return name.startsWith(DEFAULT_SCHEMA) ? name.substring(DEFAULT_SCHEMA.length()) : name;
    }

    /**
     * Returns the key of the document that holds a row.
     *
     * @param format the format of the row's table
     * @param columns the names of the primary key's columns, in any order
     * @param values their values as they are bound to a statement, none null
     * @return null where the table has no primary key of these columns
     */
    public static byte @Nullable [] key(CollectionFormat format, List<String> columns, List<Object> values) {
        TableFormat table = (TableFormat) format;
        List<Integer> keyColumns = table.schema().keyColumns();
        if (keyColumns.size() != columns.size()) {
            return null;
        }
        Value[] row = new Value[table.schema().columns().size()];
        for (int i = 0; i < columns.size(); i++) {
            int position = position(table.schema(), columns.get(i));
            if (!keyColumns.contains(position)) {
                return null;
            }
            row[position] = value(table, position, values.get(i));
        }
        return key(table, row);
    }

    private static byte[] key(TableFormat table, Value[] row) {
        if (table.hasKeyColumn()) {
            return DocumentKeys.ofLong(row[table.keyColumn()].getLong());
        }
        return table.tupleKey(new SqlRow(table.layout(), row, 0));
    }

    private static Value value(TableFormat table, int position, Object value) {
        return ValueToObjectConverter.objectToValue(null, value, Value.UNKNOWN)
                .convertTo(table.layout().field(position).type(), null);
    }

    private static int position(CollectionSchema table, String column) {
        String name = unquoted(column);
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    private static String unquoted(String name) {
        return name.replace("\"", "").replace("`", "");
    }
}
