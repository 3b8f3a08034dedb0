package dev.argondb.engine.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.InvalidRequestException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryColdTierTest {

    @TempDir
    Path directory;

    private record Text(String text) implements ColdTier.Content {

        @Override
        public long size() {
            return text.length();
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private ColdTier tier() {
        return ColdTiers.open(directory.resolve("cold").toUri());
    }

    private static String read(ColdTier tier, String name, long offset, int count) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(count);
        tier.read(name, offset, target);
        return new String(target.array(), StandardCharsets.US_ASCII);
    }

    @Test
    void put_thenRead_givesAnyRange() throws IOException {
        ColdTier tier = tier();
        tier.put("a/one", new Text("0123456789"));
        assertThat(read(tier, "a/one", 0, 10)).isEqualTo("0123456789");
        assertThat(read(tier, "a/one", 3, 4)).isEqualTo("3456");
        assertThat(tier.size("a/one")).isEqualTo(10);
        assertThat(ColdTiers.open(directory.resolve("cold").toUri()).size("a/one"))
                .isEqualTo(10);
    }

    @Test
    void put_again_replaces() throws IOException {
        ColdTier tier = tier();
        tier.put("a/one", new Text("0123456789"));
        tier.put("a/one", new Text("abc"));
        assertThat(read(tier, "a/one", 0, 3)).isEqualTo("abc");
        assertThat(tier.list("a")).containsExactly(new ColdTier.Stored("a/one", 3));
    }

    @Test
    void put_contentEndsEarly_failsAndLeavesWhatWasThere() throws IOException {
        ColdTier tier = tier();
        tier.put("a/one", new Text("old"));
        ColdTier.Content cut = new ColdTier.Content() {
            @Override
            public long size() {
                return 5;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(new byte[4]);
            }
        };
        assertThatThrownBy(() -> tier.put("a/one", cut))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected 5 bytes, got 4");
        assertThat(read(tier, "a/one", 0, 3)).isEqualTo("old");
        assertThat(tier.list("a")).hasSize(1);
    }

    @Test
    void read_beyondTheEnd_fails() throws IOException {
        ColdTier tier = tier();
        tier.put("a/one", new Text("0123456789"));
        assertThatThrownBy(() -> read(tier, "a/one", 8, 3))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("ends at 10, before 11");
    }

    @Test
    void read_noSuchObject_saysSo() throws IOException {
        ColdTier tier = tier();
        tier.put("a/one", new Text("x"));
        assertThatThrownBy(() -> read(tier, "a/two", 0, 1)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> tier.size("a/two")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void read_directoryIsNotThere_isNoMissingObject() {
        assertThatThrownBy(() -> read(tier(), "a/two", 0, 1))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NoSuchFileException.class)
                .hasMessage("directory `" + directory.resolve("cold") + "` is not there");
    }

    @Test
    void delete_thenList_isGone() throws IOException {
        ColdTier tier = tier();
        tier.put("a/one", new Text("1"));
        tier.put("a/two", new Text("22"));
        tier.put("b/three", new Text("333"));
        tier.delete("a/one");
        tier.delete("a/one");
        assertThat(tier.list("a")).containsExactly(new ColdTier.Stored("a/two", 2));
        assertThat(tier.list("")).extracting(ColdTier.Stored::name).containsExactly("a/two", "b/three");
        assertThat(tier.list("c")).isEqualTo(List.of());
    }

    @Test
    void name_outsideOfTheDirectory_isRefused() throws IOException {
        Files.writeString(directory.resolve("secret"), "x");
        assertThatThrownBy(() -> tier().delete("../secret"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("object `../secret` lies outside of");
    }

    @Test
    void open_unknownScheme_isRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> ColdTiers.open(URI.create("ftp://x/y")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "cold tier `ftp://x/y` is of an unknown kind; known are `file` (for `s3`, put argon-s3 on the"
                                + " class path)");
        assertThatThrownBy(() -> ColdTiers.open(URI.create("file:relative")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("cold tier `file:relative` names no directory; write `file:/path/of/directory`");
    }
}
