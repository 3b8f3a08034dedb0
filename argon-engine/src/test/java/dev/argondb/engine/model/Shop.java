package dev.argondb.engine.model;

import dev.argondb.engine.log.Document;
import dev.argondb.engine.log.EncodedDocument;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.ColumnSpec;
import dev.argondb.engine.schema.ForeignKeySpec;
import dev.argondb.engine.schema.IndexSpec;
import dev.argondb.engine.schema.IndexSpec.IndexColumnSpec;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.SchemaCodec;
import dev.argondb.engine.schema.SchemaObject;
import dev.argondb.engine.state.CollectionFormat;
import dev.argondb.engine.state.DocumentFormat;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.Keys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Two collections for tests of the engine: items with an ordinary and a unique index, each item naming a maker.
 *
 * <p>A document is a tuple of nullable longs.
 */
public final class Shop {

    public static final int MAKERS = 16;
    public static final int ITEMS = 17;
    public static final int BY_GROUP = 18;
    public static final int BY_CODE = 19;
    public static final int BY_MAKER = 20;
    public static final int MADE_BY = 21;
    public static final int NOTES = 22;
    public static final int BY_VALUE = 23;

    /** The part of a {@link #schema variant} that gives makers an index by value. */
    public static final int WITH_INDEX = 1;
    /** The part of a {@link #schema variant} that adds {@link #NOTES}, which look like makers. */
    public static final int WITH_NOTES = 2;
    /** The part of a {@link #schema variant} that gives a column of items another name. */
    public static final int RENAMED = 4;

    private static final CollectionSchema MAKER_SCHEMA = new CollectionSchema(
            MAKERS, "maker", KeyKind.LONG, List.of(), List.of(column("id"), column("value")), List.of(), List.of());

    private static final CollectionSchema ITEM_SCHEMA = new CollectionSchema(
            ITEMS,
            "item",
            KeyKind.LONG,
            List.of(),
            List.of(column("grp"), column("code"), column("maker")),
            List.of(
                    index(BY_GROUP, "by_group", 0, 0),
                    index(BY_CODE, "by_code", 1, 1),
                    index(BY_MAKER, "by_maker", 2, 0)),
            List.of(new ForeignKeySpec(
                    MADE_BY, "made_by", List.of(2), BY_MAKER, MAKERS, List.of(0), ForeignKeySpec.PRIMARY)));

    /** The schema of both. */
    public static final Schema SCHEMA = new Schema(Map.of(
            MAKERS, new SchemaObject(MAKERS, "table", "maker", 0, "", MAKER_SCHEMA),
            ITEMS, new SchemaObject(ITEMS, "table", "item", 0, "", ITEM_SCHEMA)));

    /** Returns one of eight schemas that documents of all fit. */
    public static Schema schema(int variant) {
        Map<Integer, SchemaObject> objects = new HashMap<>();
        add(objects, makers(MAKERS, "maker", (variant & WITH_INDEX) != 0 ? BY_VALUE : 0));
        add(objects, (variant & RENAMED) != 0 ? renamed(ITEM_SCHEMA) : ITEM_SCHEMA);
        if ((variant & WITH_NOTES) != 0) {
            add(objects, makers(NOTES, "note", 0));
        }
        return new Schema(objects);
    }

    private static void add(Map<Integer, SchemaObject> objects, CollectionSchema schema) {
        objects.put(schema.id(), new SchemaObject(schema.id(), "table", schema.name(), 0, "", schema));
    }

    private static CollectionSchema makers(int id, String name, int indexId) {
        return new CollectionSchema(
                id,
                name,
                KeyKind.LONG,
                List.of(),
                MAKER_SCHEMA.columns(),
                indexId == 0 ? List.of() : List.of(index(indexId, "by_value", 1, 0)),
                List.of());
    }

    private static CollectionSchema renamed(CollectionSchema items) {
        List<ColumnSpec> columns = new ArrayList<>(items.columns());
        columns.set(0, new ColumnSpec("team", columns.get(0).field(), "BIGINT", ""));
        return new CollectionSchema(
                items.id(),
                items.name(),
                items.keyKind(),
                items.keyColumns(),
                columns,
                items.indexes(),
                items.foreignKeys());
    }

    /** Reads both. */
    public static final DocumentFormat FORMAT = (schema, previous) -> new Format(schema);

    private Shop() {}

    private static ColumnSpec column(String name) {
        return new ColumnSpec(name, name, "BIGINT", "");
    }

