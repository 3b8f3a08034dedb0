package dev.argondb.orm.sql;

import dev.argondb.InvalidRequestException;
import dev.argondb.engine.log.Document;
import dev.argondb.engine.log.EncodedDocument;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.ForeignKeySpec;
import dev.argondb.engine.schema.IndexSpec;
import dev.argondb.engine.schema.IndexSpec.IndexColumnSpec;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.schema.SchemaCodec;
import dev.argondb.engine.state.CollectionFormat;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.Keys;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.h2.message.DbException;
import org.h2.value.Value;
import org.h2.value.ValueJson;
import org.h2.value.ValueNull;
import org.h2.value.ValueToObjectConverter;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one table as rows of its columns.
 *
 * <p>Thread-safe.
 */
final class TableFormat implements CollectionFormat {

    /** What a thread decoded last. */
    private record Decoded(Document document, SqlRow row) {}

    private static final ThreadLocal<@Nullable Decoded> LAST_DECODED = new ThreadLocal<>();
    private static final int MAX_REMEMBERED_BYTES = 4096;

    private static final List<Class<?>> VALUES = List.of(
            String.class,
            Character.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            byte[].class,
            UUID.class,
            Date.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Instant.class);

    private final CollectionSchema schema;
    private final Layout layout;
    private final int[] keyColumns;
    private final boolean longKeys;

    TableFormat(CollectionSchema schema, Layout layout) {
        this.schema = schema;
        this.layout = layout;
        this.keyColumns =
                schema.keyColumns().stream().mapToInt(Integer::intValue).toArray();
        this.longKeys = schema.keyKind() == KeyKind.LONG;
    }

    Layout layout() {
        return layout;
    }

    CollectionSchema schema() {
        return schema;
    }

    /**
     * Returns a record's row. Leaves it decoded in the record where nothing is lost by that, unless the document is one that is
     * read from a page of its own each time.
     */
    SqlRow row(Record record, long key) {
        Document document = record.document();
        if (document instanceof SqlRow row && row.layout() == layout) {
            return row;
        }
        return slowRow(record, document, key);
    }

    private SqlRow slowRow(Record record, Document document, long key) {
        if (document instanceof SqlRow row) {
            return layout.adapt(row);
        }
        byte[] bson = document.encode();
        SqlRow row = layout.decode(bson, longKeys ? key : Layout.nextRowNumber());
        if (document instanceof EncodedDocument && layout.isPure(bson)) {
            record.decoded(row);
        }
        return row;
    }

    /** Returns a document's row; its key is no integer key unless it was there before. */
    SqlRow row(Document document) {
        if (document instanceof SqlRow row) {
            return layout.adapt(row);
        }
        return decoded(document);
    }

    /** The engine asks for the keys of all indexes of one document in a row: it is decoded once. */
    @SuppressWarnings("ReferenceEquality") // the very document
    private SqlRow decoded(Document document) {
        Decoded last = LAST_DECODED.get();
        if (last != null && last.document() == document && last.row().layout() == layout) {
            return last.row();
        }
        byte[] bson = document.encode();
        SqlRow row = layout.decode(bson, 0);
        if (bson.length <= MAX_REMEMBERED_BYTES) {
            LAST_DECODED.set(new Decoded(document, row));
        }
        return row;
    }

    /** Returns the key of a row in a collection keyed by tuples. */
    byte[] tupleKey(org.h2.result.SearchRow row) {
        KeyWriter key = new KeyWriter();
        for (int column : keyColumns) {
            KeyEncoding.write(key, row.getValue(column), false, false);
        }
        return KeyEncoding.documentKey(key);
    }

    /** Returns the integer that keys a row by its primary key's column. */
    boolean hasKeyColumn() {
        return longKeys && keyColumns.length == 1;
    }

    int keyColumn() {
        return keyColumns[0];
    }

    boolean hasLongKeys() {
        return longKeys;
    }

    @Override
    public byte[] indexKey(IndexSpec index, Document document, byte[] documentKey) {
        SqlRow row = row(document);
        KeyWriter key = new KeyWriter();
        writeColumns(key, index, row, index.columns().size());
        key.putPlain(documentKey);
        return key.toBytes();
    }

    private static void writeColumns(KeyWriter key, IndexSpec index, SqlRow row, int count) {
        List<IndexColumnSpec> columns = index.columns();
        for (int i = 0; i < count; i++) {
            IndexColumnSpec column = columns.get(i);
            KeyEncoding.write(key, row.value(column.column()), column.descending(), column.nullsLast());
        }
    }

