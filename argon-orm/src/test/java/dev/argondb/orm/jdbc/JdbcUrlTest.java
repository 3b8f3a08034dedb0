package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.engine.log.SyncMode;
import dev.argondb.engine.work.Isolation;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.Test;
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
        assertThat(url.location().sync()).contains(SyncMode.RELAXED);
        assertThat(url.settings())
                .isEqualTo(new ConnectionSettings(new Ref.Head("f"), "Ada L", "a=b", Isolation.SERIALIZABLE));
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
            jdbc:argon:tcp:a        | `tcp:a` is not a location: expected `mem:NAME`, or `file:PATH` with `;sync=relaxed` or nothing after it
            jdbc:argon:mem:a?brnch=f | URL `jdbc:argon:mem:a?brnch=f` has the unknown parameter `brnch`; nearest: `branch`, `sync`, `at`; allowed: `branch`, `at`, `author`, `message`, `sync`, `isolation`
            jdbc:argon:mem:a?branch | URL `jdbc:argon:mem:a?branch` has `branch` where `key=value` is expected; allowed keys: `branch`, `at`, `author`, `message`, `sync`, `isolation`
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