    private static IndexSpec index(int id, String name, int column, int unique) {
        return new IndexSpec(
                id, name, List.of(new IndexColumnSpec(column, false, false)), unique, IndexSpec.Nulls.DISTINCT);
    }

    /** A decoded document. */
    public record Row(List<String> fields, @Nullable Long... values) implements Document {

        @Override
        public byte[] encode() {
            BsonDocument document = new BsonDocument();
            for (int i = 0; i < values.length; i++) {
                document.append(fields.get(i), bson(values[i]));
            }
            return SchemaCodec.bytes(document);
        }

        @Override
        public byte[] encodeChangedBy(Document newer) {
            Row other = (Row) newer;
            BsonDocument document = new BsonDocument();
            for (int i = 0; i < values.length; i++) {
                if (!Objects.equals(values[i], other.values[i])) {
                    document.append(fields.get(i), bson(values[i]));
                }
            }
            return SchemaCodec.bytes(document);
        }

        private static BsonValue bson(@Nullable Long value) {
            return value == null ? BsonNull.VALUE : new BsonInt64(value);
        }
    }

    /** Returns an item. */
    public static Row item(long group, @Nullable Long code, @Nullable Long maker) {
        return new Row(List.of("grp", "code", "maker"), group, code, maker);
    }

    /** Returns a maker. */
    public static Row maker(long id, long value) {
        return new Row(List.of("id", "value"), id, value);
    }

    private record Format(CollectionSchema schema) implements CollectionFormat {

        @Override
        public byte[] indexKey(IndexSpec index, Document document, byte[] documentKey) {
            byte[] value = encode(value(document, index.columns().get(0).column()));
            return ByteBuffer.allocate(value.length + documentKey.length)
                    .put(value)
                    .put(documentKey)
                    .array();
        }

        @Override
        public byte @Nullable [] uniquePrefix(IndexSpec index, Document document) {
            Long value = value(document, index.columns().get(0).column());
            return value == null ? null : encode(value);
        }

        @Override
        public boolean sameIndexKey(IndexSpec index, Document a, Document b) {
            int column = index.columns().get(0).column();
            return Objects.equals(value(a, column), value(b, column));
        }

        @Override
        public byte @Nullable [] parentPrefix(ForeignKeySpec key, CollectionFormat parent, Document child) {
            Long maker = value(child, key.columns().get(0));
            return maker == null ? null : Keys.ofLong(maker);
        }

        @Override
        public byte @Nullable [] childPrefix(ForeignKeySpec key, CollectionFormat parent, Document parentDocument) {
            return encode(
                    ((Format) parent).value(parentDocument, key.parentColumns().get(0)));
        }

        @Override
        public Map<String, Object> values(Document document) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (int i = 0; i < schema.columns().size(); i++) {
                Long value = value(document, i);
                if (value != null) {
                    values.put(schema.columns().get(i).name(), value);
                }
            }
            return values;
        }

        @Override
        public Object documentId(byte[] documentKey) {
            return Keys.toLong(documentKey);
        }

        @Override
        public byte[] key(Object documentId) {
            return Keys.ofLong(((Number) documentId).longValue());
        }

        @Override
        public Document decoded(byte[] documentKey, Document document) {
            List<String> fields =
                    schema.columns().stream().map(ColumnSpec::field).toList();
            @Nullable Long[] values = new Long[fields.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(document, i);
            }
            return new Row(fields, values);
        }

        @Override
        public void keepDecoded(byte[] documentKey, Record record) {
            record.decoded(decoded(documentKey, record.document()));
        }

        @Override
        public BsonDocument fields(Document document) {
            return SchemaCodec.document(decoded(new byte[0], document).encode());
        }

        @Override
        public Document document(byte[] documentKey, BsonDocument fields) {
            return decoded(documentKey, new EncodedDocument(SchemaCodec.bytes(fields)));
        }

        @Override
        public BsonValue bson(int column, @Nullable Object value) {
            return Row.bson(value == null ? null : Long.valueOf(((Number) value).longValue()));
        }

        private @Nullable Long value(Document document, int column) {
            if (document instanceof Row row) {
                return row.values()[column];
            }
            BsonDocument bson = SchemaCodec.document(((EncodedDocument) document).bson());
            BsonValue value = bson.get(schema.columns().get(column).field());
            return value == null || value.isNull() ? null : value.asInt64().getValue();
        }

        private static byte[] encode(@Nullable Long value) {
            return value == null
                    ? new byte[] {0}
                    : ByteBuffer.allocate(9)
                            .put((byte) 1)
                            .put(Keys.ofLong(value))
                            .array();
        }
    }
}
