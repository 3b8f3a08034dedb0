package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.InvalidRequestException;
import dev.argondb.engine.log.SyncMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertThat(around.sync()).contains(SyncMode.RELAXED);
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            shop            | `shop` is not a location: expected `mem:NAME`, or `file:PATH` with `;sync=relaxed` or nothing after it
            mem:            | location `mem:` has `` for a name: expected 1 to 200 letters, digits and `. _ -`, such as `mem:shop`
            mem:a b         | location `mem:a b` has `a b` for a name: expected 1 to 200 letters, digits and `. _ -`, such as `mem:shop`
            file:           | location `file:` has no path: expected `mem:NAME`, or `file:PATH` with `;sync=relaxed` or nothing after it
            file:a;speed=1  | location `file:a;speed=1` has the unknown setting `speed`: expected `mem:NAME`, or `file:PATH` with `;sync=relaxed` or nothing after it
            file:a;sync=no  | `sync=no` is unknown: expected `strict` or `relaxed`
            """)
    void parse_malformedText_refusedWithWhatIsExpected(String text, String message) {
        assertThatThrownBy(() -> Location.parse(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }
}
