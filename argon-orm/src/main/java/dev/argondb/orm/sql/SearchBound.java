package dev.argondb.orm.sql;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.util.DateTimeUtils;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueBigint;
import org.h2.value.ValueChar;
import org.h2.value.ValueDecfloat;
import org.h2.value.ValueDouble;
import org.h2.value.ValueNumeric;
import org.h2.value.ValueTimestamp;
import org.h2.value.ValueTimestampTimeZone;
import org.h2.value.ValueVarbinary;
import org.h2.value.ValueVarchar;
import org.jspecify.annotations.Nullable;

/**
 * A value that a column is compared with, as a value of the column's own type. H2 asks an index for values of any type that
 * orders as the column's does, and evaluates the condition again on every row: a bound may let in too much, never too
 * little.
 *
 * @param value the bound
 * @param isExact whether a column equals it exactly where it equals what was asked for
 */
record SearchBound(Value value, boolean isExact) {

    private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private static SearchBound exact(Value value) {
        return new SearchBound(value, true);
    }

    private static SearchBound loose(Value value) {
        return new SearchBound(value, false);
    }

    /**
     * Returns the bound for a value; null where it would narrow nothing.
     *
     * @param upper whether it is the largest value asked for, rather than the smallest
     */
    static @Nullable SearchBound of(Value asked, TypeInfo column, boolean upper, SessionLocal session) {
        int from = asked.getValueType();
        int to = column.getValueType();
        if (from == Value.NULL) {
            return exact(asked);
        }
        return switch (to) {
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER, Value.BIGINT -> integer(asked, upper);
            case Value.NUMERIC, Value.DECFLOAT -> decimal(asked, to);
            case Value.REAL, Value.DOUBLE -> floating(asked, upper);
            case Value.CHAR -> isText(from) ? exact(ValueChar.get(asked.getString())) : null;
            case Value.VARCHAR ->
                from == Value.VARCHAR || from == Value.CLOB ? exact(ValueVarchar.get(asked.getString())) : null;
            case Value.BINARY, Value.VARBINARY ->
                from == Value.BINARY || from == Value.VARBINARY || from == Value.BLOB
                        ? exact(ValueVarbinary.getNoCopy(asked.getBytesNoCopy()))
                        : null;
            case Value.DATE, Value.TIMESTAMP, Value.TIMESTAMP_TZ -> instant(asked, column, upper, session);
            case Value.ARRAY, Value.ROW, Value.ENUM -> from == to ? composed(asked, column, session) : null;
            default -> from == to ? exact(asked) : null;
        };
    }

    /** A value that has types inside: narrows where it can be had in the column's. */
    private static @Nullable SearchBound composed(Value asked, TypeInfo column, SessionLocal session) {
        try {
            Value converted = asked.convertTo(column, session);
            return session.compare(converted, asked) == 0 ? exact(converted) : null;
        } catch (DbException e) {
            return null;
        }
    }

    private static boolean isText(int valueType) {
        return valueType == Value.CHAR || valueType == Value.VARCHAR || valueType == Value.CLOB;
    }

    private static @Nullable SearchBound integer(Value asked, boolean upper) {
        return switch (asked.getValueType()) {
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER, Value.BIGINT -> exact(asked);
            case Value.NUMERIC, Value.REAL, Value.DOUBLE, Value.DECFLOAT -> wholeNumber(asked, upper);
            default -> null;
        };
    }

    private static @Nullable SearchBound wholeNumber(Value asked, boolean upper) {
        BigDecimal number = finite(asked);
        if (number == null) {
            return null;
        }
        BigDecimal whole = number.setScale(0, upper ? RoundingMode.CEILING : RoundingMode.FLOOR);
        return loose(ValueBigint.get(whole.max(MIN_LONG).min(MAX_LONG).longValue()));
    }

    private static @Nullable BigDecimal finite(Value asked) {
        boolean isFinite =
                switch (asked.getValueType()) {
                    case Value.REAL, Value.DOUBLE -> Double.isFinite(asked.getDouble());
                    case Value.DECFLOAT -> ((ValueDecfloat) asked).isFinite();
                    default -> true;
                };
        return isFinite ? asked.getBigDecimal() : null;
    }

    private static @Nullable SearchBound decimal(Value asked, int to) {
        return switch (asked.getValueType()) {
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER, Value.BIGINT, Value.NUMERIC ->
                exact(ValueNumeric.getAnyScale(asked.getBigDecimal()));
            case Value.DECFLOAT -> {
                if (to == Value.DECFLOAT) {
                    yield exact(asked);
                }
                BigDecimal number = finite(asked);
                if (number == null) {
                    yield null;
                }
                yield exact(ValueNumeric.getAnyScale(number));
            }
            default -> null;
        };
    }

    private static @Nullable SearchBound floating(Value asked, boolean upper) {
        return switch (asked.getValueType()) {
            case Value.REAL, Value.DOUBLE, Value.TINYINT, Value.SMALLINT, Value.INTEGER ->
                exact(ValueDouble.get(asked.getDouble()));
            case Value.BIGINT, Value.NUMERIC, Value.DECFLOAT -> {
                BigDecimal number = finite(asked);
                if (number == null) {
                    yield null;
                }
                double near = number.doubleValue();
                yield loose(ValueDouble.get(upper ? Math.nextUp(near) : Math.nextDown(near)));
            }
            default -> null;
        };
    }

    private static @Nullable SearchBound instant(Value asked, TypeInfo column, boolean upper, SessionLocal session) {
        int from = asked.getValueType();
        int to = column.getValueType();
        if (from == to) {
            return exact(asked);
        }
        try {
            if (from == Value.DATE && to == Value.TIMESTAMP) {
                return exact(asked.convertTo(TypeInfo.TYPE_TIMESTAMP, session));
            }
            if (from == Value.TIMESTAMP && to == Value.DATE) {
                return loose(asked.convertTo(TypeInfo.TYPE_DATE, session));
            }
            return widened(asked.convertTo(TypeInfo.getTypeInfo(to), session), upper);
        } catch (DbException e) {
            return null;
        }
    }

    /** Moves a bound by a day: more than any change of the clocks. */
    private static @Nullable SearchBound widened(Value bound, boolean upper) {
        if (bound instanceof ValueTimestamp timestamp) {
            return loose(ValueTimestamp.fromDateValueAndNanos(
                    moved(timestamp.getDateValue(), upper), timestamp.getTimeNanos()));
        }
        if (bound instanceof ValueTimestampTimeZone timestamp) {
            return loose(ValueTimestampTimeZone.fromDateValueAndNanos(
                    moved(timestamp.getDateValue(), upper),
                    timestamp.getTimeNanos(),
                    timestamp.getTimeZoneOffsetSeconds()));
        }
        return null;
    }

    private static long moved(long date, boolean upper) {
        return upper ? DateTimeUtils.incrementDateValue(date) : DateTimeUtils.decrementDateValue(date);
    }
}
