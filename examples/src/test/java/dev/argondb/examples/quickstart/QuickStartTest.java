package dev.argondb.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuickStartTest {

    @AfterEach
    void discard() {
        Argon.discard("mem:shop");
    }

    @Test
    void main_run_printsThePriceOnBothBranchesAndInThePast() {
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            QuickStart.main(new String[0]);
        } finally {
            System.setOut(out);
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("main: 40"),
                        line -> assertThat(line).isEqualTo("sale: 30"),
                        line -> assertThat(line).matches("sale@\\d+: 40"));
    }

    @Test
    void readme_snippet_isTheProgram() throws IOException {
        String source = Files.readString(Path.of("src/main/java/dev/argondb/examples/quickstart/QuickStart.java"));
        String body = source.substring(
                source.indexOf('\n', source.indexOf("void main(")) + 1, source.lastIndexOf("    }\n}"));

        assertThat(Files.readString(Path.of("../README.md")))
                .contains(
                        body.lines().map(line -> line.replaceFirst("^ {8}", "")).collect(Collectors.joining("\n")));
    }
}
