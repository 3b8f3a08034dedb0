package dev.argondb.engine.state;

/**
 * About how much heap a document takes once it is decoded into one object for each field: more than its BSON, as a rule. It
 * is looked through field by field, since small fields cost most.
 */
final class DocumentWeight {

    /** Heap bytes of decoded values, with their place in an array: small ones, texts and bytes without their content. */
    private static final int CONSTANT = 4;

    private static final int INT = 24;
    private static final int LONG = 40;
    private static final int DECIMAL = 144;
    private static final int TEXT = 80;
    private static final int BYTES = 64;
    private static final int ARRAY = 64;

    /** Arrays in arrays are weighed by their length, from this depth on: no type of a column nests deeper. */
    private static final int MOST_LEVELS = 16;

    private static final int DEEP_FACTOR = 8;
    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int NO_LENGTH = -1000;

    private final byte[] bson;
    private int at;
    private long weight;

    private DocumentWeight(byte[] bson) {
        this.bson = bson;
    }

    /** Weighs as much of a document as is well-formed; its length at least. */
    static int of(byte[] bson) {
        DocumentWeight document = new DocumentWeight(bson);
        document.fields(0, bson.length, 0);
        return (int) Math.min(Integer.MAX_VALUE / 2, Math.max(bson.length, document.weight));
    }

    /** Weighs the fields of a document, or of one in it; false where it is not well-formed. */
    private boolean fields(int from, int end, int depth) {
        at = from + LENGTH_BYTES;
        while (at < end && bson[at] != 0) {
            int type = bson[at++];
            skipName();
            int size = at < end ? size(type, depth) : -1;
            if (size < 0 || size > end - at) {
                return false;
            }
            at += size;
        }
        return true;
    }

    private void skipName() {
        while (at < bson.length && bson[at] != 0) {
            at++;
        }
        at++;
    }

    /** Weighs a value and returns its bytes; negative where it is none that documents are written with. */
    private int size(int type, int depth) {
        return switch (type) {
            case 0x01, 0x09, 0x11, 0x12 -> sized(Long.BYTES, LONG);
            case 0x02, 0x0d, 0x0e -> sizedText(length());
            case 0x03, 0x04 -> nested(length(), depth);
            case 0x05 -> sized(LENGTH_BYTES + 1 + length(), BYTES + length());
            case 0x07 -> sized(12, BYTES);
            case 0x08 -> sized(1, CONSTANT);
            case 0x0a -> sized(0, CONSTANT);
            case 0x10 -> sized(Integer.BYTES, INT);
            case 0x13 -> sized(16, DECIMAL);
            default -> -1;
        };
    }

    private int sized(int size, int heap) {
        weight += heap;
        return size;
    }

    /** Characters take one byte or two. */
    private int sizedText(int length) {
        return sized(LENGTH_BYTES + length, TEXT + length + length / 2);
    }

    private int nested(int length, int depth) {
        int start = at;
        int end = start + length;
        weight += ARRAY;
        if (length < LENGTH_BYTES || end > bson.length) {
            return -1;
        }
        if (depth == MOST_LEVELS) {
            weight += (long) DEEP_FACTOR * length;
        } else if (!fields(start, end, depth + 1)) {
            return -1;
        }
        at = start;
        return length;
    }

    /** Reads the length that a value begins with; so far below zero that no sum with it is a size where it is none. */
    private int length() {
        if (bson.length - at < LENGTH_BYTES) {
            return NO_LENGTH;
        }
        int length = (bson[at] & 0xff)
                | (bson[at + 1] & 0xff) << 8
                | (bson[at + 2] & 0xff) << 16
                | (bson[at + 3] & 0xff) << 24;
        return length < 0 || length > bson.length ? NO_LENGTH : length;
    }
}
