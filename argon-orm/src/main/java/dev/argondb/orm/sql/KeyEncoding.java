package dev.argondb.orm.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.h2.api.IntervalQualifier;
import org.h2.util.DateTimeUtils;
import org.h2.value.ExtTypeInfoEnum;
import org.h2.value.ExtTypeInfoRow;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueArray;
import org.h2.value.ValueBigint;
import org.h2.value.ValueBinary;
import org.h2.value.ValueBoolean;
import org.h2.value.ValueChar;
import org.h2.value.ValueDate;
import org.h2.value.ValueDecfloat;
import org.h2.value.ValueDouble;
import org.h2.value.ValueGeometry;
import org.h2.value.ValueInteger;
import org.h2.value.ValueInterval;
import org.h2.value.ValueJavaObject;
import org.h2.value.ValueJson;
import org.h2.value.ValueNull;
import org.h2.value.ValueNumeric;
import org.h2.value.ValueReal;
import org.h2.value.ValueRow;
import org.h2.value.ValueSmallint;
import org.h2.value.ValueTime;
import org.h2.value.ValueTimeTimeZone;
import org.h2.value.ValueTimestamp;
import org.h2.value.ValueTimestampTimeZone;
import org.h2.value.ValueTinyint;
import org.h2.value.ValueUuid;
import org.h2.value.ValueVarbinary;
import org.h2.value.ValueVarchar;
import org.h2.value.ValueVarcharIgnoreCase;

/**
 * Memcomparable keys: bytes whose unsigned order is the order in which H2 compares values of one type.
 *
 * <p>The grammar, version 1. Every element says itself where it ends, so no key of one tuple is the beginning of another.
 *
 * <pre>
 * tuple     = element*                       ; elements of a descending column are complemented, nulls are not
 * element   = 01                             ; null, where nulls come first
 *           | fe                             ; null, where nulls come last
 *           | integer | double | decimal | text | bytes | uuid | interval | array | row | times
 * integer   = (14 - n) ~byte{n}              ; negative: n bytes of the complement of |value|
 *           | 14                             ; zero
 *           | (14 + n) byte{n}               ; positive: n bytes, highest first        (n = 1..8)
 *           ; TINYINT, SMALLINT, INTEGER, BIGINT, BOOLEAN (0, 1), DATE (H2's date value), ENUM (ordinal)
 * double    = 10 byte{8}                     ; REAL and DOUBLE: IEEE 754, all bits complemented if negative, else the sign
 * decimal   = 10 | 18 ~digits | 20 | 28 digits | 30 | 38   ; -infinity, negative, zero, positive, infinity, NaN
 * digits    = byte{4} pair* 00               ; exponent, sign bit flipped; pairs of decimal digits as 02..65
 * text      = 10 char* 00                    ; a UTF-16 unit in one to three bytes as UTF-8 does it; 0 as 01 01, 1 as 01 02
 *           ; CHAR without trailing blanks; VARCHAR_IGNORECASE folded, by code points
 * bytes     = 10 byte* 00                    ; 0 as 01 01, 1 as 01 02: BINARY, VARBINARY, JSON, GEOMETRY, JAVA_OBJECT
 * uuid      = 10 byte{16}
 * interval  = 18 ~(integer integer) | 28 integer integer   ; negative or not; leading and remaining part
 * times     = integer                        ; TIME: nanoseconds of the day; with time zone: in UTC
 *           | integer integer                ; TIMESTAMP: date value, nanoseconds; with time zone: in UTC
 * array     = 10 element* 00                 ; nulls first
 * row       = 10 element*                    ; nulls first
 * </pre>
 *
 * <p>A document key of exactly eight bytes would read as an integer key, so one {@code 00} is appended to it
 * ({@link #documentKey}). Large objects have no order and no key.
 *
 * <p>Stateless, thread-safe.
 */
final class KeyEncoding {

    /** Begins the element of a null where nulls come first; smaller than every other beginning. */
    static final int NULL_FIRST = 0x01;

    /** Begins the element of a null where nulls come last; larger than every other beginning. */
    static final int NULL_LAST = 0xfe;

