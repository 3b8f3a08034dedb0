package dev.argondb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, whole, with the processes that it starts. */
class ChinookDemoTest {

    @Test
    void demo_whole_findsAllItsSumsRight(@TempDir Path directory) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);

        ChinookDemo.play(console, directory.resolve("chinook"));

        String output = bytes.toString(StandardCharsets.UTF_8);
        assertThat(console.isAllRight()).as(output).isTrue();
        assertThat(output)
                .contains(
                        "15,607 rows in",
                        "`summer-sale` starts at `main@",
                        "2328.60",
                        "Robert King",
                        "killed (SIGKILL)")
                .containsPattern("All \\d\\d checks hold\\.")
                .doesNotContain("WRONG");
    }
}
