package dev.argondb.engine.state;

import dev.argondb.engine.log.Document;
import dev.argondb.engine.log.EncodedDocument;
import dev.argondb.engine.tree.OwnPages.OwnPage;

/**
 * A large document that has a page to itself. It is read whenever it is asked for; nothing of it stays in memory.
 *
 * <p>Immutable, thread-safe.
 */
public record StoredDocument(OwnPage page) implements Document {

    /** Returns a document that is read no more than once however often it is asked for: for a short use. */
    public static Document inMemory(Document document) {
        return document instanceof StoredDocument stored ? new EncodedDocument(stored.encode()) : document;
    }

    @Override
    public byte[] encode() {
        return page.read();
    }

    /** Returns all of it, as BSON that was not decoded does. */
    @Override
    public byte[] encodeChangedBy(Document newer) {
        return encode();
    }
}
