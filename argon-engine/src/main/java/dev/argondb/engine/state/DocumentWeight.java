package dev.argondb.engine.state;

/**
 * About how much heap a document takes once it is decoded into one object for each field: more than its BSON, as a rule. It
 * is looked through field by field, since small fields cost most.
 */
final class DocumentWeight {

    /** Heap bytes of a decoded field, beside the bytes of its value: the value, the text in it, its array. */
    private static final int FIELD = 72;

    /** Elements of arrays and nested documents are decoded too, and are mostly smaller in BSON than in memory. */
    private static final int NESTED_FACTOR = 8;

    private static final int LENGTH_BYTES = Integer.BYTES;

    private final byte[] bson;
    private int at = LENGTH_BYTES;
    private int weight;

    private DocumentWeight(byte[] bson) {
        this.bson = bson;
    }

    /** Weighs as much of a document as is well-formed; its length at least. */
    static int of(byte[] bson) {
        DocumentWeight document = new DocumentWeight(bson);
        while (document.next()) {
            document.weight += FIELD;
        }
        return document.weight + bson.length;
    }

    private boolean next() {
        if (at >= bson.length || bson[at] == 0) {
            return false;
        }
        int type = bson[at++];
        skipName();
        int size = at < bson.length ? size(type) : -1;
        if (size < 0 || size > bson.length - at) {
            return false;
        }
        at += size;
        return true;
    }

    private void skipName() {
        while (at < bson.length && bson[at] != 0) {
            at++;
        }
        at++;
    }

    /** Returns the bytes of a value; negative where its type is none that documents are written with. */
    private int size(int type) {
        return switch (type) {
            case 0x01, 0x09, 0x11, 0x12 -> Long.BYTES;
            case 0x02, 0x0d, 0x0e -> LENGTH_BYTES + length();
            case 0x03, 0x04 -> nested(length());
            case 0x05 -> LENGTH_BYTES + 1 + length();
            case 0x07 -> 12;
            case 0x08 -> 1;
            case 0x0a -> 0;
            case 0x10 -> Integer.BYTES;
            case 0x13 -> 16;
            default -> -1;
        };
    }

    private int nested(int length) {
        weight += NESTED_FACTOR * Math.max(0, Math.min(length, bson.length));
        return length;
    }

    private int length() {
        if (bson.length - at < LENGTH_BYTES) {
            return -1 - LENGTH_BYTES - 1;
        }
        int length = (bson[at] & 0xff)
                | (bson[at + 1] & 0xff) << 8
                | (bson[at + 2] & 0xff) << 16
                | (bson[at + 3] & 0xff) << 24;
        return length < 0 || length > bson.length ? -1 - LENGTH_BYTES - 1 : length;
    }
}
