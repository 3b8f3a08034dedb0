package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The round trips of java.time once more, with values that reach the driver as java.time and not as java.sql types. */
class DirectTimeTypeTest extends TimeTypeTest {
    @Override
    Map<String, Object> settings() {
        return Map.of("hibernate.type.java_time_use_direct_jdbc", true);
    }

    @Override
    ChronoUnit precisionOfLocalTime() {
        return ChronoUnit.NANOS;
    }

    @Test
    void localTime_lastNanosecondOfTheDay_roundTrips() {
        Times row = new Times();
        row.time = LocalTime.MAX;

        assertThat(saveAndFind(row).time).isEqualTo(LocalTime.MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0043-03-15", "0001-01-01", "1582-10-10", "1600-02-29"})
    void localDate_centuriesBack_roundTrips(String text) {
        Times row = new Times();
        row.date = LocalDate.parse(text);

        assertThat(saveAndFind(row).date).isEqualTo(LocalDate.parse(text));
    }
}
