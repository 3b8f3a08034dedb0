package dev.argondb.orm.sql;

import dev.argondb.engine.tree.Keys;

/** Reads what {@link KeyWriter} wrote. Confined. */
final class KeyReader {

    private final byte[] bytes;
    private int at;
    private int mask;

    KeyReader(byte[] bytes) {
        this.bytes = bytes;
    }

    void inverted(boolean inverted) {
        mask = inverted ? 0xff : 0;
    }

    void flip() {
        mask ^= 0xff;
    }

    /** Returns the next byte, from 0 to 255. */
    int next() {
        return (bytes[at++] & 0xff) ^ mask;
    }

    /** Returns the next byte as it stands and stays before it. */
    int peekPlain() {
        return bytes[at] & 0xff;
    }

    /** Returns the next byte and stays before it. */
    int peek() {
        return (bytes[at] & 0xff) ^ mask;
    }

    long bigEndian(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << Byte.SIZE) | next();
        }
        return value;
    }

    /** Returns the number that the whole key is. */
    long asLong() {
        return Keys.toLong(bytes);
    }
}
