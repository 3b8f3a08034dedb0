package dev.argondb.orm.sql;

import dev.argondb.engine.schema.ColumnSpec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.message.DbException;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueNull;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a row was written under: their fields, types and what stands in for a field that is not there.
 *
 * <p>Two tables, or two versions of one, with equal columns share one layout, so identity tells whether a row must be adapted.
 * Immutable, thread-safe.
 */
final class Layout {

    /**
     * One field of the documents.
     *
     * @param name its name in documents
     * @param nameBytes the same in UTF-8
     * @param type its column's type
     * @param missing what a document without it has
     */
    record Field(String name, byte[] nameBytes, TypeInfo type, Value missing) {

        static Field of(ColumnSpec column) {
            TypeInfo type = TypeText.parse(column.type());
            return new Field(
                    column.field(),
                    column.field().getBytes(StandardCharsets.UTF_8),
                    type,
                    MissingValue.read(column.missing(), type));
        }
    }

    private static final AtomicLong ROW_NUMBERS = new AtomicLong();

    private final Field[] fields;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<Layout, int[]> sources = new ConcurrentHashMap<>();

    /** The layout of these columns. */
    Layout(List<ColumnSpec> columns) {
        fields = columns.stream().map(Field::of).toArray(Field[]::new);
        for (int i = 0; i < fields.length; i++) {
            positions.put(fields[i].name(), i);
        }
    }

    /** Returns a number that no other row in this process has; H2 tells rows without integer keys apart by it. */
    static long nextRowNumber() {
        return ROW_NUMBERS.incrementAndGet();
    }

    int size() {
        return fields.length;
    }

    Field field(int position) {
        return fields[position];
    }

    /** Returns the position of the field of a name, -1 where there is none. */
    int position(String name) {
        return positions.getOrDefault(name, -1);
    }

    /** Returns the position of the field that a reader stands on; the expected one is tried first. */
    int positionOfNext(BsonIn in, int expected) {
        if (expected < fields.length && in.isNamed(fields[expected].nameBytes())) {
            return expected;
        }
        return position(in.name());
    }

    /** Returns the row under this layout: itself, or a copy with fields added, left out and converted. */
    SqlRow adapt(SqlRow row) {
        Layout from = row.layout();
        if (from == this) {
            return row;
        }
        int[] source = sources.computeIfAbsent(from, this::sourcesIn);
        Value[] values = new Value[fields.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = source[i] < 0 ? fields[i].missing() : convert(row.value(source[i]), fields[i].type());
        }
        return new SqlRow(this, values, row.getKey());
    }

    private int[] sourcesIn(Layout from) {
        int[] source = new int[fields.length];
        for (int i = 0; i < source.length; i++) {
            source[i] = from.position(fields[i].name());
        }
        return source;
    }

    /**
     * Returns a value as one of another type; null where that cannot be. A statement never leaves such a value behind, but
     * documents are seen under a new type before the entries of the same commit exchange them.
     */
    static Value convert(Value value, TypeInfo type) {
        try {
            return value.convertTo(type, null);
        } catch (DbException e) {
            return ValueNull.INSTANCE;
        }
    }

    /** Decodes a document; {@link #isPure} tells whether nothing of it was lost or added. */
    SqlRow decode(byte[] bson, long key) {
        @Nullable Value[] read = DocumentCodec.read(bson, this);
        Value[] values = new Value[read.length];
        for (int i = 0; i < read.length; i++) {
            Value value = read[i];
            values[i] = value != null ? value : fields[i].missing();
        }
        return new SqlRow(this, values, key);
    }

    /** Returns whether a document has just the fields of this layout, as values of its types. */
    boolean isPure(byte[] bson) {
        BsonIn in = new BsonIn(bson);
        int count = 0;
        for (int type = in.next(); type != 0; type = in.next()) {
            if (count >= fields.length
                    || !in.isNamed(fields[count].nameBytes())
                    || !DocumentCodec.isExact(type, fields[count].type())) {
                return false;
            }
            in.skip(type);
            count++;
        }
        return count == fields.length;
    }
}
