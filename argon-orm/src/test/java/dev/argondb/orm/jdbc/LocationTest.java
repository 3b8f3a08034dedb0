package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.InvalidRequestException;
import dev.argondb.engine.Retention;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.log.SyncMode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationTest {

    @Test
    void parse_inMemoryName_itsOwnCanonicalForm() {
        assertThat(Location.parse("mem:shop")).hasToString("mem:shop");
    }

    @Test
    void parse_differentPathsOfOneDirectory_sameKey(@TempDir Path directory) throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        Location direct = Location.parse("file:" + data);
        Location around = Location.parse("file:" + directory + "/./other/../data;sync=relaxed");
        assertThat(around.key()).isEqualTo(direct.key());
        assertThat(around.wishes().toOpen().sync()).isEqualTo(SyncMode.RELAXED);
        assertThat(around).hasToString(direct.key() + ";sync=relaxed");
    }

    @Test
    void parse_behindALink_sameKeyBeforeAndAfterItIsMade(@TempDir Path directory) throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        String before = Location.parse("file:" + link + "/a/b").key();
        Files.createDirectories(real.resolve("a/b"));
        assertThat(Location.parse("file:" + link + "/a/b").key()).isEqualTo(before);
        assertThat(Location.parse("file:" + real + "/a/b").key()).isEqualTo(before);
    }

    @Test
    void parse_allSettings_eachInItsCanonicalForm(@TempDir Path directory) {
        String settings = ";cold=file:/archive%3Ba;SNAPSHOT.BYTES=2048k;snapshot.entries=10;retention=PT48H"
                + ";cache.size=67108864;sync=RELAXED";
        Location location = Location.parse("file:" + directory + settings);
        assertThat(location.toString())
                .endsWith(";sync=relaxed;cache.size=64m;retention=2d;snapshot.entries=10;snapshot.bytes=2m"
                        + ";cold=file:/archive%3Ba");
        assertThat(Location.parse(location.toString())).isEqualTo(location);
        assertThat(location.wishes().toOpen())
                .isEqualTo(new OpenSettings(
                        SyncMode.RELAXED,
                        StorageSettings.DEFAULT
                                .withCacheBytes(64 << 20)
                                .withRetention(new Retention.Window(Duration.ofDays(2)))
                                .withSnapshotEntries(10)
                                .withSnapshotBytes(2 << 20)
                                .withColdTier(URI.create("file:/archive;a"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            shop            | `shop` is not a location: expected `mem:NAME`, or `file:PATH` with settings such as `;sync=relaxed` or nothing after it
            mem:            | location `mem:` has `` for a name: expected 1 to 200 letters, digits and `. _ -`, such as `mem:shop`
            mem:a b         | location `mem:a b` has `a b` for a name: expected 1 to 200 letters, digits and `. _ -`, such as `mem:shop`
            file:           | location `file:` has no path: expected `mem:NAME`, or `file:PATH` with settings such as `;sync=relaxed` or nothing after it
            file:a;speed=1  | location `file:a;speed=1` has the unknown setting `speed`; nearest: `cold`, `sync`, `retention`; allowed: `sync`, `cache.size`, `retention`, `snapshot.entries`, `snapshot.bytes`, `cold`
            file:a;cache    | location `file:a;cache` has the unknown setting `cache`; nearest: `cold`, `cache.size`, `sync`; allowed: `sync`, `cache.size`, `retention`, `snapshot.entries`, `snapshot.bytes`, `cold`
            file:a;sync=no  | `sync=no` cannot be used: expected `strict` or `relaxed`
            file:a;sync=strict;SYNC=relaxed | location `file:a;sync=strict;SYNC=relaxed` gives `sync` twice; give it once
            file:a;cold=%zz | location `file:a;cold=%zz` has a broken `%` escape in `%zz`
            mem:a;sync=strict | `sync` has no meaning for `mem:a`: nothing is on disk; leave it out
            mem:a;snapshot.bytes=1m;retention=all | `retention` has no meaning for `mem:a`: nothing is on disk; leave it out
            """)
    void parse_malformedText_refusedWithWhatIsExpected(String text, String message) {
        assertThatThrownBy(() -> Location.parse(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }
}
