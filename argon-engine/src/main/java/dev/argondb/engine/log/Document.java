package dev.argondb.engine.log;

/**
 * The content of one document, decoded or not. BSON when encoded; the layer above brings its own decoded form.
 *
 * <p>Immutable, thread-safe.
 */
public interface Document {

    /** Returns the document as BSON; the caller must not change the array. */
    byte[] encode();

    /** Returns as BSON those fields of this document whose values differ in a newer one. */
    byte[] encodeChangedBy(Document newer);
}
