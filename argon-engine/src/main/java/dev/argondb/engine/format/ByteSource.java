package dev.argondb.engine.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A range of an array, read from front to back: the counterpart of {@link ByteSink}. Every read checks the bounds.
 *
 * <p>Confined to one thread.
 */
public final class ByteSource {

    private final byte[] bytes;
    private final int end;
    private int position;

    public ByteSource(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    public int remaining() {
        return end - position;
    }

    public int readByte() throws MalformedRecordException {
        require(1);
        return bytes[position++] & 0xff;
    }

    public long readVarint() throws MalformedRecordException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedRecordException("a number of more than 10 bytes");
    }

    /** Reads a varint that is an int, 0 or more. */
    public int readCount() throws MalformedRecordException {
        long value = readVarint();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new MalformedRecordException("a count of " + Long.toUnsignedString(value));
        }
        return (int) value;
    }

    /** Reads a number of things that take a byte or more each. */
    public int readCountOfFollowing() throws MalformedRecordException {
        int count = readCount();
        require(count);
        return count;
    }

    /** Reads a big-endian number of eight bytes. */
    public long readLong() throws MalformedRecordException {
        require(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | (bytes[position++] & 0xff);
        }
        return value;
    }

    /** Reads some bytes into a part of an array. */
    public void readBytes(byte[] target, int offset, int length) throws MalformedRecordException {
        require(length);
        System.arraycopy(bytes, position, target, offset, length);
        position += length;
    }

    public byte[] readSized() throws MalformedRecordException {
        int length = readCountOfFollowing();
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return value;
    }

    public String readText() throws MalformedRecordException {
        int length = readCountOfFollowing();
        String value = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    /** Moves all that is left into a sink. */
    public void readInto(ByteSink sink) {
        sink.putBytes(bytes, position, remaining());
        position = end;
    }

    private void require(int count) throws MalformedRecordException {
        if (count > remaining()) {
            throw new MalformedRecordException(count + " bytes expected, " + remaining() + " left");
        }
    }
}
