package dev.argondb.engine.state;

import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.ByteSource;
import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.tree.OwnPages;
import dev.argondb.engine.tree.ValueCodec;
import java.util.Arrays;

/**
 * Index entries in the pages of trees. The key of a document is the end of its index keys, so an entry has no more to say
 * than where it begins.
 *
 * <pre>
 * entry of a LONG collection  = nothing
 * entry of a TUPLE collection = length of the document's key, a varint
 * </pre>
 */
public final class IndexCodec implements ValueCodec<Object> {

    private static final IndexCodec LONG = new IndexCodec(2, false);
    private static final IndexCodec TUPLE = new IndexCodec(3, true);

    /** Heap bytes of an array without its content. */
    private static final int ARRAY_WEIGHT = 24;

    private final int kind;
    private final boolean usesKeys;

    private IndexCodec(int kind, boolean usesKeys) {
        this.kind = kind;
        this.usesKeys = usesKeys;
    }

    /** Returns the codec for the indexes of a collection. */
    public static IndexCodec of(KeyKind keys) {
        return keys == KeyKind.LONG ? LONG : TUPLE;
    }

    @Override
    public int kind() {
        return kind;
    }

    @Override
    public boolean usesKeys() {
        return usesKeys;
    }

    @Override
    public int write(byte[] key, Object value, ByteSink out, OwnPages.Sink own) {
        if (usesKeys) {
            byte[] documentKey = (byte[]) value;
            requireEnd(key, documentKey);
            out.putVarint(documentKey.length);
        }
        return weigh(value);
    }

    private static void requireEnd(byte[] key, byte[] end) {
        int from = key.length - end.length;
        if (from < 0 || !Arrays.equals(key, from, key.length, end, 0, end.length)) {
            throw new AssertionError("index key " + Arrays.toString(key) + " does not end with its document's key");
        }
    }

    @Override
    public Object read(byte[] key, ByteSource in, OwnPages.Source own) throws MalformedRecordException {
        if (!usesKeys) {
            return DocumentKeys.IN_INDEX_KEY;
        }
        int length = in.readCount();
        if (length > key.length) {
            throw new MalformedRecordException(
                    "a document's key of " + length + " bytes in an index key of " + key.length);
        }
        return Arrays.copyOfRange(key, key.length - length, key.length);
    }

    @Override
    public int weigh(Object value) {
        return usesKeys ? ARRAY_WEIGHT + ((byte[]) value).length : 0;
    }

    /** Returns true: what an entry says stands in its key. */
    @Override
    public boolean same(Object a, Object b) {
        return true;
    }
}