    @Override
    public byte @Nullable [] uniquePrefix(IndexSpec index, Document document) {
        SqlRow row = row(document);
        if (isExempt(index, row)) {
            return null;
        }
        KeyWriter key = new KeyWriter();
        writeColumns(key, index, row, index.uniqueColumns());
        return key.toBytes();
    }

    private static boolean isExempt(IndexSpec index, SqlRow row) {
        if (index.nulls() == IndexSpec.Nulls.NOT_DISTINCT) {
            return false;
        }
        int nulls = 0;
        for (int i = 0; i < index.uniqueColumns(); i++) {
            if (row.value(index.columns().get(i).column()).getValueType() == Value.NULL) {
                nulls++;
            }
        }
        return index.nulls() == IndexSpec.Nulls.DISTINCT ? nulls > 0 : nulls == index.uniqueColumns();
    }

    @Override
    public boolean sameIndexKey(IndexSpec index, Document a, Document b) {
        if (a instanceof EncodedDocument old && b instanceof EncodedDocument newer && isSameStored(index, old, newer)) {
            return true;
        }
        SqlRow left = row(a);
        SqlRow right = row(b);
        for (IndexColumnSpec column : index.columns()) {
            Value x = left.value(column.column());
            Value y = right.value(column.column());
            if (!x.equals(y)) {
                return false;
            }
        }
        return true;
    }

