package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.EnumeratedValue;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.api.Test;

/** Attribute converters and the four ways to store an enum. */
class ConvertedValueTest extends JpaFeatureTest {
    ConvertedValueTest() {
        super(Device.class, MoneyConverter.class);
    }

    @Test
    void autoAppliedConverter_storesAndQueriesTheConverted() {
        Device device = new Device();
        device.price = new Money(1999, "EUR");
        save(device);

        assertThat(nativeValue("select price from device", String.class)).isEqualTo("1999 EUR");
        assertThat(find(device).price).isEqualTo(new Money(1999, "EUR"));
        assertThat(list("from Device d where d.price = :price", Device.class, Map.of("price", new Money(1999, "EUR"))))
                .hasSize(1);
    }

    @Test
    void namedConverter_mutableValue_isDirtyChecked() {
        Device device = new Device();
        device.labels.put("color", "red");
        save(device);

        inTransaction(session -> session.find(Device.class, device.id).labels.put("size", "xl"));

        assertThat(find(device).labels).containsExactly(Map.entry("color", "red"), Map.entry("size", "xl"));
    }

    @Test
    void converter_ofNull_isAskedAndMayReplaceIt() {
        Device device = new Device();
        device.nickname = null;
        save(device);

        assertThat(nativeValue("select nickname from device", String.class)).isEqualTo("(none)");
        assertThat(find(device).nickname).isNull();
    }

    @Test
    void converter_onElements_isApplied() {
        Device device = new Device();
        device.history.add(new Money(1, "EUR"));
        device.history.add(new Money(2, "USD"));
        save(device);

        inTransaction(session -> assertThat(session.find(Device.class, device.id).history)
                .containsExactlyInAnyOrder(new Money(1, "EUR"), new Money(2, "USD")));
        assertThat(nativeValue("select count(*) from device_history where amount = '2 USD'", Long.class))
                .isEqualTo(1);
    }

    @Test
    void enums_eachStorage_holdsWhatItSays() {
        Device device = new Device();
        device.asName = Power.OFF;
        device.asNumber = Power.STANDBY;
        device.asNamedType = Power.ON;
        device.asCode = Grade.GOOD;
        Device found = saveAndFind(device);

        assertThat(rows("select as_name, as_number, as_named_type, as_code from device"))
                .singleElement()
                .satisfies(row -> assertThat(row).extracting(Object::toString).containsExactly("OFF", "1", "ON", "G"));
        assertThat(found.asName).isEqualTo(Power.OFF);
        assertThat(found.asNumber).isEqualTo(Power.STANDBY);
        assertThat(found.asNamedType).isEqualTo(Power.ON);
        assertThat(found.asCode).isEqualTo(Grade.GOOD);
    }

    @Test
    void enums_inQueries_compareAsValues() {
        Device device = new Device();
        device.asName = Power.OFF;
        device.asNumber = Power.STANDBY;
        device.asCode = Grade.BAD;
        save(device, new Device());

        assertThat(list("from Device d where d.asName = OFF and d.asNumber in (STANDBY, ON)", Device.class))
                .hasSize(1);
        assertThat(list("from Device d where d.asCode = :code", Device.class, Map.of("code", Grade.BAD)))
                .hasSize(1);
    }

    @Test
    void enum_unknownName_isRefusedByTheDatabase() {
        save(new Device());

        assertThatThrownBy(() -> inTransaction(
                        session -> session.createNativeMutationQuery("update device set as_name = 'BROKEN'")
                                .executeUpdate()))
                .isInstanceOfAny(ConstraintViolationException.class, org.hibernate.exception.DataException.class);
        assertThat(nativeValue("select count(*) from device where as_name is null", Long.class))
                .isEqualTo(1);
    }

    record Money(long cents, String currency) {}

    enum Power {
        OFF,
        STANDBY,
        ON
    }

    enum Grade {
        GOOD("G"),
        BAD("B");

        @EnumeratedValue
        final String code;

        Grade(String code) {
            this.code = code;
        }
    }

    @Converter(autoApply = true)
    static class MoneyConverter implements AttributeConverter<Money, String> {
        @Override
        public String convertToDatabaseColumn(Money money) {
            return money == null ? null : money.cents() + " " + money.currency();
        }

        @Override
        public Money convertToEntityAttribute(String text) {
            if (text == null) {
                return null;
            }
            String[] parts = text.split(" ", 2);
            return new Money(Long.parseLong(parts[0]), parts[1]);
        }
    }

    @Converter
    static class LabelsConverter implements AttributeConverter<Map<String, String>, String> {
        @Override
        public String convertToDatabaseColumn(Map<String, String> labels) {
            List<String> parts = new ArrayList<>();
            labels.forEach((key, value) -> parts.add(key + "=" + value));
            return String.join(";", parts);
        }

        @Override
        public Map<String, String> convertToEntityAttribute(String text) {
            Map<String, String> labels = new TreeMap<>();
            for (String part : text.split(";", -1)) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    labels.put(part.substring(0, equals), part.substring(equals + 1));
                }
            }
            return labels;
        }
    }

    @Converter
    static class NoneConverter implements AttributeConverter<String, String> {
        @Override
        public String convertToDatabaseColumn(String name) {
            return name == null ? "(none)" : name;
        }

        @Override
        public String convertToEntityAttribute(String text) {
            return "(none)".equals(text) ? null : text;
        }
    }

    @Entity(name = "Device")
    static class Device {
        @Id
        @GeneratedValue
        Long id;

        Money price;

        @Convert(converter = LabelsConverter.class)
        Map<String, String> labels = new TreeMap<>();

        @Convert(converter = NoneConverter.class)
        String nickname;

        @ElementCollection
        @jakarta.persistence.CollectionTable(name = "device_history")
        @Column(name = "amount")
        List<Money> history = new ArrayList<>();

        @Enumerated(EnumType.STRING)
        @Column(name = "as_name")
        Power asName;

        @Enumerated(EnumType.ORDINAL)
        @Column(name = "as_number")
        Power asNumber;

        @JdbcTypeCode(SqlTypes.NAMED_ENUM)
        @Column(name = "as_named_type")
        Power asNamedType;

        @Enumerated(EnumType.STRING)
        @Column(name = "as_code")
        Grade asCode;
    }
}
