package dev.argondb.engine.schema;

import dev.argondb.engine.log.EncodedDocument;
import dev.argondb.engine.schema.IndexSpec.IndexColumnSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns schema objects into documents of the schema collection and back.
 *
 * <pre>
 * object     = { _id: int32, v: int32, kind: string, name: string, order: int32, sql: string, collection?: collection }
 * collection = { name: string, key: "LONG" | "TUPLE", keyColumns: [int32], columns: [column], indexes: [index],
 *                foreignKeys: [foreignKey] }
 * column     = { name: string, field: string, type: string, missing: string }
 * index      = { id: int32, name: string, columns: [{ column: int32, desc: bool, nullsLast: bool }], unique: int32,
 *                nulls: string }
 * foreignKey = { id: int32, name: string, columns: [int32], childIndex: int32, parent: int32, parentColumns: [int32],
 *                parentIndex: int32 }
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class SchemaCodec {

    /** The version of the grammar above. */
    public static final int VERSION = 1;

    private static final BsonDocumentCodec BSON = new BsonDocumentCodec();

    private SchemaCodec() {}

    /** Encodes an object. */
    public static EncodedDocument encode(SchemaObject object) {
        BsonDocument document = new BsonDocument()
                .append("_id", new BsonInt32(object.id()))
                .append("v", new BsonInt32(VERSION))
                .append("kind", new BsonString(object.kind()))
                .append("name", new BsonString(object.name()))
                .append("order", new BsonInt32(object.order()))
                .append("sql", new BsonString(object.sql()));
        if (object.collection() != null) {
            document.append("collection", collection(object.collection()));
        }
        return new EncodedDocument(bytes(document));
    }

    /**
     * Decodes an object.
     *
     * @throws dev.argondb.UnsupportedException if it was written by a newer version
     */
    public static SchemaObject decode(byte[] bson) {
        BsonDocument document = document(bson);
        int version = document.getInt32("v").getValue();
        if (version != VERSION) {
            throw new dev.argondb.UnsupportedException(
                    "schema object of version " + version + " found; this Argon reads version " + VERSION);
        }
        int id = document.getInt32("_id").getValue();
        BsonValue collection = document.get("collection");
        return new SchemaObject(
                id,
                document.getString("kind").getValue(),
                document.getString("name").getValue(),
                document.getInt32("order").getValue(),
                document.getString("sql").getValue(),
                collection == null ? null : collection(id, collection.asDocument()));
    }

    /** Reads BSON bytes into a document. */
    public static BsonDocument document(byte[] bson) {
        try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(bson))) {
            return BSON.decode(reader, DecoderContext.builder().build());
        }
    }

    /** Writes a document as BSON bytes. */
    public static byte[] bytes(BsonDocument document) {
        try (BasicOutputBuffer out = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            BSON.encode(writer, document, EncoderContext.builder().build());
            return out.toByteArray();
        }
    }

    private static BsonDocument collection(CollectionSchema c) {
        BsonArray columns = new BsonArray();
        c.columns().forEach(column -> columns.add(column(column)));
        BsonArray indexes = new BsonArray();
        c.indexes().forEach(index -> indexes.add(index(index)));
        BsonArray keys = new BsonArray();
        c.foreignKeys().forEach(key -> keys.add(foreignKey(key)));
        return new BsonDocument()
                .append("name", new BsonString(c.name()))
                .append("key", new BsonString(c.keyKind().name()))
                .append("keyColumns", ints(c.keyColumns()))
                .append("columns", columns)
                .append("indexes", indexes)
                .append("foreignKeys", keys);
    }

    private static CollectionSchema collection(int id, BsonDocument d) {
        return new CollectionSchema(
                id,
                d.getString("name").getValue(),
                KeyKind.valueOf(d.getString("key").getValue()),
                ints(d.getArray("keyColumns")),
                d.getArray("columns").stream().map(v -> column(v.asDocument())).toList(),
                d.getArray("indexes").stream().map(v -> index(v.asDocument())).toList(),
                d.getArray("foreignKeys").stream()
                        .map(v -> foreignKey(v.asDocument()))
                        .toList());
    }

    private static BsonDocument column(ColumnSpec c) {
        return new BsonDocument()
                .append("name", new BsonString(c.name()))
                .append("field", new BsonString(c.field()))
                .append("type", new BsonString(c.type()))
                .append("missing", new BsonString(c.missing()));
    }

    private static ColumnSpec column(BsonDocument d) {
        return new ColumnSpec(
                d.getString("name").getValue(),
                d.getString("field").getValue(),
                d.getString("type").getValue(),
                d.getString("missing").getValue());
    }

    private static BsonDocument index(IndexSpec index) {
        BsonArray columns = new BsonArray();
        for (IndexColumnSpec column : index.columns()) {
            columns.add(new BsonDocument()
                    .append("column", new BsonInt32(column.column()))
                    .append("desc", BsonBoolean.valueOf(column.descending()))
                    .append("nullsLast", BsonBoolean.valueOf(column.nullsLast())));
        }
        return new BsonDocument()
                .append("id", new BsonInt32(index.id()))
                .append("name", new BsonString(index.name()))
                .append("columns", columns)
                .append("unique", new BsonInt32(index.uniqueColumns()))
                .append("nulls", new BsonString(index.nulls().name()));
    }

    private static IndexSpec index(BsonDocument d) {
        List<IndexColumnSpec> columns = new ArrayList<>();
        for (BsonValue value : d.getArray("columns")) {
            BsonDocument column = value.asDocument();
            columns.add(new IndexColumnSpec(
                    column.getInt32("column").getValue(),
                    column.getBoolean("desc").getValue(),
                    column.getBoolean("nullsLast").getValue()));
        }
        return new IndexSpec(
                d.getInt32("id").getValue(),
                d.getString("name").getValue(),
                columns,
                d.getInt32("unique").getValue(),
                IndexSpec.Nulls.valueOf(d.getString("nulls").getValue()));
    }

    private static BsonDocument foreignKey(ForeignKeySpec key) {
        return new BsonDocument()
                .append("id", new BsonInt32(key.id()))
                .append("name", new BsonString(key.name()))
                .append("columns", ints(key.columns()))
                .append("childIndex", new BsonInt32(key.childIndexId()))
                .append("parent", new BsonInt32(key.parentId()))
                .append("parentColumns", ints(key.parentColumns()))
                .append("parentIndex", new BsonInt32(key.parentIndexId()));
    }

    private static ForeignKeySpec foreignKey(BsonDocument d) {
        return new ForeignKeySpec(
                d.getInt32("id").getValue(),
                d.getString("name").getValue(),
                ints(d.getArray("columns")),
                d.getInt32("childIndex").getValue(),
                d.getInt32("parent").getValue(),
                ints(d.getArray("parentColumns")),
                d.getInt32("parentIndex").getValue());
    }

    private static BsonArray ints(List<Integer> values) {
        BsonArray array = new BsonArray();
        values.forEach(value -> array.add(new BsonInt32(value)));
        return array;
    }

    private static List<Integer> ints(@Nullable BsonArray array) {
        return array == null
                ? List.of()
                : array.stream().map(value -> value.asInt32().getValue()).toList();
    }
}