    private static final int END = 0x00;
    private static final int ESCAPE = 0x01;
    private static final int PLAIN = 0x10;
    private static final int ZERO_INTEGER = 0x14;
    private static final int MINUS_INFINITY = 0x10;
    private static final int NEGATIVE = 0x18;
    private static final int ZERO = 0x20;
    private static final int POSITIVE = 0x28;
    private static final int INFINITY = 0x30;
    private static final int NOT_A_NUMBER = 0x38;
    private static final int MAX_OFFSET_SECONDS = 18 * 60 * 60;

    private KeyEncoding() {}

    /** Returns the key of a document from the bytes of its key columns. */
    static byte[] documentKey(KeyWriter key) {
        if (key.length() == Long.BYTES) {
            key.inverted(false);
            key.put(END);
        }
        return key.toBytes();
    }

    /** Writes one element. */
    static void write(KeyWriter out, Value value, boolean descending, boolean nullsLast) {
        if (value.getValueType() == Value.NULL) {
            out.inverted(false);
            out.put(nullsLast ? NULL_LAST : NULL_FIRST);
            return;
        }
        out.inverted(descending);
        writeValue(out, value);
        out.inverted(false);
    }

    private static void writeValue(KeyWriter out, Value value) {
        switch (value.getValueType()) {
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER, Value.BIGINT -> integer(out, value.getLong());
            case Value.BOOLEAN -> integer(out, value.getBoolean() ? 1 : 0);
            case Value.ENUM -> integer(out, value.getInt());
            case Value.REAL, Value.DOUBLE -> floating(out, value.getDouble());
            case Value.NUMERIC -> decimal(out, value.getBigDecimal());
            case Value.DECFLOAT -> decfloat(out, (ValueDecfloat) value);
            case Value.VARCHAR -> text(out, value.getString());
            case Value.CHAR -> text(out, withoutTrailingBlanks(value.getString()));
            case Value.VARCHAR_IGNORECASE -> foldedText(out, value.getString());
            case Value.BINARY, Value.VARBINARY, Value.JSON, Value.GEOMETRY, Value.JAVA_OBJECT ->
                bytes(out, value.getBytesNoCopy());
            case Value.UUID -> uuid(out, (ValueUuid) value);
            case Value.DATE -> integer(out, ((ValueDate) value).getDateValue());
            case Value.TIME -> integer(out, ((ValueTime) value).getNanos());
            case Value.TIME_TZ -> timeTz(out, (ValueTimeTimeZone) value);
            case Value.TIMESTAMP ->
                timestamp(out, ((ValueTimestamp) value).getDateValue(), ((ValueTimestamp) value).getTimeNanos());
            case Value.TIMESTAMP_TZ -> timestampTz(out, (ValueTimestampTimeZone) value);
            case Value.ARRAY -> array(out, (ValueArray) value);
            case Value.ROW -> row(out, (ValueRow) value);
            default -> writeInterval(out, value);
        }
    }

    private static void writeInterval(KeyWriter out, Value value) {
        if (!(value instanceof ValueInterval interval)) {
            throw new AssertionError("a value without an order: " + value.getType());
        }
        out.put(interval.isNegative() ? NEGATIVE : POSITIVE);
        if (interval.isNegative()) {
            out.flip();
        }
        integer(out, interval.getLeading());
        integer(out, interval.getRemaining());
        if (interval.isNegative()) {
            out.flip();
        }
    }

    static void integer(KeyWriter out, long value) {
        if (value == 0) {
            out.put(ZERO_INTEGER);
            return;
        }
        long magnitude = value < 0 ? -value : value; // of the smallest long: its own bits, unsigned
        int count = Long.BYTES - Long.numberOfLeadingZeros(magnitude) / Byte.SIZE;
        out.put(value < 0 ? ZERO_INTEGER - count : ZERO_INTEGER + count);
        out.putBigEndian(value < 0 ? ~magnitude : magnitude, count);
    }

    private static void floating(KeyWriter out, double value) {
        long bits = Double.doubleToLongBits(value);
        out.put(PLAIN);
        out.putBigEndian(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE, Long.BYTES);
    }

    private static void decfloat(KeyWriter out, ValueDecfloat value) {
        if (value.isFinite()) {
            decimal(out, value.getBigDecimal());
        } else if (value.equals(ValueDecfloat.NAN)) {
            out.put(NOT_A_NUMBER);
        } else {
            out.put(value.equals(ValueDecfloat.NEGATIVE_INFINITY) ? MINUS_INFINITY : INFINITY);
        }
    }

