package dev.argondb.orm.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bson.types.Decimal128;

/** Writes one BSON document. Confined. */
final class BsonOut {

    static final int DOUBLE = 0x01;
    static final int STRING = 0x02;
    static final int ARRAY = 0x04;
    static final int BINARY = 0x05;
    static final int BOOLEAN = 0x08;
    static final int DATE_TIME = 0x09;
    static final int NULL = 0x0a;
    static final int INT32 = 0x10;
    static final int INT64 = 0x12;
    static final int DECIMAL128 = 0x13;

    /** Binary subtype: plain bytes. */
    static final int SUBTYPE_BYTES = 0x00;
    /** Binary subtype: a UUID, highest byte first. */
    static final int SUBTYPE_UUID = 0x04;
    /** Binary subtype of Argon's own: a string with lone surrogates, as UTF-16, highest byte first. */
    static final int SUBTYPE_UTF16 = 0x80;

    private byte[] bytes = new byte[128];
    private int length;

    /** Opens a document or array; returns its position, for {@link #close}. */
    int open() {
        int start = length;
        int32(0);
        return start;
    }

    /** Closes a document or array. */
    void close(int start) {
        put(0);
        int size = length - start;
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[start + i] = (byte) (size >>> (i * Byte.SIZE));
        }
    }

    /** Begins an element. */
    void element(int type, byte[] name) {
        put(type);
        raw(name);
        put(0);
    }

    void bool(boolean value) {
        put(value ? 1 : 0);
    }

    void int32(int value) {
        ensure(Integer.BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[length++] = (byte) (value >>> (i * Byte.SIZE));
        }
    }

    void int64(long value) {
        ensure(Long.BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[length++] = (byte) (value >>> (i * Byte.SIZE));
        }
    }

    void decimal(Decimal128 value) {
        int64(value.getLow());
        int64(value.getHigh());
    }

    void string(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        int32(utf8.length + 1);
        raw(utf8);
        put(0);
    }

    void utf8(byte[] value) {
        int32(value.length + 1);
        raw(value);
        put(0);
    }

    void binary(int subtype, byte[] value) {
        int32(value.length);
        put(subtype);
        raw(value);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void raw(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    private void put(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
