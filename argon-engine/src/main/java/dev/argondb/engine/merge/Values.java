package dev.argondb.engine.merge;

import dev.argondb.InvalidRequestException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** Values inside nested documents as Java's, and back. Stateless, thread-safe. */
final class Values {

    /** The longest value in a message, in characters. */
    private static final int MOST_SHOWN = 60;

    private Values() {}

    /** Returns the Java value of one of BSON. */
    static @Nullable Object java(@Nullable BsonValue value) {
        if (value == null) {
            return null;
        }
        return switch (value.getBsonType()) {
            case NULL, UNDEFINED -> null;
            case STRING -> value.asString().getValue();
            case BOOLEAN -> value.asBoolean().getValue();
            case INT32 -> value.asInt32().getValue();
            case INT64 -> value.asInt64().getValue();
            case DOUBLE -> value.asDouble().getValue();
            case DECIMAL128 -> value.asDecimal128().getValue().bigDecimalValue();
            case DATE_TIME -> Instant.ofEpochMilli(value.asDateTime().getValue());
            case BINARY -> value.asBinary().getData();
            case DOCUMENT -> map(value.asDocument());
            case ARRAY -> list(value.asArray());
            default -> value.toString();
        };
    }

    private static Map<String, @Nullable Object> map(BsonDocument document) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        document.forEach((name, value) -> map.put(name, java(value)));
        return map;
    }

    private static List<@Nullable Object> list(BsonArray array) {
        List<@Nullable Object> list = new ArrayList<>();
        array.forEach(value -> list.add(java(value)));
        return list;
    }

    /**
     * Returns the BSON of a Java value.
     *
     * @throws InvalidRequestException if it has none
     */
    static BsonValue bson(@Nullable Object value) {
        if (value == null) {
            return BsonNull.VALUE;
        } else if (value instanceof String text) {
            return new BsonString(text);
        } else if (value instanceof Boolean truth) {
            return BsonBoolean.valueOf(truth);
        } else if (value instanceof Number number) {
            return number(number);
        } else if (value instanceof byte[] bytes) {
            return new BsonBinary(bytes);
        } else if (value instanceof Map<?, ?> map) {
            BsonDocument document = new BsonDocument();
            map.forEach((name, member) -> document.append(String.valueOf(name), bson(member)));
            return document;
        } else if (value instanceof List<?> list) {
            return new BsonArray(list.stream().map(Values::bson).toList());
        }
        throw new InvalidRequestException("a " + value.getClass().getName() + " cannot stand inside a nested document;"
                + " strings, numbers, truth values, lists and maps can");
    }

    private static BsonValue number(Number number) {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return new BsonInt32(number.intValue());
        } else if (number instanceof Long) {
            return new BsonInt64(number.longValue());
        } else if (number instanceof Double || number instanceof Float) {
            return new BsonDouble(number.doubleValue());
        }
        return new BsonDecimal128(new Decimal128(new BigDecimal(number.toString())));
    }

    /** Returns a value as a message shows it: in backticks, and not too long. */
    static String text(@Nullable Object value) {
        String text = String.valueOf(value instanceof byte[] bytes ? bytes.length + " bytes" : value);
        return "`" + (text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...") + "`";
    }
}
