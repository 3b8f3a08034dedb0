package dev.argondb.engine.tree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The order of keys, and the eight-byte form of {@code long} keys: big-endian with the sign bit flipped, so that
 * numeric order is byte order.
 *
 * <p>Inside this package a key travels as its head and its full form; the full form is null for a key of exactly
 * eight bytes, which its head says completely.
 */
public final class Keys {
    /** Bytes of a key that its head holds. */
    static final int HEAD_BYTES = Long.BYTES;

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Keys() {}

    /** The eight-byte key of {@code value}. */
    public static byte[] ofLong(long value) {
        byte[] key = new byte[HEAD_BYTES];
        BIG_ENDIAN.set(key, 0, value ^ Long.MIN_VALUE);
        return key;
    }

    /**
     * The number that {@link #ofLong} made {@code key} of.
     *
     * @throws IllegalArgumentException if the key is not eight bytes long
     */
    public static long toLong(byte[] key) {
        if (key.length != HEAD_BYTES) {
            throw new IllegalArgumentException("key of `" + key.length + "` bytes is no long key; one has 8 bytes");
        }
        return head(key);
    }

    /** Compares unsigned and lexicographically; a prefix is smaller than what it begins. */
    public static int compare(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(left, right);
    }

    /** The first eight bytes, zero padded, as a long whose signed order is the byte order. */
    static long head(byte[] key) {
        return head(key, 0);
    }

    /** The head of what follows the first {@code skip} bytes of a key that is at least that long. */
    static long head(byte[] key, int skip) {
        return key.length >= skip + HEAD_BYTES
                ? (long) BIG_ENDIAN.get(key, skip) ^ Long.MIN_VALUE
                : paddedHead(key, skip);
    }

    private static long paddedHead(byte[] key, int skip) {
        long head = 0;
        for (int i = skip; i < skip + HEAD_BYTES; i++) {
            head = head << Byte.SIZE | (i < key.length ? key[i] & 0xff : 0);
        }
        return head ^ Long.MIN_VALUE;
    }

    /** The full form: the key, or null where the head says all of it. */
    static byte @Nullable [] full(byte[] key) {
        return key.length == HEAD_BYTES ? null : key;
    }

    /** The key of a head and a full form. */
    static byte[] key(long head, byte @Nullable [] full) {
        return full == null ? ofLong(head) : full;
    }

    /** The bytes of a key in hexadecimal. */
    static String text(byte[] key) {
        return HexFormat.of().formatHex(key);
    }

    static int compare(long leftHead, byte @Nullable [] left, long rightHead, byte @Nullable [] right) {
        return leftHead == rightHead ? compareTied(left, right, HEAD_BYTES) : Long.compare(leftHead, rightHead);
    }

    /** Compares full forms that are equal, zero padded, in their first {@code tied} bytes. */
    static int compareTied(byte @Nullable [] left, byte @Nullable [] right, int tied) {
        int leftLength = left == null ? HEAD_BYTES : left.length;
        int rightLength = right == null ? HEAD_BYTES : right.length;
        if (left == null || right == null || leftLength <= tied || rightLength <= tied) {
            return Integer.compare(leftLength, rightLength); // one begins the other
        }
        return Arrays.compareUnsigned(left, tied, leftLength, right, tied, rightLength);
    }
}
