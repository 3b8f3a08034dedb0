package dev.argondb.orm.sql;

import dev.argondb.orm.sql.Layout.Field;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.types.Decimal128;
import org.h2.message.DbException;
import org.h2.util.DateTimeUtils;
import org.h2.value.ExtTypeInfoEnum;
import org.h2.value.ExtTypeInfoRow;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueArray;
import org.h2.value.ValueBigint;
import org.h2.value.ValueBinary;
import org.h2.value.ValueBlob;
import org.h2.value.ValueBoolean;
import org.h2.value.ValueChar;
import org.h2.value.ValueClob;
import org.h2.value.ValueDecfloat;
import org.h2.value.ValueDouble;
import org.h2.value.ValueGeometry;
import org.h2.value.ValueInteger;
import org.h2.value.ValueJavaObject;
import org.h2.value.ValueJson;
import org.h2.value.ValueNull;
import org.h2.value.ValueNumeric;
import org.h2.value.ValueReal;
import org.h2.value.ValueRow;
import org.h2.value.ValueSmallint;
import org.h2.value.ValueTimestamp;
import org.h2.value.ValueTimestampTimeZone;
import org.h2.value.ValueTinyint;
import org.h2.value.ValueUuid;
import org.h2.value.ValueVarbinary;
import org.h2.value.ValueVarchar;
import org.h2.value.ValueVarcharIgnoreCase;
import org.jspecify.annotations.Nullable;

/**
 * Rows as BSON documents: one field for each column, named by {@link dev.argondb.engine.schema.ColumnSpec#field}, nulls
 * included.
 *
 * <p>The grammar, version 1:
 *
 * <pre>
 * TINYINT SMALLINT INTEGER      int32          BIGINT                     int64
 * REAL DOUBLE                   double         BOOLEAN                    bool
 * NUMERIC DECFLOAT              decimal128 where it holds value and scale exactly, else string
 * CHAR VARCHAR CLOB ENUM JSON   string         UUID                       binary 4
 * VARBINARY BLOB GEOMETRY ...   binary 0       text with lone surrogates  binary 80: UTF-16, highest byte first
 * TIMESTAMP                     date-time (as if in UTC) where it is whole milliseconds, else string
 * TIMESTAMP WITH TIME ZONE      date-time where it is in UTC and whole milliseconds, else string
 * DATE TIME INTERVAL ...        string, as SQL writes it
 * ARRAY ROW                     array
 * </pre>
 *
 * <p>A field of another BSON type than its column's (the column was altered) is read as what it is and converted.
 *
 * <p>Stateless, thread-safe.
 */
final class DocumentCodec {

    private static final int MAX_DECIMAL128_DIGITS = 34;
    private static final int MAX_DECIMAL128_SCALE = 6176;
    private static final int MIN_DECIMAL128_SCALE = -6111;
    private static final long DECIMAL128_COEFFICIENT_HIGH = (1L << 49) - 1;
    private static final long DECIMAL128_SPECIAL = 3L << 61;
    private static final int DECIMAL128_EXPONENT_SHIFT = 49;
    private static final int DECIMAL128_BIAS = 6176;
    private static final byte[][] INDEX_NAMES = indexNames();

    private DocumentCodec() {}

    private static byte[][] indexNames() {
        byte[][] names = new byte[256][];
        for (int i = 0; i < names.length; i++) {
            names[i] = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
        }
        return names;
    }

