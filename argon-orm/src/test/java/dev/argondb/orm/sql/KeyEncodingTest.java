package dev.argondb.orm.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.engine.tree.Keys;
import java.util.List;
import org.h2.value.CompareMode;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueBigint;
import org.h2.value.ValueInteger;
import org.h2.value.ValueVarchar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the order of keys against the order in which H2 compares values. */
class KeyEncodingTest {

    private static final CompareMode MODE = CompareMode.getInstance(null, 0);
    private static final int PAIRS = 3000;

    static List<String> types() {
        return RandomValues.KEY_TYPES;
    }

    private static byte[] key(boolean descending, boolean nullsLast, Value... values) {
        KeyWriter key = new KeyWriter();
        for (Value value : values) {
            KeyEncoding.write(key, value, descending, nullsLast);
        }
        return key.toBytes();
    }

    @ParameterizedTest
    @MethodSource("types")
    void key_anyTwoValues_orderOfH2(String typeName) {
        TypeInfo type = TypeText.parse(typeName);
        RandomValues values = new RandomValues(typeName.hashCode());
        for (int i = 0; i < PAIRS; i++) {
            Value a = values.of(type);
            Value b = values.of(type);
            int expected = Integer.signum(a.compareTo(b, null, MODE));
            assertThat(Integer.signum(Keys.compare(key(false, false, a), key(false, false, b))))
                    .as("%s <=> %s", a, b)
                    .isEqualTo(expected);
            assertThat(Integer.signum(Keys.compare(key(true, false, a), key(true, false, b))))
                    .as("descending %s <=> %s", a, b)
                    .isEqualTo(-expected);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void key_twoColumns_firstDecides(String typeName) {
        TypeInfo type = TypeText.parse(typeName);
        RandomValues values = new RandomValues(typeName.hashCode());
        for (int i = 0; i < PAIRS; i++) {
            Value a = values.nullable(type);
            Value b = values.nullable(type);
            int first = Integer.signum(a.compareTo(b, null, MODE));
            int second = i % 3 - 1;
            int expected = first != 0 ? first : Integer.signum(-second);
            byte[] left = key(false, false, a, ValueInteger.get(0));
            byte[] right = key(false, false, b, ValueInteger.get(second));
            assertThat(Integer.signum(Keys.compare(left, right)))
                    .as("%s <=> %s", a, b)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void key_equalOrNot_noneIsThePrefixOfAnother(String typeName) {
        TypeInfo type = TypeText.parse(typeName);
        RandomValues values = new RandomValues(typeName.hashCode());
        for (int i = 0; i < PAIRS; i++) {
            Value a = values.nullable(type);
            Value b = values.nullable(type);
            byte[] left = key(false, true, a);
            byte[] right = key(false, true, b);
            boolean prefix =
                    right.length > left.length && java.util.Arrays.equals(left, 0, left.length, right, 0, left.length);
            assertThat(prefix).as("%s begins %s", a, b).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void key_readBack_equalValueAndSameKey(String typeName) {
        TypeInfo type = TypeText.parse(typeName);
        RandomValues values = new RandomValues(typeName.hashCode());
        for (int i = 0; i < PAIRS; i++) {
            boolean descending = i % 2 == 0;
            Value value = values.nullable(type);
            byte[] key = key(descending, false, value);
            Value read = KeyEncoding.read(new KeyReader(key), type, descending);
            assertThat(read.compareTo(value, null, MODE))
                    .as("%s read as %s", value, read)
                    .isZero();
            assertThat(key(descending, false, read)).isEqualTo(key);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void nulls_firstOrLast_beforeOrAfterAllValues(String typeName) {
        TypeInfo type = TypeText.parse(typeName);
        RandomValues values = new RandomValues(1);
        Value nothing = org.h2.value.ValueNull.INSTANCE;
        for (boolean descending : new boolean[] {false, true}) {
            for (int i = 0; i < 200; i++) {
                byte[] key = key(descending, false, values.of(type));
                assertThat(Keys.compare(key(descending, false, nothing), key)).isNegative();
                assertThat(Keys.compare(key(descending, true, nothing), key)).isPositive();
            }
        }
    }

    @Test
    void smallIntegers_threeColumns_fitInTheFirstEightBytes() {
        assertThat(key(false, false, ValueBigint.get(200), ValueBigint.get(-7), ValueBigint.get(30000)))
                .hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void documentKey_ofEightBytes_getsOneMore() {
        KeyWriter key = new KeyWriter();
        KeyEncoding.write(key, ValueVarchar.get("sixsix"), false, false);
        assertThat(key.length()).isEqualTo(Long.BYTES);
        assertThat(KeyEncoding.documentKey(key)).hasSize(9).endsWith(0);
    }
}
