package dev.argondb.engine.state;

import dev.argondb.InvalidRequestException;
import dev.argondb.engine.log.Document;
import dev.argondb.engine.log.EncodedDocument;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.ForeignKeySpec;
import dev.argondb.engine.schema.IndexSpec;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.SchemaCodec;
import dev.argondb.engine.tree.Keys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The format of the schema collection: BSON by object id, without indexes. */
final class SystemFormat implements CollectionFormat {

    static final CollectionSchema SCHEMA = new CollectionSchema(
            Schema.COLLECTION_ID, "argon_schema", KeyKind.LONG, List.of(), List.of(), List.of(), List.of());

    @Override
    public byte[] indexKey(IndexSpec index, Document document, byte[] documentKey) {
        throw new AssertionError("the schema collection has no index");
    }

    @Override
    public byte @Nullable [] uniquePrefix(IndexSpec index, Document document) {
        throw new AssertionError("the schema collection has no index");
    }

    @Override
    public boolean sameIndexKey(IndexSpec index, Document a, Document b) {
        throw new AssertionError("the schema collection has no index");
    }

    @Override
    public byte @Nullable [] parentPrefix(ForeignKeySpec key, CollectionFormat parent, Document child) {
        throw new AssertionError("the schema collection has no foreign key");
    }

    @Override
    public byte @Nullable [] childPrefix(ForeignKeySpec key, CollectionFormat parent, Document parentDocument) {
        throw new AssertionError("the schema collection has no foreign key");
    }

    @Override
    public Map<String, Object> values(Document document) {
        Map<String, Object> values = new LinkedHashMap<>();
        SchemaCodec.document(document.encode()).forEach((name, value) -> {
            if (value.isString()) {
                values.put(name, value.asString().getValue());
            } else if (value.isInt32()) {
                values.put(name, value.asInt32().getValue());
            } else {
                values.put(name, value.toString());
            }
        });
        return values;
    }

    @Override
    public Object documentId(byte[] documentKey) {
        return Keys.toLong(documentKey);
    }

    @Override
    public byte[] key(Object documentId) {
        if (documentId instanceof Number number) {
            return Keys.ofLong(number.longValue());
        }
        throw new InvalidRequestException("id `" + documentId + "` is no number, as those of `argon_schema` are");
    }

    @Override
    public Document decoded(byte[] documentKey, Document document) {
        return document;
    }

    @Override
    public BsonDocument fields(Document document) {
        return SchemaCodec.document(document.encode());
    }

    @Override
    public Document document(byte[] documentKey, BsonDocument fields) {
        return new EncodedDocument(SchemaCodec.bytes(fields));
    }

    @Override
    public BsonValue bson(int column, @Nullable Object value) {
        throw new AssertionError("the schema collection has no columns");
    }
}
