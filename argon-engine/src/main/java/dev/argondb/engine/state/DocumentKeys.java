package dev.argondb.engine.state;

import dev.argondb.engine.tree.Keys;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Keys of documents inside keys of indexes. */
public final class DocumentKeys {

    /** What an index entry holds in a collection keyed by integers, whose index keys end with the document's key. */
    public static final Object IN_INDEX_KEY = new Object();

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private DocumentKeys() {}

    /** Returns the integer key of the document that an index key of a LONG collection ends with. */
    public static long ofIndexKey(byte[] indexKey) {
        return (long) BIG_ENDIAN.get(indexKey, indexKey.length - Long.BYTES) ^ Long.MIN_VALUE;
    }

    /** Returns whether a key is that of a LONG collection. */
    public static boolean isLong(byte[] key) {
        return key.length == Long.BYTES;
    }

    /** Returns the eight-byte key of an integer. */
    public static byte[] ofLong(long key) {
        return Keys.ofLong(key);
    }
}