    private static void decimal(KeyWriter out, BigDecimal value) {
        int sign = value.signum();
        out.put(sign < 0 ? NEGATIVE : sign == 0 ? ZERO : POSITIVE);
        if (sign != 0) {
            if (sign < 0) {
                out.flip();
            }
            digits(out, value.stripTrailingZeros());
            if (sign < 0) {
                out.flip();
            }
        }
    }

    /** Of 0.d1d2d3... times ten to the exponent: the exponent, then the digits. */
    private static void digits(KeyWriter out, BigDecimal value) {
        String digits = value.unscaledValue().abs().toString();
        int exponent = digits.length() - value.scale();
        out.putBigEndian(exponent ^ Integer.MIN_VALUE, Integer.BYTES);
        for (int i = 0; i < digits.length(); i += 2) {
            int pair = (digits.charAt(i) - '0') * 10;
            pair += i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
            out.put(pair + 2);
        }
        out.put(END);
    }

    private static void text(KeyWriter out, String value) {
        out.put(PLAIN);
        for (int i = 0; i < value.length(); i++) {
            unit(out, value.charAt(i));
        }
        out.put(END);
    }

    private static void foldedText(KeyWriter out, String value) {
        out.put(PLAIN);
        for (int i = 0; i < value.length(); ) {
            int point = value.codePointAt(i);
            i += Character.charCount(point);
            foldedPoint(out, Character.toLowerCase(Character.toUpperCase(point)));
        }
        out.put(END);
    }

    private static void foldedPoint(KeyWriter out, int point) {
        if (point < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            unit(out, (char) point);
            return;
        }
        out.put(0xf0 | (point >>> 18));
        out.put(0x80 | ((point >>> 12) & 0x3f));
        out.put(0x80 | ((point >>> 6) & 0x3f));
        out.put(0x80 | (point & 0x3f));
    }

    private static void unit(KeyWriter out, char unit) {
        if (unit < 0x80) {
            escaped(out, unit);
        } else if (unit < 0x800) {
            out.put(0xc0 | (unit >>> 6));
            out.put(0x80 | (unit & 0x3f));
        } else {
            out.put(0xe0 | (unit >>> 12));
            out.put(0x80 | ((unit >>> 6) & 0x3f));
            out.put(0x80 | (unit & 0x3f));
        }
    }

    private static void bytes(KeyWriter out, byte[] value) {
        out.put(PLAIN);
        for (byte b : value) {
            escaped(out, b & 0xff);
        }
        out.put(END);
    }

    private static void escaped(KeyWriter out, int value) {
        if (value <= ESCAPE) {
            out.put(ESCAPE);
            out.put(value + 1);
        } else {
            out.put(value);
        }
    }

    private static void uuid(KeyWriter out, ValueUuid value) {
        out.put(PLAIN);
        out.putBigEndian(value.getHigh(), Long.BYTES);
        out.putBigEndian(value.getLow(), Long.BYTES);
    }

    private static void timeTz(KeyWriter out, ValueTimeTimeZone value) {
        integer(out, value.getNanos() - value.getTimeZoneOffsetSeconds() * DateTimeUtils.NANOS_PER_SECOND);
    }

    private static void timestamp(KeyWriter out, long date, long nanos) {
        integer(out, date);
        integer(out, nanos);
    }

    private static void timestampTz(KeyWriter out, ValueTimestampTimeZone value) {
        long date = value.getDateValue();
        long nanos = value.getTimeNanos() - value.getTimeZoneOffsetSeconds() * DateTimeUtils.NANOS_PER_SECOND;
        if (nanos < 0) {
            nanos += DateTimeUtils.NANOS_PER_DAY;
            date = DateTimeUtils.decrementDateValue(date);
        } else if (nanos >= DateTimeUtils.NANOS_PER_DAY) {
            nanos -= DateTimeUtils.NANOS_PER_DAY;
            date = DateTimeUtils.incrementDateValue(date);
        }
        timestamp(out, date, nanos);
    }

    private static void array(KeyWriter out, ValueArray value) {
        out.put(PLAIN);
        nested(out, value.getList());
        out.put(END);
    }

    private static void row(KeyWriter out, ValueRow value) {
        out.put(PLAIN);
        nested(out, value.getList());
    }

