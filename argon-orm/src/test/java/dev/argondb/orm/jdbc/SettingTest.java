package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.InvalidRequestException;
import dev.argondb.engine.StorageSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {

    private static final String BYTES = "a number of bytes above 0 such as `67108864`, `65536k`, `64m` or `1g`";

    @ParameterizedTest
    @CsvSource({
        "sync, STRICT, strict",
        "cache.size, 1, 1",
        "cache.size, 1025, 1025",
        "cache.size, 2048, 2k",
        "cache.size, 64M, 64m",
        "cache.size, 64mb, 64m",
        "cache.size, 1024m, 1g",
        "cache.size, 2048g, 2048g",
        "snapshot.bytes, 1536k, 1536k",
        "snapshot.entries, 2147483647, 2147483647",
        "retention, ALL, all",
        "retention, 30d, 30d",
        "retention, 12H, 12h",
        "retention, 24h, 1d",
        "retention, 90m, PT1H30M",
        "retention, 60s, PT1M",
        "retention, P2D, 2d",
        "retention, PT36H, 36h",
        "retention, LSN:0012, lsn:12",
        "cold, s3://bucket/shop, s3://bucket/shop"
    })
    void value_ofASetting_canonicalForm(String key, String value, String canonical) {
        Setting setting = Setting.find(key).orElseThrow();
        assertThat(setting.canonical(value)).isEqualTo(canonical);
        assertThat(setting.canonical(canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "0k", "1t", "1.5g", "64 m", "m", "9223372036854775807", "99999999999g"})
    void bytes_malformedOrOutOfRange_refused(String value) {
        assertThatThrownBy(() -> Setting.CACHE_SIZE.canonical(value))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("`cache.size=" + value + "` cannot be used: expected " + BYTES);
        assertThatThrownBy(() -> Setting.SNAPSHOT_BYTES.canonical(value))
                .hasMessage("`snapshot.bytes=" + value + "` cannot be used: expected " + BYTES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "none", "0d", "-1d", "PT0S", "-PT1H", "30", "30w", "lsn:", "lsn:0", "lsn:x", "99999999999d"})
    void retention_malformedOrOutOfRange_refused(String value) {
        assertThatThrownBy(() -> Setting.RETENTION.canonical(value))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "`retention=" + value + "` cannot be used: expected `all`, a duration above 0 such as `30d`,"
                                + " `12h` or `PT90M`, or `lsn:1234`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1k", "2147483648"})
    void entries_malformedOrOutOfRange_refused(String value) {
        assertThatThrownBy(() -> Setting.SNAPSHOT_ENTRIES.canonical(value))
                .hasMessage("`snapshot.entries=" + value + "` cannot be used: expected a number from 1 to 2147483647");
    }

    @Test
    void cold_noAbsoluteUri_refused() {
        assertThatThrownBy(() -> Setting.COLD.canonical("archive"))
                .hasMessage("`cold=archive` cannot be used: expected a URI such as `file:/archive/shop`");
        assertThatThrownBy(() -> Setting.COLD.canonical("file:/a b"))
                .hasMessageStartingWith("`cold=file:/a b` is no URI: ");
    }

    @Test
    void systemProperties_whereNothingElseIsSaid_taken() {
        System.setProperty("argon.cache.size", "32m");
        System.setProperty("argon.snapshot.entries", "7");
        try {
            Wishes wishes = Wishes.NONE.with(Setting.SNAPSHOT_ENTRIES, "8");
            assertThat(wishes.toOpen().storage())
                    .isEqualTo(StorageSettings.DEFAULT.withCacheBytes(32 << 20).withSnapshotEntries(8));
            System.setProperty("argon.cache.size", "lots");
            assertThatThrownBy(wishes::toOpen)
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage(
                            "system property `argon.cache.size`: `cache.size=lots` cannot be used: expected " + BYTES);
        } finally {
            System.clearProperty("argon.cache.size");
            System.clearProperty("argon.snapshot.entries");
        }
    }
}
