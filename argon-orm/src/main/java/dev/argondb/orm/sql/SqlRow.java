package dev.argondb.orm.sql;

import dev.argondb.engine.log.Document;
import java.util.Arrays;
import org.h2.result.DefaultRow;
import org.h2.value.Value;

/**
 * A document as H2 reads it: a row, and the layout it was written under.
 *
 * <p>Immutable by convention, though H2's class is not: nothing may set a value or the key of one. Thread-safe as such.
 */
final class SqlRow extends DefaultRow implements Document {

    private final Layout layout;

    /**
     * @param values becomes the row's own
     * @param key the document's integer key, or a number of {@link Layout#nextRowNumber}
     */
    SqlRow(Layout layout, Value[] values, long key) {
        super(values);
        this.layout = layout;
        this.key = key;
    }

    /** Returns the layout it was written under. */
    Layout layout() {
        return layout;
    }

    /** Returns the value at a position of the layout. */
    Value value(int position) {
        return data[position];
    }

    /** Returns a copy of the values. */
    Value[] copyOfValues() {
        return data.clone();
    }

    /** Returns whether both have equal values, of equal types and scales, under the same layout. */
    boolean hasValuesOf(SqlRow other) {
        return layout == other.layout && Arrays.equals(data, other.data);
    }

    @Override
    public byte[] encode() {
        return DocumentCodec.write(data, layout);
    }

    @Override
    public byte[] encodeChangedBy(Document newer) {
        return newer instanceof SqlRow row ? encodeChangedBy(row) : encode();
    }

    private byte[] encodeChangedBy(SqlRow newer) {
        BsonOut out = new BsonOut();
        int start = out.open();
        for (int i = 0; i < data.length; i++) {
            Layout.Field field = layout.field(i);
            int other = newer.layout == layout ? i : newer.layout.position(field.name());
            if (other < 0 || !data[i].equals(newer.data[other])) {
                DocumentCodec.write(out, field.nameBytes(), data[i]);
            }
        }
        out.close(start);
        return out.toBytes();
    }
}
