package dev.argondb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Console console(boolean terminal) {
        return new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
    }

    private String output() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void table_mixedColumns_alignsWordsLeftAndNumbersRight() {
        console(false).table(List.of("who", "sold "), List.of(List.of("Ann", "7"), List.of("Robert", "1,234")));

        assertThat(output().lines())
                .containsExactly(
                        "", "   who      sold", "   -------------", "   Ann         7", "   Robert  1,234", "");
    }

    @Test
    void progress_awayFromATerminal_saysALineForEveryQuarter() {
        Console console = console(false);
        for (int done = 1; done <= 1000; done++) {
            console.progress("rows", done, 1000);
        }

        assertThat(output().lines().map(String::strip))
                .containsExactly(
                        "25 %  250 of 1,000 rows",
                        "50 %  500 of 1,000 rows", "75 %  750 of 1,000 rows", "100 %  1,000 of 1,000 rows");
    }

    @Test
    void progress_onATerminal_redrawsOneLine() {
        Console console = console(true);
        console.progress("tracks", 1, 2);
        console.progress("tracks", 2, 2);

        assertThat(output())
                .startsWith("\r   [" + "#".repeat(20) + ".".repeat(20) + "]  50 %  1 of 2 rows  tracks")
                .containsOnlyOnce(System.lineSeparator());
    }

    @Test
    void claim_thatDoesNotHold_isSaidAndRemembered() {
        Console console = console(false);
        console.claimEqual(1, 1, "one");
        console.claimEqual(1, 2, "two of %s", "them");

        assertThat(console.isAllRight()).isFalse();
        assertThat(console.claims()).isEqualTo(2);
        assertThat(output()).contains("ok    one", "WRONG two of them (expected 1, found 2)");
    }

    @Test
    void took_anyDuration_hasTheUnitThatSuitsIt() {
        assertThat(Console.took(Duration.ofNanos(4_200))).isEqualTo("4 µs");
        assertThat(Console.took(Duration.ofMillis(12))).isEqualTo("12.0 ms");
        assertThat(Console.took(Duration.ofSeconds(2))).isEqualTo("2.0 s");
    }
}
