package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.exception.DataException;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exact round trips of numbers, texts, bytes and identifiers, at the edges of their ranges. */
@OnPages
class BasicTypeTest extends JpaFeatureTest {
    BasicTypeTest() {
        super(Basics.class, Decimals.class);
    }

    @Test
    void integers_extremes_roundTrip() {
        for (long extreme : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
            Basics row = new Basics();
            row.aByte =
                    (byte) (extreme == 0 ? 0 : extreme < -1 ? Byte.MIN_VALUE : extreme > 1 ? Byte.MAX_VALUE : extreme);
            row.aShort = extreme < -1 ? Short.MIN_VALUE : extreme > 1 ? Short.MAX_VALUE : (short) extreme;
            row.anInt = extreme < -1 ? Integer.MIN_VALUE : extreme > 1 ? Integer.MAX_VALUE : (int) extreme;
            row.aLong = extreme;
            Basics found = saveAndFind(row);

            assertThat(found.aByte).isEqualTo(row.aByte);
            assertThat(found.aShort).isEqualTo(row.aShort);
            assertThat(found.anInt).isEqualTo(row.anInt);
            assertThat(found.aLong).isEqualTo(extreme);
        }
        assertThat(list("select b.aLong from Basics b order by b.aLong", Long.class))
                .containsExactly(Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, 0.1, 1e-300, Math.PI})
    void doubles_roundTripToTheBit(double value) {
        Basics row = new Basics();
        row.aDouble = value;
        row.aFloat = (float) value;
        Basics found = saveAndFind(row);

        assertThat(found.aDouble).isEqualTo(value == 0 ? 0.0 : value);
        assertThat(found.aFloat).isEqualTo((float) value == 0 ? 0.0f : (float) value);
    }

