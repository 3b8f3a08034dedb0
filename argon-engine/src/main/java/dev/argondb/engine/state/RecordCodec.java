package dev.argondb.engine.state;

import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.ByteSource;
import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.log.Document;
import dev.argondb.engine.log.EncodedDocument;
import dev.argondb.engine.tree.OwnPages;
import dev.argondb.engine.tree.ValueCodec;

/**
 * Records in the pages of trees.
 *
 * <pre>
 * record    = lsn lockedAt size document    size: bytes of the document, 0 if it has a page to itself
 * document  = BSON, or nothing
 * </pre>
 *
 * Numbers are varints. A document of more than {@value #LARGEST_INLINE} bytes has a page to itself.
 */
public final class RecordCodec implements ValueCodec<Record> {

    /** The only one. */
    public static final RecordCodec INSTANCE = new RecordCodec();

    /** Bytes of the largest document that stands among others. */
    static final int LARGEST_INLINE = 4096;

    private static final int KIND = 1;

    /** Heap bytes of a record with a document that has no fields, decoded or not. */
    private static final int RECORD_WEIGHT = 96;

    private RecordCodec() {}

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public boolean usesKeys() {
        return false;
    }

    @Override
    public int write(byte[] key, Record value, ByteSink out, OwnPages.Sink own) {
        out.putVarint(value.lsn());
        out.putVarint(value.lockedAt());
        Document document = value.document();
        if (document instanceof StoredDocument stored) {
            out.putVarint(0);
            own.keep(stored.page());
            return RECORD_WEIGHT;
        }
        byte[] bson = document.encode();
        if (bson.length > LARGEST_INLINE) {
            out.putVarint(0);
            own.add(bson);
        } else {
            out.putSized(bson);
        }
        return weigh(bson);
    }

    @Override
    public Record read(byte[] key, ByteSource in, OwnPages.Source own) throws MalformedRecordException {
        long lsn = in.readVarint();
        long lockedAt = in.readVarint();
        byte[] bson = in.readSized();
        Document document = bson.length == 0 ? new StoredDocument(own.next()) : new EncodedDocument(bson);
        return new Record(lsn, lockedAt, document);
    }

    @Override
    public int weigh(Record value) {
        return value.document() instanceof StoredDocument
                ? RECORD_WEIGHT
                : weigh(value.document().encode());
    }

    private static int weigh(byte[] bson) {
        return RECORD_WEIGHT + DocumentWeight.of(bson);
    }

    @Override
    public boolean same(Record a, Record b) {
        return a.isSame(b);
    }
}