    /** Replay asks this of each index for each document: equal bytes are equal values, without decoding any. */
    private boolean isSameStored(IndexSpec index, EncodedDocument a, EncodedDocument b) {
        for (IndexColumnSpec column : index.columns()) {
            if (!BsonIn.isSame(a.bson(), b.bson(), layout.field(column.column()).nameBytes())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public byte @Nullable [] parentPrefix(ForeignKeySpec key, CollectionFormat parent, Document child) {
        SqlRow row = row(child);
        TableFormat target = (TableFormat) parent;
        return target.prefix(key.parentIndexId(), key.parentColumns(), key.columns(), row);
    }

    @Override
    public byte @Nullable [] childPrefix(ForeignKeySpec key, CollectionFormat parent, Document parentDocument) {
        SqlRow row = ((TableFormat) parent).row(parentDocument);
        return prefix(key.childIndexId(), key.columns(), key.parentColumns(), row);
    }

    /**
     * Returns what keys of this collection start with in an index (or in its own tree) where these columns have the values
     * that other columns have in another collection's row; null where one of them is null or has no counterpart.
     */
    private byte @Nullable [] prefix(int indexId, List<Integer> columns, List<Integer> others, SqlRow other) {
        if (indexId == ForeignKeySpec.PRIMARY) {
            return keyPrefix(columns, others, other);
        }
        IndexSpec index = schema.indexes().get(schema.indexPosition(indexId));
        KeyWriter key = new KeyWriter();
        for (int i = 0; i < columns.size(); i++) {
            IndexColumnSpec column = index.columns().get(i);
            Value value = counterpart(column.column(), columns, others, other);
            if (value == null) {
                return null;
            }
            KeyEncoding.write(key, value, column.descending(), column.nullsLast());
        }
        return key.toBytes();
    }

    private byte @Nullable [] keyPrefix(List<Integer> columns, List<Integer> others, SqlRow other) {
        KeyWriter key = new KeyWriter();
        for (int i = 0; i < columns.size(); i++) {
            Value value = counterpart(keyColumns[i], columns, others, other);
            if (value == null) {
                return null;
            }
            if (longKeys) {
                return Keys.ofLong(value.getLong());
            }
            KeyEncoding.write(key, value, false, false);
        }
        return columns.size() == keyColumns.length ? KeyEncoding.documentKey(key) : key.toBytes();
    }

    private @Nullable Value counterpart(int column, List<Integer> columns, List<Integer> others, SqlRow other) {
        int at = columns.indexOf(column);
        Value value = other.value(others.get(at));
        if (value.getValueType() == Value.NULL) {
            return null;
        }
        try {
            return value.convertTo(layout.field(column).type(), null);
        } catch (DbException e) {
            return null; // a value that the column's type cannot hold equals none of its values
        }
    }

    @Override
    public Map<String, Object> values(Document document) {
        SqlRow row = row(document);
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < layout.size(); i++) {
            values.put(schema.columns().get(i).name(), JavaValues.of(row.value(i)));
        }
        return values;
    }

    @Override
    public Object documentId(byte[] documentKey) {
        if (longKeys) {
            return Keys.toLong(documentKey);
        }
        KeyReader in = new KeyReader(documentKey);
        List<@Nullable Object> parts = new ArrayList<>();
        for (int column : keyColumns) {
            parts.add(JavaValues.of(KeyEncoding.read(in, layout.field(column).type(), false)));
        }
        Object first = parts.get(0);
        return parts.size() == 1 && first != null ? first : parts;
    }

    @Override
    public byte[] key(Object documentId) {
        List<?> parts = documentId instanceof List<?> list ? list : List.of(documentId);
        int expected = longKeys ? 1 : keyColumns.length;
        if (parts.size() != expected) {
            throw new InvalidRequestException("id `" + documentId + "` has " + parts.size()
                    + " values, but the key of `" + schema.name() + "` has " + expected);
        }
        try {
            return longKeys ? Keys.ofLong(integer(parts.get(0))) : tupleKey(keyRow(parts));
        } catch (DbException e) {
            throw new InvalidRequestException(
                    "id `" + documentId + "` is none of `" + schema.name() + "`: "
                            + DbException.toSQLException(e).getMessage(),
                    e);
        }
    }

    private static long integer(Object id) {
        return value(id).convertToBigint(null).getLong();
    }

    private SqlRow keyRow(List<?> parts) {
        Value[] values = new Value[layout.size()];
        Arrays.fill(values, ValueNull.INSTANCE);
        for (int i = 0; i < keyColumns.length; i++) {
            values[keyColumns[i]] =
                    value(parts.get(i)).convertTo(layout.field(keyColumns[i]).type(), null);
        }
        return new SqlRow(layout, values, 0);
    }

    /** H2 would serialize an object that it knows no type for. */
    private static Value value(@Nullable Object value) {
        Object given = value instanceof List<?> list ? list.toArray() : value;
        if (given != null && !isOfSql(given)) {
            throw new InvalidRequestException("a " + given.getClass().getSimpleName()
                    + " is no value of a column; strings, numbers, truth values, times, bytes, UUIDs and lists are");
        }
        return ValueToObjectConverter.objectToValue(null, given, Value.UNKNOWN);
    }

    private static boolean isOfSql(Object value) {
        return value instanceof Object[] array
                ? Arrays.stream(array).allMatch(member -> member == null || isOfSql(member))
                : VALUES.stream().anyMatch(type -> type.isInstance(value));
    }

    @Override
    public SqlRow decoded(byte[] documentKey, Document document) {
        return document instanceof SqlRow row
                ? layout.adapt(row)
                : layout.decode(document.encode(), longKeys ? Keys.toLong(documentKey) : Layout.nextRowNumber());
    }

    @Override
    public void keepDecoded(byte[] documentKey, Record record) {
        row(record, longKeys ? Keys.toLong(documentKey) : 0);
    }

    @Override
    public BsonDocument fields(Document document) {
        BsonDocument fields = SchemaCodec.document(row(document).encode());
        for (int i = 0; i < layout.size(); i++) {
            if (isJson(i)) {
                fields.computeIfPresent(layout.field(i).name(), (name, text) -> JsonFields.read(text));
            }
        }
        return fields;
    }

    private boolean isJson(int column) {
        return layout.field(column).type().getValueType() == Value.JSON;
    }

    @Override
    public SqlRow document(byte[] documentKey, BsonDocument fields) {
        BsonDocument stored = new BsonDocument();
        fields.forEach((name, value) -> stored.append(name, JsonFields.write(value)));
        return decoded(documentKey, new EncodedDocument(SchemaCodec.bytes(stored)));
    }

    @Override
    public BsonValue bson(int column, @Nullable Object value) {
        Layout.Field field = layout.field(column);
        try {
            Value converted = isJson(column) && value != null
                    ? json(value)
                    : value(value)
                            .convertForAssignTo(
                                    field.type(),
                                    null,
                                    schema.columns().get(column).name());
            BsonOut out = new BsonOut();
            int start = out.open();
            DocumentCodec.write(out, field.nameBytes(), converted);
            out.close(start);
            BsonValue bson = SchemaCodec.document(out.toBytes()).get(field.name(), BsonNull.VALUE);
            return isJson(column) ? JsonFields.read(bson) : bson;
        } catch (DbException e) {
            throw new InvalidRequestException(
                    "column `" + schema.columns().get(column).name() + "` of `" + schema.name() + "` cannot hold `"
                            + value + "`: " + DbException.toSQLException(e).getMessage(),
                    e);
        }
    }

    /** Text is JSON already, as {@link #values} gives it. */
    private static Value json(Object value) {
        return ValueJson.fromJson(value instanceof String text ? text : JsonText.of(value));
    }
}