    private static void nested(KeyWriter out, Value[] values) {
        for (Value value : values) {
            if (value.getValueType() == Value.NULL) {
                out.put(NULL_FIRST);
            } else {
                writeValue(out, value);
            }
        }
    }

    static String withoutTrailingBlanks(String value) {
        int end = value.length();
        while (end > 0 && value.charAt(end - 1) == ' ') {
            end--;
        }
        return value.substring(0, end);
    }

    /**
     * Reads one element as a value of a type. What equal values do not share comes back in one form: decimals without
     * trailing zeros, folded text, times in UTC.
     */
    static Value read(KeyReader in, TypeInfo type, boolean descending) {
        int first = in.peekPlain();
        if (first == NULL_FIRST || first == NULL_LAST) {
            in.inverted(false);
            in.next();
            return ValueNull.INSTANCE;
        }
        in.inverted(descending);
        Value value = readValue(in, type);
        in.inverted(false);
        return value;
    }

    private static Value readValue(KeyReader in, TypeInfo type) {
        return switch (type.getValueType()) {
            case Value.TINYINT -> ValueTinyint.get((byte) readInteger(in));
            case Value.SMALLINT -> ValueSmallint.get((short) readInteger(in));
            case Value.INTEGER -> ValueInteger.get((int) readInteger(in));
            case Value.BIGINT -> ValueBigint.get(readInteger(in));
            case Value.BOOLEAN -> ValueBoolean.get(readInteger(in) != 0);
            case Value.ENUM -> ((ExtTypeInfoEnum) type.getExtTypeInfo()).getValue((int) readInteger(in), null);
            case Value.REAL -> ValueReal.get((float) readFloating(in));
            case Value.DOUBLE -> ValueDouble.get(readFloating(in));
            case Value.NUMERIC -> ValueNumeric.get(readDecimal(in, in.next()));
            case Value.DECFLOAT -> readDecfloat(in);
            case Value.VARCHAR -> ValueVarchar.get(readText(in));
            case Value.CHAR -> ValueChar.get(readText(in));
            case Value.VARCHAR_IGNORECASE -> ValueVarcharIgnoreCase.get(readText(in));
            case Value.BINARY -> ValueBinary.getNoCopy(readBytes(in));
            case Value.VARBINARY -> ValueVarbinary.getNoCopy(readBytes(in));
            case Value.JSON -> ValueJson.getInternal(readBytes(in));
            case Value.GEOMETRY -> ValueGeometry.getFromEWKB(readBytes(in));
            case Value.JAVA_OBJECT -> ValueJavaObject.getNoCopy(readBytes(in));
            case Value.ARRAY -> readArray(in, (TypeInfo) type.getExtTypeInfo());
            case Value.ROW -> readRow(in, type);
            default -> readTimeOrUuid(in, type);
        };
    }

    private static Value readTimeOrUuid(KeyReader in, TypeInfo type) {
        return switch (type.getValueType()) {
            case Value.UUID -> {
                in.next();
                yield ValueUuid.get(in.bigEndian(Long.BYTES), in.bigEndian(Long.BYTES));
            }
            case Value.DATE -> ValueDate.fromDateValue(readInteger(in));
            case Value.TIME -> ValueTime.fromNanos(readInteger(in));
            case Value.TIME_TZ -> readTimeTz(in);
            case Value.TIMESTAMP -> ValueTimestamp.fromDateValueAndNanos(readInteger(in), readInteger(in));
            case Value.TIMESTAMP_TZ ->
                ValueTimestampTimeZone.fromDateValueAndNanos(readInteger(in), readInteger(in), 0);
            default -> readInterval(in, type);
        };
    }

    /** A time that is not on its day in UTC gets the offset that puts it there. */
    private static Value readTimeTz(KeyReader in) {
        long utc = readInteger(in);
        int offset = utc < 0 ? MAX_OFFSET_SECONDS : utc >= DateTimeUtils.NANOS_PER_DAY ? -MAX_OFFSET_SECONDS : 0;
        return ValueTimeTimeZone.fromNanos(utc + offset * DateTimeUtils.NANOS_PER_SECOND, offset);
    }

