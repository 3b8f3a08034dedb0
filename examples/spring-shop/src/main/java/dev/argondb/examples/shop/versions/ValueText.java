package dev.argondb.examples.shop.versions;

import dev.argondb.InvalidRequestException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of fields as people read and write them. */
final class ValueText {

    private ValueText() {}

    /** Returns a value for people. */
    static String of(@Nullable Object value) {
        if (value == null) {
            return "(nothing)";
        }
        if (value instanceof Map<?, ?> document) {
            return document.entrySet().stream()
                    .map(field -> field.getKey() + ": " + of(field.getValue()))
                    .collect(Collectors.joining(", "));
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    /** Returns whether a value can be typed in. */
    static boolean isScalar(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    /**
     * Returns the value that a text stands for.
     *
     * @param sample a value of the same field
     */
    static Object parse(String text, Object sample) {
        try {
            if (sample instanceof BigDecimal) {
                return new BigDecimal(text.strip());
            }
            if (sample instanceof Long) {
                return Long.valueOf(text.strip());
            }
            if (sample instanceof Integer) {
                return Integer.valueOf(text.strip());
            }
        } catch (NumberFormatException e) {
            throw new InvalidRequestException("`" + text + "` is not a number", e);
        }
        return sample instanceof Boolean ? Boolean.valueOf(text.strip()) : text;
    }
}
