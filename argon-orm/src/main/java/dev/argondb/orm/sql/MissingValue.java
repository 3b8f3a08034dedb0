package dev.argondb.orm.sql;

import java.util.HexFormat;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueNull;

/**
 * What a document without a field has in the field's column, as text: empty for null; {@code =} and the value as SQL casts it
 * from text; or {@code bson:} and a document of one field in hexadecimal, where text would not do.
 *
 * <p>Stateless, thread-safe.
 */
final class MissingValue {

    private static final String BSON = "bson:";
    private static final byte[] NAME = {'v'};

    private MissingValue() {}

    /** Writes a value. */
    static String write(Value value) {
        if (value.getValueType() == Value.NULL) {
            return "";
        }
        return switch (value.getValueType()) {
            case Value.BOOLEAN, Value.TINYINT, Value.SMALLINT, Value.INTEGER, Value.BIGINT, Value.VARCHAR ->
                "=" + value.getString();
            default -> {
                BsonOut out = new BsonOut();
                int start = out.open();
                DocumentCodec.write(out, NAME, value);
                out.close(start);
                yield BSON + HexFormat.of().formatHex(out.toBytes());
            }
        };
    }

    /** Reads a value of a type. */
    static Value read(String text, TypeInfo type) {
        if (text.isEmpty()) {
            return ValueNull.INSTANCE;
        }
        if (text.startsWith(BSON)) {
            BsonIn in = new BsonIn(HexFormat.of().parseHex(text.substring(BSON.length())));
            return DocumentCodec.read(in, in.next(), type);
        }
        return org.h2.value.ValueVarchar.get(text.substring(1)).convertTo(type, null);
    }
}