    /** Writes one field. */
    static void write(BsonOut out, byte[] name, Value value) {
        switch (value.getValueType()) {
            case Value.NULL -> out.element(BsonOut.NULL, name);
            case Value.BOOLEAN -> {
                out.element(BsonOut.BOOLEAN, name);
                out.bool(value.getBoolean());
            }
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER -> {
                out.element(BsonOut.INT32, name);
                out.int32(value.getInt());
            }
            case Value.BIGINT -> {
                out.element(BsonOut.INT64, name);
                out.int64(value.getLong());
            }
            case Value.REAL, Value.DOUBLE -> {
                out.element(BsonOut.DOUBLE, name);
                out.int64(Double.doubleToLongBits(value.getDouble()));
            }
            case Value.NUMERIC -> number(out, name, value.getBigDecimal());
            case Value.DECFLOAT -> decfloat(out, name, (ValueDecfloat) value);
            case Value.JSON -> {
                out.element(BsonOut.STRING, name);
                out.utf8(value.getBytesNoCopy());
            }
            case Value.BINARY, Value.VARBINARY, Value.BLOB, Value.GEOMETRY, Value.JAVA_OBJECT ->
                binary(out, name, BsonOut.SUBTYPE_BYTES, value.getBytesNoCopy());
            case Value.UUID -> binary(out, name, BsonOut.SUBTYPE_UUID, value.getBytesNoCopy());
            case Value.TIMESTAMP -> timestamp(out, name, (ValueTimestamp) value);
            case Value.TIMESTAMP_TZ -> timestampTz(out, name, (ValueTimestampTimeZone) value);
            case Value.ARRAY -> array(out, name, ((ValueArray) value).getList());
            case Value.ROW -> array(out, name, ((ValueRow) value).getList());
            default -> text(out, name, value.getString());
        }
    }

    private static void binary(BsonOut out, byte[] name, int subtype, byte[] value) {
        out.element(BsonOut.BINARY, name);
        out.binary(subtype, value);
    }

    private static void text(BsonOut out, byte[] name, String value) {
        if (isWellFormed(value)) {
            out.element(BsonOut.STRING, name);
            out.string(value);
        } else {
            binary(out, name, BsonOut.SUBTYPE_UTF16, utf16(value));
        }
    }

    private static byte[] utf16(String value) {
        byte[] bytes = new byte[value.length() * 2];
        for (int i = 0; i < value.length(); i++) {
            bytes[2 * i] = (byte) (value.charAt(i) >>> Byte.SIZE);
            bytes[2 * i + 1] = (byte) value.charAt(i);
        }
        return bytes;
    }

