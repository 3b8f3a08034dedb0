package dev.argondb.engine.state;

import dev.argondb.engine.log.Document;
import dev.argondb.engine.schema.ForeignKeySpec;
import dev.argondb.engine.schema.IndexSpec;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the documents of one collection for the engine: the layer above brings it, with the types it knows.
 *
 * <p>Thread-safe. Keys are memcomparable; the same value gives the same bytes whichever form the document is in. Row ids and
 * integer primary keys have eight bytes (see {@link dev.argondb.engine.schema.KeyKind#LONG}).
 */
public interface CollectionFormat {

    /**
     * Returns the key of a document in an index: the indexed values, followed by the document's own key.
     *
     * @param documentKey the document's key in its collection
     */
    byte[] indexKey(IndexSpec index, Document document, byte[] documentKey);

    /**
     * Returns what all keys of this index that would collide with the document start with: its unique columns' values; null
     * where its nulls exempt it.
     */
    byte @Nullable [] uniquePrefix(IndexSpec index, Document document);

    /** Returns whether two documents have equal values in the columns of an index. */
    boolean sameIndexKey(IndexSpec index, Document a, Document b);

    /**
     * Returns what the referenced document's key starts with in the parent's unique index (or is, in the parent's own tree);
     * null where a referencing column is null. Called on the child's format.
     */
    byte @Nullable [] parentPrefix(ForeignKeySpec key, CollectionFormat parent, Document child);

    /**
     * Returns what the keys of all documents that reference this one start with in the child's index; null where a referenced
     * column is null. Called on the child's format with the parent's format and document.
     */
    byte @Nullable [] childPrefix(ForeignKeySpec key, CollectionFormat parent, Document parentDocument);

    /** Returns the document's fields by column name, as Java values. */
    Map<String, Object> values(Document document);

    /** Returns a document's key as Java values: one value, or a list of them for a compound key. */
    Object documentId(byte[] documentKey);

    /**
     * Returns the key of a document in its collection, given what {@link #documentId} makes of it.
     *
     * @throws dev.argondb.InvalidRequestException if no document can have it
     */
    byte[] key(Object documentId);

    /** Returns an equal document in the form that this collection's readers decode documents to. */
    Document decoded(byte[] documentKey, Document document);

    /** Leaves a record's document in that form, unless something of it would be lost. */
    default void keepDecoded(byte[] documentKey, Record record) {}

    /**
     * Returns a document as BSON: one value for each column, in their order, named by its field. A nested document is one of BSON as
     * well, whatever it is stored as.
     */
    BsonDocument fields(Document document);

    /** Returns the document of the BSON that {@link #fields} makes. */
    Document document(byte[] documentKey, BsonDocument fields);

    /**
     * Returns a value as {@link #fields} has it.
     *
     * @param column the position of its column
     * @throws dev.argondb.InvalidRequestException if the column cannot hold it
     */
    BsonValue bson(int column, @Nullable Object value);
}
