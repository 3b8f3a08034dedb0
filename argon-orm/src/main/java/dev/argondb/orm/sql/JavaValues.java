package dev.argondb.orm.sql;

import java.util.Arrays;
import org.h2.util.JSR310Utils;
import org.h2.value.Value;
import org.h2.value.ValueArray;
import org.h2.value.ValueRow;
import org.h2.value.ValueUuid;
import org.jspecify.annotations.Nullable;

/** H2's values as Java's. Stateless, thread-safe. */
final class JavaValues {

    private JavaValues() {}

    /** Returns the Java value that says most of it; text where Java has none. */
    static @Nullable Object of(Value value) {
        return switch (value.getValueType()) {
            case Value.NULL -> null;
            case Value.BOOLEAN -> value.getBoolean();
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER -> value.getInt();
            case Value.BIGINT -> value.getLong();
            case Value.REAL -> value.getFloat();
            case Value.DOUBLE -> value.getDouble();
            case Value.NUMERIC -> value.getBigDecimal();
            case Value.BINARY, Value.VARBINARY, Value.BLOB, Value.JAVA_OBJECT -> value.getBytes();
            case Value.UUID -> ((ValueUuid) value).getUuid();
            case Value.DATE -> JSR310Utils.valueToLocalDate(value, null);
            case Value.TIME -> JSR310Utils.valueToLocalTime(value, null);
            case Value.TIME_TZ -> JSR310Utils.valueToOffsetTime(value, null);
            case Value.TIMESTAMP -> JSR310Utils.valueToLocalDateTime(value, null);
            case Value.TIMESTAMP_TZ -> JSR310Utils.valueToOffsetDateTime(value, null);
            case Value.ARRAY ->
                Arrays.stream(((ValueArray) value).getList())
                        .map(JavaValues::of)
                        .toList();
            case Value.ROW ->
                Arrays.stream(((ValueRow) value).getList()).map(JavaValues::of).toList();
            default -> value.getString();
        };
    }
}