    private static boolean isWellFormed(String value) {
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            if (Character.isSurrogate(unit)) {
                boolean paired = Character.isHighSurrogate(unit)
                        && i + 1 < value.length()
                        && Character.isLowSurrogate(value.charAt(i + 1));
                if (!paired) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static void number(BsonOut out, byte[] name, BigDecimal value) {
        if (value.precision() <= MAX_DECIMAL128_DIGITS
                && value.scale() <= MAX_DECIMAL128_SCALE
                && value.scale() >= MIN_DECIMAL128_SCALE) {
            out.element(BsonOut.DECIMAL128, name);
            out.decimal(new Decimal128(value));
        } else {
            text(out, name, value.toString());
        }
    }

    private static void decfloat(BsonOut out, byte[] name, ValueDecfloat value) {
        if (value.isFinite()) {
            number(out, name, value.getBigDecimal());
            return;
        }
        out.element(BsonOut.DECIMAL128, name);
        out.decimal(
                value.equals(ValueDecfloat.NAN)
                        ? Decimal128.NaN
                        : value.equals(ValueDecfloat.POSITIVE_INFINITY)
                                ? Decimal128.POSITIVE_INFINITY
                                : Decimal128.NEGATIVE_INFINITY);
    }

    private static void timestamp(BsonOut out, byte[] name, ValueTimestamp value) {
        dateTimeOrText(out, name, value, value.getDateValue(), value.getTimeNanos(), true);
    }

    private static void timestampTz(BsonOut out, byte[] name, ValueTimestampTimeZone value) {
        dateTimeOrText(
                out, name, value, value.getDateValue(), value.getTimeNanos(), value.getTimeZoneOffsetSeconds() == 0);
    }

    private static void dateTimeOrText(BsonOut out, byte[] name, Value value, long date, long nanos, boolean isUtc) {
        if (isUtc && nanos % DateTimeUtils.NANOS_PER_SECOND % 1_000_000 == 0) {
            out.element(BsonOut.DATE_TIME, name);
            out.int64(DateTimeUtils.absoluteDayFromDateValue(date) * DateTimeUtils.MILLIS_PER_DAY + nanos / 1_000_000);
        } else {
            text(out, name, value.getString());
        }
    }

    private static void array(BsonOut out, byte[] name, Value[] values) {
        out.element(BsonOut.ARRAY, name);
        int start = out.open();
        for (int i = 0; i < values.length; i++) {
            byte[] index = i < INDEX_NAMES.length
                    ? INDEX_NAMES[i]
                    : Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
            write(out, index, values[i]);
        }
        out.close(start);
    }

    /**
     * Reads the value of an element as a value of a type, converted where the element is of another type than such values
     * are written as.
     */
    static Value read(BsonIn in, int bsonType, TypeInfo type) {
        @Nullable Value exact = readExact(in, bsonType, type);
        return exact != null ? exact : Layout.convert(natural(in, bsonType), type);
    }

    /** Returns whether an element of a BSON type is how values of this type are written. */
    static boolean isExact(int bsonType, TypeInfo type) {
        int valueType = type.getValueType();
        return switch (bsonType) {
            case BsonOut.NULL -> true;
            case BsonOut.BOOLEAN -> valueType == Value.BOOLEAN;
            case BsonOut.INT32 ->
                valueType == Value.INTEGER || valueType == Value.SMALLINT || valueType == Value.TINYINT;
            case BsonOut.INT64 -> valueType == Value.BIGINT;
            case BsonOut.DOUBLE -> valueType == Value.DOUBLE || valueType == Value.REAL;
            case BsonOut.DECIMAL128 -> valueType == Value.NUMERIC || valueType == Value.DECFLOAT;
            case BsonOut.DATE_TIME -> valueType == Value.TIMESTAMP || valueType == Value.TIMESTAMP_TZ;
            case BsonOut.ARRAY -> valueType == Value.ARRAY || valueType == Value.ROW;
            case BsonOut.BINARY -> isBinary(valueType) || isText(valueType);
            case BsonOut.STRING -> !isBinary(valueType) && !isPlainNumber(valueType);
            default -> false;
        };
    }

    private static boolean isPlainNumber(int valueType) {
        return switch (valueType) {
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER, Value.BIGINT, Value.REAL, Value.DOUBLE, Value.BOOLEAN ->
                true;
            default -> false;
        };
    }

    private static boolean isBinary(int valueType) {
        return switch (valueType) {
            case Value.BINARY, Value.VARBINARY, Value.BLOB, Value.GEOMETRY, Value.JAVA_OBJECT, Value.UUID -> true;
            default -> false;
        };
    }

    private static boolean isText(int valueType) {
        return switch (valueType) {
            case Value.CHAR, Value.VARCHAR, Value.VARCHAR_IGNORECASE, Value.CLOB, Value.ENUM -> true;
            default -> false;
        };
    }

    private static @Nullable Value readExact(BsonIn in, int bsonType, TypeInfo type) {
        if (bsonType == BsonOut.NULL) {
            return ValueNull.INSTANCE;
        }
        if (!isExact(bsonType, type)) {
            return null;
        }
        return switch (bsonType) {
            case BsonOut.BOOLEAN -> ValueBoolean.get(in.bool());
            case BsonOut.INT32 -> integer(in.int32(), type.getValueType());
            case BsonOut.INT64 -> ValueBigint.get(in.int64());
            case BsonOut.DOUBLE ->
                type.getValueType() == Value.REAL ? ValueReal.get((float) in.float64()) : ValueDouble.get(in.float64());
            case BsonOut.DECIMAL128 -> number(in.int64(), in.int64(), type);
            case BsonOut.DATE_TIME -> dateTime(in.int64(), type.getValueType() == Value.TIMESTAMP_TZ);
            case BsonOut.ARRAY -> type.getValueType() == Value.ARRAY ? array(in, type) : row(in, type);
            case BsonOut.BINARY -> binary(in, type);
            default -> string(in, type);
        };
    }

    private static Value integer(int value, int valueType) {
        return switch (valueType) {
            case Value.TINYINT -> ValueTinyint.get((byte) value);
            case Value.SMALLINT -> ValueSmallint.get((short) value);
            default -> ValueInteger.get(value);
        };
    }

    /** A coefficient of up to 63 bits, as nearly all have, needs no big integers. */
    private static @Nullable Value smallNumber(long low, long high, TypeInfo type) {
        boolean isShort = low >= 0
                && (high & DECIMAL128_COEFFICIENT_HIGH) == 0
                && (high & DECIMAL128_SPECIAL) != DECIMAL128_SPECIAL;
        if (!isShort) {
            return null;
        }
        int scale = DECIMAL128_BIAS - (int) ((high & ~Long.MIN_VALUE) >>> DECIMAL128_EXPONENT_SHIFT);
        return number(BigDecimal.valueOf(high < 0 ? -low : low, scale), type);
    }

    private static Value number(long low, long high, TypeInfo type) {
        Value small = smallNumber(low, high, type);
        return small != null ? small : number(Decimal128.fromIEEE754BIDEncoding(high, low), type);
    }

    private static Value number(Decimal128 value, TypeInfo type) {
        if (value.isNaN()) {
            return ValueDecfloat.NAN;
        }
        if (value.isInfinite()) {
            return value.isNegative() ? ValueDecfloat.NEGATIVE_INFINITY : ValueDecfloat.POSITIVE_INFINITY;
        }
        return number(value.bigDecimalValue(), type);
    }

    private static Value number(BigDecimal value, TypeInfo type) {
        if (type.getValueType() == Value.DECFLOAT) {
            return ValueDecfloat.get(value);
        }
        Value numeric = ValueNumeric.getAnyScale(value);
        return value.scale() == type.getScale() ? numeric : numeric.convertTo(type, null);
    }

    private static Value dateTime(long millis, boolean withZone) {
        long day = Math.floorDiv(millis, DateTimeUtils.MILLIS_PER_DAY);
        long date = DateTimeUtils.dateValueFromAbsoluteDay(day);
        long nanos = Math.floorMod(millis, DateTimeUtils.MILLIS_PER_DAY) * 1_000_000;
        return withZone
                ? ValueTimestampTimeZone.fromDateValueAndNanos(date, nanos, 0)
                : ValueTimestamp.fromDateValueAndNanos(date, nanos);
    }

    private static Value array(BsonIn in, TypeInfo type) {
        TypeInfo component = (TypeInfo) type.getExtTypeInfo();
        List<Value> values = new ArrayList<>();
        in.open();
        for (int element = in.next(); element != 0; element = in.next()) {
            values.add(read(in, element, component));
        }
        return ValueArray.get(component, values.toArray(Value[]::new), null);
    }

    private static Value row(BsonIn in, TypeInfo type) {
        List<Value> values = new ArrayList<>();
        in.open();
        for (Map.Entry<String, TypeInfo> field : ((ExtTypeInfoRow) type.getExtTypeInfo()).getFields()) {
            values.add(read(in, in.next(), field.getValue()));
        }
        in.next();
        return ValueRow.get(type, values.toArray(Value[]::new));
    }

    private static Value binary(BsonIn in, TypeInfo type) {
        if (isText(type.getValueType())) {
            int subtype = in.binarySubtype();
            byte[] bytes = in.binary();
            return subtype == BsonOut.SUBTYPE_UTF16
                    ? text(fromUtf16(bytes), type)
                    : ValueVarbinary.getNoCopy(bytes).convertTo(type, null);
        }
        byte[] bytes = in.binary();
        return switch (type.getValueType()) {
            case Value.BINARY -> ValueBinary.getNoCopy(bytes);
            case Value.VARBINARY -> ValueVarbinary.getNoCopy(bytes);
            case Value.BLOB -> ValueBlob.createSmall(bytes);
            case Value.GEOMETRY -> ValueGeometry.getFromEWKB(bytes);
            case Value.JAVA_OBJECT -> ValueJavaObject.getNoCopy(bytes);
            default -> ValueUuid.get(bytes);
        };
    }

    private static String fromUtf16(byte[] bytes) {
        char[] units = new char[bytes.length / 2];
        for (int i = 0; i < units.length; i++) {
            units[i] = (char) (((bytes[2 * i] & 0xff) << Byte.SIZE) | (bytes[2 * i + 1] & 0xff));
        }
        return new String(units);
    }

    private static Value string(BsonIn in, TypeInfo type) {
        return switch (type.getValueType()) {
            case Value.JSON -> ValueJson.getInternal(in.utf8());
            case Value.CLOB -> {
                byte[] utf8 = in.utf8();
                yield ValueClob.createSmall(utf8, new String(utf8, StandardCharsets.UTF_8).length());
            }
            default -> text(in.string(), type);
        };
    }

    private static Value text(String text, TypeInfo type) {
        return switch (type.getValueType()) {
            case Value.VARCHAR -> ValueVarchar.get(text);
            case Value.CHAR -> ValueChar.get(text);
            case Value.VARCHAR_IGNORECASE -> ValueVarcharIgnoreCase.get(text);
            case Value.CLOB -> ValueClob.createSmall(text);
            case Value.ENUM -> ((ExtTypeInfoEnum) type.getExtTypeInfo()).getValue(text, null);
            case Value.NUMERIC, Value.DECFLOAT -> number(new BigDecimal(text), type);
            default -> ValueVarchar.get(text).convertTo(type, null);
        };
    }

    /** Reads an element as what its BSON type says, for conversion to a column's type. */
    private static Value natural(BsonIn in, int bsonType) {
        return switch (bsonType) {
            case BsonOut.BOOLEAN -> ValueBoolean.get(in.bool());
            case BsonOut.INT32 -> ValueInteger.get(in.int32());
            case BsonOut.INT64 -> ValueBigint.get(in.int64());
            case BsonOut.DOUBLE -> ValueDouble.get(in.float64());
            case BsonOut.DECIMAL128 -> ValueNumeric.getAnyScale(in.decimal().bigDecimalValue());
            case BsonOut.DATE_TIME -> dateTime(in.int64(), false);
            case BsonOut.STRING -> ValueVarchar.get(in.string());
            case BsonOut.BINARY -> ValueVarbinary.getNoCopy(in.binary());
            default -> {
                in.skip(bsonType);
                yield ValueNull.INSTANCE;
            }
        };
    }

    /** Reads a document into values by a layout; fields it lacks stay null, fields unknown to the layout are left out. */
    static @Nullable Value[] read(byte[] bson, Layout layout) {
        @Nullable Value[] values = new Value[layout.size()];
        BsonIn in = new BsonIn(bson);
        int expected = 0;
        for (int type = in.next(); type != 0; type = in.next()) {
            int column = layout.positionOfNext(in, expected);
            if (column < 0) {
                in.skip(type);
            } else {
                values[column] = readOrNull(in, type, layout.field(column).type());
                expected = column + 1;
            }
        }
        return values;
    }

    /** Reads a value; null where it was written for another type and cannot be one of this: see {@link Layout#convert}. */
    private static Value readOrNull(BsonIn in, int bsonType, TypeInfo type) {
        int start = in.position();
        try {
            return read(in, bsonType, type);
        } catch (DbException | IllegalArgumentException e) {
            in.moveTo(start);
            in.skip(bsonType);
            return ValueNull.INSTANCE;
        }
    }

    /** Writes values by a layout. */
    static byte[] write(Value[] values, Layout layout) {
        BsonOut out = new BsonOut();
        int start = out.open();
        for (int i = 0; i < values.length; i++) {
            Field field = layout.field(i);
            write(out, field.nameBytes(), values[i]);
        }
        out.close(start);
        return out.toBytes();
    }
}
