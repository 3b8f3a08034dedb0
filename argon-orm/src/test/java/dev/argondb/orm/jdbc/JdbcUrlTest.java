package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Authorship;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.engine.work.Isolation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcUrlTest {

    private static JdbcUrl parse(String url) {
        return JdbcUrl.parse(url, new Properties());
    }

    private static Ref ref(String parameters) {
        return parse("jdbc:argon:mem:shop" + parameters).settings().ref();
    }

    @Test
    void parse_nothingButALocation_headOfMain() {
        JdbcUrl url = parse("jdbc:argon:mem:shop");
        assertThat(url.location()).isEqualTo(Location.parse("mem:shop"));
        assertThat(url.settings()).isEqualTo(ConnectionSettings.DEFAULT);
    }

    @Test
    void parse_allParameters_allTaken() {
        JdbcUrl url =
                parse("jdbc:argon:file:./x?branch=f&author=Ada%20L&message=a=b&sync=relaxed&isolation=serializable");
        assertThat(url.location().wishes()).isEqualTo(Wishes.NONE.with(Setting.SYNC, "relaxed"));
        assertThat(url.settings())
                .isEqualTo(new ConnectionSettings(
                        new Ref.Head("f"), "Ada L", "a=b", Authorship.NONE, Isolation.SERIALIZABLE));
    }

    @Test
    void parse_semicolonsAsInH2_sameAsAmpersands() {
        assertThat(parse("jdbc:argon:mem:shop;BRANCH=f;author=ada"))
                .isEqualTo(parse("jdbc:argon:mem:shop?branch=f&author=ada"));
    }

    @Test
    void parse_properties_takenWhereTheUrlSaysNothing() {
        Properties properties = new Properties();
        properties.setProperty("branch", "other");
        properties.setProperty("user", "ada");
        properties.setProperty("password", "secret");
        JdbcUrl url = JdbcUrl.parse("jdbc:argon:mem:shop?branch=f", properties);
        assertThat(url.settings())
                .isEqualTo(ConnectionSettings.DEFAULT.withRef(new Ref.Head("f")).withAuthor("ada"));
    }

    @Test
    void parse_storageSettings_asInALocation(@TempDir Path directory) {
        String settings = ";cache.size=64m;retention=30d;snapshot.entries=5;snapshot.bytes=1m;cold=file:/archive";
        JdbcUrl url = parse("jdbc:argon:file:" + directory + settings);
        assertThat(url.location()).isEqualTo(Location.parse("file:" + directory + settings));
        assertThat(parse("jdbc:argon:file:" + directory
                        + settings.replace(";r", "?r").replace(";s", "&s")))
                .isEqualTo(url);
    }

    @Test
    void parse_storageSettingsAsProperties_takenWithAndWithoutPrefix(@TempDir Path directory) {
        Properties properties = new Properties();
        properties.setProperty("cache.size", "64m");
        properties.setProperty("argon.retention", "30d");
        properties.setProperty("argon.snapshot.entries", "5");
        JdbcUrl url = JdbcUrl.parse("jdbc:argon:file:" + directory + "?snapshot.entries=6", properties);
        assertThat(url.location().wishes().toString()).isEqualTo(";cache.size=64m;retention=30d;snapshot.entries=6");
    }

    @Test
    void parse_propertiesThatContradictEachOther_refused() {
        Properties properties = new Properties();
        properties.setProperty("branch", "f");
        properties.setProperty("argon.branch", "g");
        assertThatThrownBy(() -> JdbcUrl.parse("jdbc:argon:mem:a", properties))
                .hasMessage("the connection properties `branch=f` and `argon.branch=g` contradict each other;"
                        + " give one of them");
    }

    @Test
    void parse_unknownPropertyOfOurs_refusedWithTheNearest() {
        Properties properties = new Properties();
        properties.setProperty("argon.cache-size", "64m");
        assertThatThrownBy(() -> JdbcUrl.parse("jdbc:argon:mem:a", properties))
                .hasMessageStartingWith(
                        "the connection property `argon.cache-size` is unknown; nearest:" + " `argon.cache.size`, ")
                .hasMessageContaining("; allowed: `argon.branch`, ");
    }

    @Test
    void parse_at_aRefOrAMomentOnTheBranch() {
        assertThat(ref("?at=main@12")).isEqualTo(new Ref.AtLsn("main", new Lsn(12)));
        assertThat(ref("?at=12")).isEqualTo(new Ref.AtLsn("main", new Lsn(12)));
        assertThat(ref("?branch=f&at=12")).isEqualTo(new Ref.AtLsn("f", new Lsn(12)));
        assertThat(ref("?branch=f&at=f@12")).isEqualTo(new Ref.AtLsn("f", new Lsn(12)));
        assertThat(ref("?branch=f&at=2026-11-23T10:00:00Z"))
                .isEqualTo(new Ref.AtTime("f", Instant.parse("2026-11-23T10:00:00Z")));
        assertThat(ref("?at=tag:v1")).isEqualTo(new Ref.Tag("v1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            jdbc:argon:             | URL `jdbc:argon:` names no database: expected `jdbc:argon:mem:NAME` or `jdbc:argon:file:PATH`, then `?key=value&key=value`
            jdbc:argon:tcp:a        | `tcp:a` is not a location: expected `mem:NAME`, or `file:PATH` with settings such as `;sync=relaxed` or nothing after it
            jdbc:argon:mem:a?brnch=f | URL `jdbc:argon:mem:a?brnch=f` has the unknown parameter `brnch`; nearest: `branch`, `sync`, `at`; allowed: `branch`, `at`, `author`, `message`, `isolation`, `sync`, `cache.size`, `retention`, `snapshot.entries`, `snapshot.bytes`, `cold`
            jdbc:argon:mem:a?branch | URL `jdbc:argon:mem:a?branch` has `branch` where `key=value` is expected; allowed keys: `branch`, `at`, `author`, `message`, `isolation`, `sync`, `cache.size`, `retention`, `snapshot.entries`, `snapshot.bytes`, `cold`
            jdbc:argon:mem:a?at=1&at=2 | URL `jdbc:argon:mem:a?at=1&at=2` gives `at` twice; give it once
            jdbc:argon:mem:a?author=%zz | URL `jdbc:argon:mem:a?author=%zz` has a broken `%` escape in `%zz`
            jdbc:argon:mem:a?sync=relaxed | `sync` has no meaning for `mem:a`: nothing is on disk; leave it out
            jdbc:argon:mem:a?isolation=none | `isolation=none` is unknown: expected `snapshot` or `serializable`
            jdbc:argon:mem:a?branch=f&at=main@1 | `branch=f` and `at=main@1` contradict each other; give one of them
            jdbc:argon:mem:a?at=main@soon | ref `main@soon` has `soon` after `@`: expected an LSN such as `main@1234` or a time such as `main@2026-11-23T10:00:00Z`
            """)
    void parse_malformedUrl_refusedWithWhatIsWrong(String url, String message) {
        assertThatThrownBy(() -> parse(url)).hasMessage(message);
    }
}