    private static Value readInterval(KeyReader in, TypeInfo type) {
        boolean negative = in.next() == NEGATIVE;
        if (negative) {
            in.flip();
        }
        long leading = readInteger(in);
        long remaining = readInteger(in);
        if (negative) {
            in.flip();
        }
        IntervalQualifier qualifier = IntervalQualifier.valueOf(type.getValueType() - Value.INTERVAL_YEAR);
        return ValueInterval.from(qualifier, negative, leading, remaining);
    }

    private static long readInteger(KeyReader in) {
        int count = in.next() - ZERO_INTEGER;
        if (count >= 0) {
            return in.bigEndian(count);
        }
        long bits = in.bigEndian(-count);
        long magnitude = ~bits;
        if (count > -Long.BYTES) {
            magnitude &= (1L << (-count * Byte.SIZE)) - 1;
        }
        return -magnitude;
    }

    private static double readFloating(KeyReader in) {
        in.next();
        long bits = in.bigEndian(Long.BYTES);
        return Double.longBitsToDouble(bits < 0 ? bits ^ Long.MIN_VALUE : ~bits);
    }

    private static Value readDecfloat(KeyReader in) {
        int tag = in.next();
        return switch (tag) {
            case MINUS_INFINITY -> ValueDecfloat.NEGATIVE_INFINITY;
            case INFINITY -> ValueDecfloat.POSITIVE_INFINITY;
            case NOT_A_NUMBER -> ValueDecfloat.NAN;
            default -> ValueDecfloat.get(readDecimal(in, tag));
        };
    }

    private static BigDecimal readDecimal(KeyReader in, int tag) {
        if (tag == ZERO) {
            return BigDecimal.ZERO;
        }
        boolean negative = tag == NEGATIVE;
        if (negative) {
            in.flip();
        }
        int exponent = (int) in.bigEndian(Integer.BYTES) ^ Integer.MIN_VALUE;
        StringBuilder digits = new StringBuilder();
        for (int pair = in.next(); pair != END; pair = in.next()) {
            digits.append((char) ('0' + (pair - 2) / 10)).append((char) ('0' + (pair - 2) % 10));
        }
        if (negative) {
            in.flip();
        }
        BigInteger unscaled = new BigInteger(digits.toString());
        BigDecimal value = new BigDecimal(negative ? unscaled.negate() : unscaled, digits.length() - exponent)
                .stripTrailingZeros();
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    private static String readText(KeyReader in) {
        in.next();
        StringBuilder text = new StringBuilder();
        for (int b = in.next(); b != END; b = in.next()) {
            if (b == ESCAPE) {
                text.append((char) (in.next() - 1));
            } else if (b < 0x80) {
                text.append((char) b);
            } else if (b < 0xe0) {
                text.append((char) (((b & 0x1f) << 6) | continuation(in)));
            } else if (b < 0xf0) {
                text.append((char) (((b & 0x0f) << 12) | (continuation(in) << 6) | continuation(in)));
            } else {
                text.appendCodePoint(
                        ((b & 0x07) << 18) | (continuation(in) << 12) | (continuation(in) << 6) | continuation(in));
            }
        }
        return text.toString();
    }

    private static int continuation(KeyReader in) {
        return in.next() & 0x3f;
    }

    private static byte[] readBytes(KeyReader in) {
        in.next();
        StringBuilder latin = new StringBuilder();
        for (int b = in.next(); b != END; b = in.next()) {
            latin.append((char) (b == ESCAPE ? in.next() - 1 : b));
        }
        return latin.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Value readArray(KeyReader in, TypeInfo component) {
        in.next();
        List<Value> values = new ArrayList<>();
        while (in.peek() != END) {
            values.add(readNested(in, component));
        }
        in.next();
        return ValueArray.get(component, values.toArray(Value[]::new), null);
    }

    private static Value readRow(KeyReader in, TypeInfo type) {
        in.next();
        List<Value> values = new ArrayList<>();
        for (Map.Entry<String, TypeInfo> field : ((ExtTypeInfoRow) type.getExtTypeInfo()).getFields()) {
            values.add(readNested(in, field.getValue()));
        }
        return ValueRow.get(type, values.toArray(Value[]::new));
    }

    private static Value readNested(KeyReader in, TypeInfo type) {
        if (in.peek() == NULL_FIRST) {
            in.next();
            return ValueNull.INSTANCE;
        }
        return readValue(in, type);
    }
}
