package dev.argondb.orm.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.h2.value.ExtTypeInfoEnum;
import org.h2.value.ExtTypeInfoRow;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueArray;
import org.h2.value.ValueBigint;
import org.h2.value.ValueBlob;
import org.h2.value.ValueBoolean;
import org.h2.value.ValueClob;
import org.h2.value.ValueDecfloat;
import org.h2.value.ValueDouble;
import org.h2.value.ValueJavaObject;
import org.h2.value.ValueNull;
import org.h2.value.ValueNumeric;
import org.h2.value.ValueReal;
import org.h2.value.ValueRow;
import org.h2.value.ValueUuid;
import org.h2.value.ValueVarbinary;
import org.h2.value.ValueVarchar;

/** Seeded values of every type, with the edges among them. */
final class RandomValues {

    /** Types that can be keys. */
    static final List<String> KEY_TYPES = List.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "NUMERIC(20, 4)",
            "NUMERIC(60, 30)",
            "REAL",
            "DOUBLE PRECISION",
            "DECFLOAT(40)",
            "CHARACTER(8)",
            "CHARACTER VARYING(20)",
            "VARCHAR_IGNORECASE(20)",
            "BINARY(6)",
            "BINARY VARYING(20)",
            "DATE",
            "TIME(9)",
            "TIME(9) WITH TIME ZONE",
            "TIMESTAMP(9)",
            "TIMESTAMP(9) WITH TIME ZONE",
            "INTERVAL YEAR",
            "INTERVAL MONTH",
            "INTERVAL DAY",
            "INTERVAL HOUR",
            "INTERVAL MINUTE",
            "INTERVAL SECOND",
            "INTERVAL YEAR TO MONTH",
            "INTERVAL DAY TO HOUR",
            "INTERVAL DAY TO MINUTE",
            "INTERVAL DAY TO SECOND",
            "INTERVAL HOUR TO MINUTE",
            "INTERVAL HOUR TO SECOND",
            "INTERVAL MINUTE TO SECOND",
            "UUID",
            "ENUM('small', 'medium', 'large', 'it''s')",
            "JSON",
            "JAVA_OBJECT",
            "INTEGER ARRAY",
            "CHARACTER VARYING(5) ARRAY ARRAY",
            "ROW(a INTEGER, b CHARACTER VARYING(5))");

    private static final String[] CHARACTERS = {
        "", "a", "A", "b", "z", " ", "\0", "\1", "\2", "ä", "Ä", "ß", "\u07ff", "\u0800", "\uffff", "\ue000", "😀",
        "𝒳", "0", "9"
    };
    private static final long[] LONGS = {
        0,
        1,
        -1,
        127,
        128,
        -128,
        -129,
        255,
        256,
        -255,
        -256,
        65535,
        65536,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        1L << 40,
        -(1L << 40)
    };
    private static final double[] DOUBLES = {
        0,
        -0.0,
        1,
        -1,
        0.1,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    private final Random random;

    RandomValues(long seed) {
        random = new Random(seed);
    }

    /** Returns a value of a type, sometimes null. */
    Value nullable(TypeInfo type) {
        return random.nextInt(10) == 0 ? ValueNull.INSTANCE : of(type);
    }

    /** Returns a value of a type, as a column of it would hold it. */
    Value of(TypeInfo type) {
        return switch (type.getValueType()) {
            case Value.BOOLEAN -> ValueBoolean.get(random.nextBoolean());
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER, Value.BIGINT -> integer(type);
            case Value.NUMERIC ->
                ValueNumeric.getAnyScale(decimal(type.getScale())).convertTo(type, null);
            case Value.DECFLOAT -> decfloat();
            case Value.REAL -> ValueReal.get((float) floating());
            case Value.DOUBLE -> ValueDouble.get(floating());
            case Value.CLOB -> ValueClob.createSmall(text(30));
            case Value.BLOB -> ValueBlob.createSmall(bytes(30));
            case Value.BINARY, Value.VARBINARY ->
                ValueVarbinary.getNoCopy(bytes(6)).convertTo(type, null);
            case Value.JAVA_OBJECT -> ValueJavaObject.getNoCopy(bytes(6));
            case Value.UUID -> ValueUuid.get(new UUID(random.nextLong(), random.nextLong()));
            case Value.ENUM -> ((ExtTypeInfoEnum) type.getExtTypeInfo()).getValue(1 + random.nextInt(4), null);
            case Value.JSON -> ValueVarchar.get(json()).convertTo(TypeInfo.TYPE_JSON, null);
            case Value.ARRAY -> array((TypeInfo) type.getExtTypeInfo());
            case Value.ROW -> row(type);
            default -> textual(type);
        };
    }

    private Value integer(TypeInfo type) {
        long value =
                random.nextBoolean() ? LONGS[random.nextInt(LONGS.length)] : random.nextLong() >> random.nextInt(64);
        int bits =
                switch (type.getValueType()) {
                    case Value.TINYINT -> 8;
                    case Value.SMALLINT -> 16;
                    case Value.INTEGER -> 32;
                    default -> 64;
                };
        return ValueBigint.get(value << (64 - bits) >> (64 - bits)).convertTo(type, null);
    }

    private BigDecimal decimal(int scale) {
        BigInteger unscaled = new BigInteger(random.nextInt(60), random);
        BigDecimal value =
                new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), random.nextInt(scale + 1));
        return random.nextInt(4) == 0 ? BigDecimal.valueOf(random.nextInt(5) - 2L) : value;
    }

    private Value decfloat() {
        return switch (random.nextInt(12)) {
            case 0 -> ValueDecfloat.NAN;
            case 1 -> ValueDecfloat.POSITIVE_INFINITY;
            case 2 -> ValueDecfloat.NEGATIVE_INFINITY;
            default -> ValueDecfloat.get(decimal(30).scaleByPowerOfTen(random.nextInt(60) - 30));
        };
    }

    private double floating() {
        return random.nextBoolean() ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextGaussian() * 1e3;
    }

    private String text(int max) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(max); i > 0; i--) {
            text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }

    private byte[] bytes(int max) {
        byte[] bytes = new byte[random.nextInt(max + 1)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextBoolean() ? random.nextInt(3) - 1 : random.nextInt());
        }
        return bytes;
    }

    private String json() {
        return "{\"a\": [1.0, 1.00, null, " + random.nextInt() + "], \"b\": \"" + "äx".repeat(random.nextInt(3))
                + "\"}";
    }

    private Value array(TypeInfo component) {
        Value[] values = new Value[random.nextInt(4)];
        for (int i = 0; i < values.length; i++) {
            values[i] = nullable(component);
        }
        return ValueArray.get(component, values, null);
    }

    private Value row(TypeInfo type) {
        Value[] values = ((ExtTypeInfoRow) type.getExtTypeInfo())
                .getFields().stream().map(field -> nullable(field.getValue())).toArray(Value[]::new);
        return ValueRow.get(type, values);
    }

    /** Values that SQL writes as text: strings, times and intervals. */
    private Value textual(TypeInfo type) {
        return ValueVarchar.get(textOf(type)).convertTo(type, null);
    }

    private String textOf(TypeInfo type) {
        return switch (type.getValueType()) {
            case Value.CHAR, Value.VARCHAR, Value.VARCHAR_IGNORECASE -> text(5);
            case Value.DATE -> date();
            case Value.TIME -> time();
            case Value.TIME_TZ -> time() + zone();
            case Value.TIMESTAMP -> date() + " " + time();
            case Value.TIMESTAMP_TZ -> date() + " " + time() + zone();
            default -> interval(type);
        };
    }

    private String date() {
        int year = random.nextInt(4) == 0 ? random.nextInt(20000) - 9999 : 1990 + random.nextInt(40);
        String text = String.format("%04d", Math.abs(year));
        return (year < 0 ? "-" : year > 9999 ? "+" : "")
                + text
                + String.format("-%02d-%02d", 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private String time() {
        String seconds = String.format("%02d:%02d:%02d", random.nextInt(24), random.nextInt(60), random.nextInt(60));
        return switch (random.nextInt(3)) {
            case 0 -> seconds;
            case 1 -> seconds + String.format(".%03d", random.nextInt(1000));
            default -> seconds + String.format(".%09d", random.nextInt(1_000_000_000));
        };
    }

    private String zone() {
        return List.of("+00:00", "+02:00", "-11:30", "+18:00", "-18:00", "+05:45")
                .get(random.nextInt(6));
    }

    private String interval(TypeInfo type) {
        String sign = random.nextBoolean() ? "-" : "";
        String qualifier = TypeText.of(type).substring("INTERVAL ".length()).replaceAll("\\(.*?\\)", "");
        String value =
                switch (qualifier) {
                    case "SECOND" -> random.nextInt(99) + "." + random.nextInt(1000);
                    case "YEAR TO MONTH" -> random.nextInt(99) + "-" + random.nextInt(12);
                    case "DAY TO HOUR" -> random.nextInt(99) + " " + random.nextInt(24);
                    case "DAY TO MINUTE" -> random.nextInt(99) + " " + random.nextInt(24) + ":" + random.nextInt(60);
                    case "DAY TO SECOND" -> random.nextInt(99) + " 12:34:56." + random.nextInt(1000);
                    case "HOUR TO MINUTE", "MINUTE TO SECOND" -> random.nextInt(99) + ":" + random.nextInt(60);
                    case "HOUR TO SECOND" -> random.nextInt(99) + ":34:56." + random.nextInt(1000);
                    default -> String.valueOf(random.nextInt(99));
                };
        return "INTERVAL '" + sign + value + "' " + qualifier;
    }

    /** Returns some text with lone surrogates. */
    static Value brokenText() {
        return ValueVarchar.get(new String(new char[] {'a', 0xd800, 'b', 0xdc00}));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
