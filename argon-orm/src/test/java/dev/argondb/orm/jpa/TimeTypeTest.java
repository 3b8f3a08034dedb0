package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.hibernate.annotations.TimeZoneColumn;
import org.hibernate.annotations.TimeZoneStorage;
import org.hibernate.annotations.TimeZoneStorageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exact round trips of all of java.time, to the nanosecond and with each way to keep a zone. */
class TimeTypeTest extends JpaFeatureTest {
    TimeTypeTest() {
        super(Times.class);
    }

    /** Hibernate binds a local time as java.sql.Time, which has no more than milliseconds, unless told otherwise. */
    ChronoUnit precisionOfLocalTime() {
        return ChronoUnit.MILLIS;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1904-02-29", "1970-01-01", "1999-12-31", "2000-02-29", "2026-11-23", "9999-12-31"})
    void localDate_roundTrips(String text) {
        Times row = new Times();
        row.date = LocalDate.parse(text);

        assertThat(saveAndFind(row).date).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:00:00", "00:00:00.000000001", "12:34:56.123456789", "23:59:59.999"})
    void localTime_roundTripsToThePrecisionOfItsBinding(String text) {
        Times row = new Times();
        row.time = LocalTime.parse(text);

        assertThat(saveAndFind(row).time).isEqualTo(row.time.truncatedTo(precisionOfLocalTime()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1600-01-01T00:00:00",
                "1969-12-31T23:59:59.999999999",
                "2026-06-15T12:00:00.000000001",
                "9999-12-31T23:59:59.999999999"
            })
    void localDateTime_roundTripsToTheNanosecond(String text) {
        Times row = new Times();
        row.dateTime = LocalDateTime.parse(text);

        assertThat(saveAndFind(row).dateTime).isEqualTo(LocalDateTime.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1900-01-01T00:00:00Z",
                "1970-01-01T00:00:00Z",
                "2026-11-23T10:15:30.123456789Z",
                "9999-12-30T00:00:00Z"
            })
    void instant_roundTripsToTheNanosecond(String text) {
        Times row = new Times();
        row.instant = Instant.parse(text);

        assertThat(saveAndFind(row).instant).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-18:00", "-03:30", "Z", "+05:45", "+14:00", "+18:00"})
    void offsetDateTime_native_keepsItsOffset(String offset) {
        Times row = new Times();
        row.offsetNative = LocalDateTime.of(2026, 3, 29, 2, 30, 0, 5).atOffset(ZoneOffset.of(offset));
        Times found = saveAndFind(row);

        assertThat(found.offsetNative).isEqualTo(row.offsetNative);
        assertThat(found.offsetNative.getOffset()).isEqualTo(ZoneOffset.of(offset));
    }

    @Test
    void offsetDateTime_column_keepsTheOffsetBesideTheInstant() {
        Times row = new Times();
        row.offsetColumn = OffsetDateTime.parse("2026-01-01T00:00:00.000000001+09:30");
        Times found = saveAndFind(row);

        assertThat(found.offsetColumn).isEqualTo(row.offsetColumn);
        assertThat(found.offsetColumn.getOffset()).isEqualTo(row.offsetColumn.getOffset());
        assertThat(nativeValue("select offset_seconds from times", Integer.class))
                .isEqualTo(34_200);
    }

    @Test
    void offsetDateTime_normalizedToUtc_keepsTheInstant() {
        Times row = new Times();
        row.offsetUtc = OffsetDateTime.parse("2026-01-01T00:00:00+09:30");

        assertThat(saveAndFind(row).offsetUtc.toInstant()).isEqualTo("2025-12-31T14:30:00Z");
    }

    @Test
    void zonedDateTime_keepsTheInstant() {
        Times row = new Times();
        row.zoned = ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"));

        assertThat(saveAndFind(row).zoned.toInstant()).isEqualTo(row.zoned.toInstant());
    }

    @Test
    void offsetTime_native_keepsItsOffset() {
        Times row = new Times();
        row.offsetTime = OffsetTime.parse("23:59:59.999999999-11:00");

        assertThat(saveAndFind(row).offsetTime).isEqualTo(row.offsetTime);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.000000001S", "PT-1.5S", "PT876000H"})
    void duration_roundTrips(String text) {
        Times row = new Times();
        row.duration = Duration.parse(text);

        assertThat(saveAndFind(row).duration).isEqualTo(Duration.parse(text));
    }

    @Test
    void calendarParts_roundTrip() {
        Times row = new Times();
        row.year = Year.of(2026);
        row.month = Month.FEBRUARY;
        row.day = DayOfWeek.SUNDAY;
        row.zone = ZoneId.of("Asia/Kathmandu");
        row.offset = ZoneOffset.ofHoursMinutes(-3, -30);
        row.timeZone = TimeZone.getTimeZone("Europe/Berlin");
        Times found = saveAndFind(row);

        assertThat(found.year).isEqualTo(Year.of(2026));
        assertThat(found.month).isEqualTo(Month.FEBRUARY);
        assertThat(found.day).isEqualTo(DayOfWeek.SUNDAY);
        assertThat(found.zone).isEqualTo(ZoneId.of("Asia/Kathmandu"));
        assertThat(found.offset).isEqualTo(ZoneOffset.ofHoursMinutes(-3, -30));
        assertThat(found.timeZone.getID()).isEqualTo("Europe/Berlin");
    }

    @Test
    void utilDate_roundTripsToTheMillisecond() {
        Times row = new Times();
        row.utilDate = new Date(1_700_000_000_123L);

        assertThat(saveAndFind(row).utilDate.getTime()).isEqualTo(1_700_000_000_123L);
    }

    @Test
    void orderAndRange_ofInstants_areChronological() {
        List<Instant> instants =
                List.of(Instant.EPOCH, Instant.parse("2000-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z"));
        for (Instant instant : List.of(instants.get(2), instants.get(0), instants.get(1))) {
            Times row = new Times();
            row.instant = instant;
            save(row);
        }

        assertThat(list("select t.instant from Times t order by t.instant", Instant.class))
                .isEqualTo(instants);
        assertThat(list(
                        "select count(t) from Times t where t.instant between :from and :to",
                        Long.class,
                        Map.of("from", instants.get(1), "to", instants.get(2))))
                .containsExactly(2L);
    }

    @Entity(name = "Times")
    static class Times {
        @Id
        @GeneratedValue
        Long id;

        @Column(name = "a_date")
        LocalDate date;

        @Column(name = "a_time", secondPrecision = 9)
        LocalTime time;

        @Column(secondPrecision = 9)
        LocalDateTime dateTime;

        @Column(secondPrecision = 9)
        Instant instant;

        @TimeZoneStorage(TimeZoneStorageType.NATIVE)
        @Column(secondPrecision = 9)
        OffsetDateTime offsetNative;

        @TimeZoneStorage(TimeZoneStorageType.COLUMN)
        @TimeZoneColumn(name = "offset_seconds")
        @Column(secondPrecision = 9)
        OffsetDateTime offsetColumn;

        @TimeZoneStorage(TimeZoneStorageType.NORMALIZE_UTC)
        OffsetDateTime offsetUtc;

        ZonedDateTime zoned;

        @TimeZoneStorage(TimeZoneStorageType.NATIVE)
        @Column(secondPrecision = 9)
        OffsetTime offsetTime;

        Duration duration;

        @Column(name = "a_year")
        Year year;

        @Column(name = "a_month")
        Month month;

        @Column(name = "a_day")
        DayOfWeek day;

        ZoneId zone;

        @Column(name = "an_offset")
        ZoneOffset offset;

        TimeZone timeZone;
        Date utilDate;
    }
}