    @Test
    void booleans_bothAndNull_roundTripInEachStorage() {
        Basics row = new Basics();
        row.aBoolean = true;
        row.yesNo = true;
        row.oneZero = false;
        Basics found = saveAndFind(row);

        assertThat(found.aBoolean).isTrue();
        assertThat(found.yesNo).isTrue();
        assertThat(found.oneZero).isFalse();
        assertThat(found.nullableBoolean).isNull();
        assertThat(rows("select yes_no, one_zero from basics"))
                .singleElement()
                .satisfies(r -> assertThat(r).extracting(Object::toString).containsExactly("Y", "0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "  padded  ", "O'Brien \"quoted\"", "a\0b\n\r\t", "Grüße, 日本, \uD83C\uDF33", "%_\\"})
    void texts_roundTripAndCompare(String text) {
        Basics row = new Basics();
        row.text = text;
        save(row);

        assertThat(find(row).text).isEqualTo(text);
        assertThat(list("from Basics b where b.text = :text", Basics.class, Map.of("text", text)))
                .hasSize(1);
    }

    @Test
    void text_atItsLength_fitsAndBeyondIsRefused() {
        Basics row = new Basics();
        row.shortText = "1234567890";
        save(row);
        assertThat(find(row).shortText).hasSize(10);

        assertThatThrownBy(() -> inTransaction(session -> session.find(Basics.class, row.id).shortText = "12345678901"))
                .satisfiesAnyOf(e -> assertThat(e).isInstanceOf(DataException.class), e -> assertThat(e)
                        .hasCauseInstanceOf(DataException.class));
        assertThat(find(row).shortText).hasSize(10);
    }

    @Test
    void characters_roundTrip() {
        Basics row = new Basics();
        row.aChar = 'ß';
        row.chars = "chars ✓".toCharArray();
        Basics found = saveAndFind(row);

        assertThat(found.aChar).isEqualTo('ß');
        assertThat(found.chars).containsExactly("chars ✓".toCharArray());
    }

    @Test
    void bytes_everyValue_roundTrip() {
        byte[] every = new byte[256];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        Basics row = new Basics();
        row.bytes = every.clone();
        row.longBytes = randomBytes(100_000);
        Basics found = saveAndFind(row);

        assertThat(found.bytes).containsExactly(every);
        assertThat(found.longBytes).isEqualTo(row.longBytes);
        assertThat(saveAndFind(new Basics()).bytes).isNull();
    }

    @Test
    void bytes_emptyAndChangedInPlace_areSeen() {
        Basics row = new Basics();
        row.bytes = new byte[0];
        save(row);
        assertThat(find(row).bytes).isEmpty();

        inTransaction(session -> session.find(Basics.class, row.id).bytes = new byte[] {1, 2, 3});
        inTransaction(session -> session.find(Basics.class, row.id).bytes[1] = 9);

        assertThat(find(row).bytes).containsExactly(1, 9, 3);
    }

    @Test
    void uuids_asTypeTextAndBytes_roundTripAndAreFound() {
        UUID high = UUID.fromString("ffffffff-ffff-4fff-bfff-ffffffffffff");
        Basics row = new Basics();
        row.uuid = high;
        row.uuidText = new UUID(0, 0);
        row.uuidBytes = new UUID(Long.MIN_VALUE, Long.MAX_VALUE);
        save(row);

        Basics found = find(row);
        assertThat(found.uuid).isEqualTo(high);
        assertThat(found.uuidText).isEqualTo(new UUID(0, 0));
        assertThat(found.uuidBytes).isEqualTo(new UUID(Long.MIN_VALUE, Long.MAX_VALUE));
        assertThat(list("from Basics b where b.uuid = :uuid", Basics.class, Map.of("uuid", high)))
                .hasSize(1);
    }

    @Test
    void javaValueTypes_roundTrip() {
        Basics row = new Basics();
        row.locale = Locale.CANADA_FRENCH;
        row.currency = Currency.getInstance("JPY");
        row.uri = URI.create("https://example.org/a?b=c#d");
        row.type = BasicTypeTest.class;
        Basics found = saveAndFind(row);

        assertThat(found.locale).isEqualTo(Locale.CANADA_FRENCH);
        assertThat(found.currency.getCurrencyCode()).isEqualTo("JPY");
        assertThat(found.uri).isEqualTo(row.uri);
        assertThat(found.type).isEqualTo(BasicTypeTest.class);
    }

    @Test
    void decimals_eachScale_roundTripWithTheirScale() {
        for (String sign : List.of("", "-")) {
            Decimals row = new Decimals();
            row.whole = new BigDecimal(sign + "99999999999999999999999999999999999999");
            row.money = new BigDecimal(sign + "99999999999999999.99");
            row.fine = new BigDecimal(sign + "0.00000000000000000000000000000000000001");
            row.middle = new BigDecimal(sign + "12345678901234567890.123456789012345678");
            row.big = new BigInteger(sign + "9".repeat(38));
            Decimals found = saveAndFind(row);

            assertThat(found.whole).isEqualTo(row.whole);
            assertThat(found.money).isEqualTo(row.money);
            assertThat(found.fine).isEqualTo(row.fine);
            assertThat(found.middle).isEqualTo(row.middle);
            assertThat(found.big).isEqualTo(row.big);
        }
    }

    @Test
    void decimals_moreDigitsThanTheColumn_areRoundedOrRefused() {
        Decimals row = new Decimals();
        row.money = new BigDecimal("1.005");
        assertThat(saveAndFind(row).money).isEqualTo(new BigDecimal("1.01"));

        Decimals tooBig = new Decimals();
        tooBig.money = new BigDecimal("1e18");
        assertThatThrownBy(() -> save(tooBig))
                .satisfiesAnyOf(e -> assertThat(e).isInstanceOf(DataException.class), e -> assertThat(e)
                        .hasCauseInstanceOf(DataException.class));
        assertThat(count(Decimals.class)).isEqualTo(1);
    }

    @Test
    void decimals_sumAndAverage_areExact() {
        for (int i = 0; i < 10; i++) {
            Decimals row = new Decimals();
            row.money = new BigDecimal("0.10");
            save(row);
        }

        assertThat(single("select sum(d.money) from Decimals d", BigDecimal.class))
                .isEqualByComparingTo("1.00");
        assertThat(list("from Decimals d where d.money = 0.1", Decimals.class)).hasSize(10);
    }

    static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Entity(name = "Basics")
    static class Basics {
        @Id
        @GeneratedValue
        Long id;

        byte aByte;
        short aShort;
        int anInt;
        long aLong;
        float aFloat;
        double aDouble;
        boolean aBoolean;
        Boolean nullableBoolean;

        @jakarta.persistence.Convert(converter = org.hibernate.type.YesNoConverter.class)
        @Column(name = "yes_no")
        Boolean yesNo;

        @JdbcTypeCode(SqlTypes.INTEGER)
        @Column(name = "one_zero")
        Boolean oneZero;

        char aChar = 'x';
        char[] chars;
        String text;

        @Column(length = 10)
        String shortText;

        @Column(length = 256)
        byte[] bytes;

        @Column(length = 200_000)
        byte[] longBytes;

        UUID uuid;

        @JdbcTypeCode(SqlTypes.CHAR)
        UUID uuidText;

        @JdbcTypeCode(SqlTypes.BINARY)
        UUID uuidBytes;

        Locale locale;
        Currency currency;

        @jakarta.persistence.Convert(converter = UriConverter.class)
        URI uri;

        Class<?> type;
    }

    @jakarta.persistence.Converter
    static class UriConverter implements jakarta.persistence.AttributeConverter<URI, String> {
        @Override
        public String convertToDatabaseColumn(URI uri) {
            return uri == null ? null : uri.toString();
        }

        @Override
        public URI convertToEntityAttribute(String text) {
            return text == null ? null : URI.create(text);
        }
    }

    @Entity(name = "Decimals")
    static class Decimals {
        @Id
        @GeneratedValue
        Long id;

        @Column(precision = 38, scale = 0)
        BigDecimal whole;

        @Column(precision = 19, scale = 2)
        BigDecimal money;

        @Column(precision = 38, scale = 38)
        BigDecimal fine;

        @Column(precision = 38, scale = 18)
        BigDecimal middle;

        @Column(precision = 38)
        BigInteger big;
    }
}
