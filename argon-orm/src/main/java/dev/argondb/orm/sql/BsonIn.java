package dev.argondb.orm.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bson.types.Decimal128;

/** Reads one BSON document. Confined. */
final class BsonIn {

    private final byte[] bytes;
    private int at;
    private int nameStart;
    private int nameEnd;

    /** Reads a document from its start. */
    BsonIn(byte[] bytes) {
        this.bytes = bytes;
        this.at = Integer.BYTES;
    }

    /** Opens an embedded document or array. */
    void open() {
        at += Integer.BYTES;
    }

    /** Moves to the next element; returns its type, 0 at the end of the document. */
    int next() {
        int type = bytes[at++] & 0xff;
        if (type != 0) {
            nameStart = at;
            while (bytes[at] != 0) {
                at++;
            }
            nameEnd = at++;
        }
        return type;
    }

    /** Moves to the value of the element of a name; returns its type, 0 where there is none. */
    int find(byte[] name) {
        int type = next();
        while (type != 0 && !isNamed(name)) {
            skip(type);
            type = next();
        }
        return type;
    }

    /** Returns whether two documents have the same bytes as the value of a name, or none. */
    static boolean isSame(byte[] a, byte[] b, byte[] name) {
        BsonIn left = new BsonIn(a);
        BsonIn right = new BsonIn(b);
        int type = left.find(name);
        if (type != right.find(name)) {
            return false;
        } else if (type == 0) {
            return true;
        }
        int leftStart = left.at;
        int rightStart = right.at;
        left.skip(type);
        right.skip(type);
        return Arrays.equals(a, leftStart, left.at, b, rightStart, right.at);
    }

    /** Returns whether the present element has a name. */
    boolean isNamed(byte[] name) {
        return Arrays.equals(bytes, nameStart, nameEnd, name, 0, name.length);
    }

    /** Returns the name of the present element. */
    String name() {
        return new String(bytes, nameStart, nameEnd - nameStart, StandardCharsets.UTF_8);
    }

    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    boolean bool() {
        return bytes[at++] != 0;
    }

    int int32() {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value |= (bytes[at++] & 0xff) << (i * Byte.SIZE);
        }
        return value;
    }

    long int64() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value |= (bytes[at++] & 0xffL) << (i * Byte.SIZE);
        }
        return value;
    }

    double float64() {
        return Double.longBitsToDouble(int64());
    }

    Decimal128 decimal() {
        long low = int64();
        return Decimal128.fromIEEE754BIDEncoding(int64(), low);
    }

    /** Returns the UTF-8 bytes of a string. */
    byte[] utf8() {
        int size = int32();
        byte[] value = Arrays.copyOfRange(bytes, at, at + size - 1);
        at += size;
        return value;
    }

    String string() {
        int size = int32();
        String value = new String(bytes, at, size - 1, StandardCharsets.UTF_8);
        at += size;
        return value;
    }

    /** Returns the subtype of a binary; its bytes are {@link #binary}. */
    int binarySubtype() {
        return bytes[at + Integer.BYTES] & 0xff;
    }

    byte[] binary() {
        int size = int32();
        at++;
        byte[] value = Arrays.copyOfRange(bytes, at, at + size);
        at += size;
        return value;
    }

    /** Skips the value of an element. */
    void skip(int type) {
        switch (type) {
            case BsonOut.NULL -> {}
            case BsonOut.BOOLEAN -> at++;
            case BsonOut.INT32 -> at += Integer.BYTES;
            case BsonOut.DOUBLE, BsonOut.INT64, BsonOut.DATE_TIME, 0x11 -> at += Long.BYTES;
            case BsonOut.DECIMAL128 -> at += 2 * Long.BYTES;
            case 0x07 -> at += 12;
            case BsonOut.STRING -> skip(int32(), 0);
            case BsonOut.BINARY -> skip(int32(), 1);
            case 0x03, BsonOut.ARRAY -> skip(int32(), -Integer.BYTES);
            default -> throw new AssertionError("BSON element `" + name() + "` of unknown type " + type);
        }
    }

    private void skip(int size, int more) {
        at += size + more;
    }
}
