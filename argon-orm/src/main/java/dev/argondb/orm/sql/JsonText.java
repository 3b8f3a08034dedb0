package dev.argondb.orm.sql;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes Java values as JSON text (RFC 8259): numbers and truth values as they are, bytes in hexadecimal, all else as its text.
 */
final class JsonText {

    private JsonText() {}

    /** Returns the JSON of a value. */
    static String of(@Nullable Object value) {
        StringBuilder json = new StringBuilder();
        write(value, json);
        return json.toString();
    }

    private static void write(@Nullable Object value, StringBuilder json) {
        if (value == null || value instanceof Boolean || isFinite(value)) {
            json.append(value);
        } else if (value instanceof Map<?, ?> object) {
            writeObject(object, json);
        } else if (value instanceof List<?> array) {
            writeArray(array, json);
        } else if (value instanceof Object[] array) {
            writeArray(Arrays.asList(array), json);
        } else {
            writeString(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString(), json);
        }
    }

    /** Infinities and not-a-number are no JSON numbers. */
    private static boolean isFinite(Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number);
        }
        return value instanceof Float number ? Float.isFinite(number) : value instanceof Number;
    }

    private static void writeObject(Map<?, ?> object, StringBuilder json) {
        char before = '{';
        for (Map.Entry<?, ?> field : object.entrySet()) {
            json.append(before);
            writeString(String.valueOf(field.getKey()), json);
            json.append(':');
            write(field.getValue(), json);
            before = ',';
        }
        json.append(object.isEmpty() ? "{}" : "}");
    }

    private static void writeArray(List<?> array, StringBuilder json) {
        char before = '[';
        for (Object element : array) {
            json.append(before);
            write(element, json);
            before = ',';
        }
        json.append(array.isEmpty() ? "[]" : "]");
    }

    private static void writeString(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
