package dev.argondb.engine.log;

/**
 * A document as it came out of the log: BSON, not yet decoded.
 *
 * <p>Immutable as long as nobody changes the array.
 *
 * @param bson the encoded document; of a before image only the fields that changed
 */
public record EncodedDocument(byte[] bson) implements Document {

    @Override
    public byte[] encode() {
        return bson;
    }

    /** Returns all of it: a before image in the log already holds only what changed. */
    @Override
    public byte[] encodeChangedBy(Document newer) {
        return bson;
    }
}
