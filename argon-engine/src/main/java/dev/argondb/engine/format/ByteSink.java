package dev.argondb.engine.format;

import dev.argondb.InvalidRequestException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array of bytes, written from front to back. Fixed-size numbers are big-endian; a varint has seven bits per
 * byte, the lowest first, and at most ten bytes.
 *
 * <p>Confined to one thread.
 */
public final class ByteSink {

    /** The most that a sink holds: a record of the log is smaller than this. */
    public static final int MAX_BYTES = 1 << 30;

    private byte[] bytes;
    private int size;

    public ByteSink(int initialCapacity) {
        bytes = new byte[initialCapacity];
    }

    public int size() {
        return size;
    }

    /** Returns the array in use: valid up to {@link #size()} and until the next write. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public ByteBuffer toBuffer() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    /** Forgets what was written, and gives memory back if it grew beyond a limit. */
    public void clear(int keptCapacity) {
        size = 0;
        if (bytes.length > keptCapacity) {
            bytes = new byte[keptCapacity];
        }
    }

    /** Makes room for bytes that are set later. */
    public void skip(int count) {
        reserve(count);
        size += count;
    }

    public void putByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    public void putInt(int value) {
        reserve(Integer.BYTES);
        setInt(size, value);
        size += Integer.BYTES;
    }

    public void putLong(long value) {
        putInt((int) (value >>> Integer.SIZE));
        putInt((int) value);
    }

    public void setInt(int position, int value) {
        bytes[position] = (byte) (value >>> 24);
        bytes[position + 1] = (byte) (value >>> 16);
        bytes[position + 2] = (byte) (value >>> 8);
        bytes[position + 3] = (byte) value;
    }

    public void setLong(int position, long value) {
        setInt(position, (int) (value >>> Integer.SIZE));
        setInt(position + Integer.BYTES, (int) value);
    }

    public void putVarint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    public void putBytes(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, size, count);
        size += count;
    }

    /** Writes the length as a varint, then the bytes. */
    public void putSized(byte[] value) {
        putVarint(value.length);
        putBytes(value, 0, value.length);
    }

    /** Writes a text as sized UTF-8. */
    public void putText(String value) {
        putSized(value.getBytes(StandardCharsets.UTF_8));
    }

    private void reserve(int count) {
        long needed = (long) size + count;
        if (needed > bytes.length) {
            grow(needed);
        }
    }

    private void grow(long needed) {
        if (needed > MAX_BYTES) {
            throw new InvalidRequestException("the commit takes more than the " + MAX_BYTES
                    + " bytes that one commit may take in the log; commit in smaller parts");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(needed, 2L * bytes.length)));
    }
}
