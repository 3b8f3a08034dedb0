package dev.argondb.orm.sql;

import java.util.Arrays;

/**
 * Bytes of a key as they are written. Confined.
 *
 * <p>While {@link #inverted} is set, each byte is written as its complement, which turns the order around.
 */
final class KeyWriter {

    private byte[] bytes = new byte[32];
    private int length;
    private int mask;

    /** Sets whether the bytes to come are written as their complements. */
    void inverted(boolean inverted) {
        mask = inverted ? 0xff : 0;
    }

    /** Turns the inversion around, for what orders the other way inside a value. */
    void flip() {
        mask ^= 0xff;
    }

    /** Writes one byte. */
    void put(int value) {
        if (length == bytes.length) {
            grow(1);
        }
        bytes[length++] = (byte) (value ^ mask);
    }

    /** Writes a byte as it is, inverted or not. */
    void putPlain(int value) {
        put(value ^ mask);
    }

    /** Writes bytes as they are, inverted or not. */
    void putPlain(byte[] values) {
        if (length + values.length > bytes.length) {
            grow(values.length);
        }
        System.arraycopy(values, 0, bytes, length, values.length);
        length += values.length;
    }

    /** Writes the lowest bytes of a number, highest first. */
    void putBigEndian(long value, int count) {
        for (int shift = (count - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            put((int) (value >>> shift) & 0xff);
        }
    }

    /** Returns how many bytes there are. */
    int length() {
        return length;
    }

    /** Forgets the bytes after the first ones. */
    void truncate(int newLength) {
        length = newLength;
    }

    /** Returns the bytes. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void grow(int more) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
}
