package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.UnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondProcessTest {

    /** Opens a directory, says so, and waits for its input to end. */
    static final class Holder {
        public static void main(String[] arguments) throws IOException {
            try (Argon argon = Argon.open("file:" + arguments[0])) {
                System.out.println("open " + argon.lastLsn());
                System.in.read();
            }
        }
    }

    private static Process holder(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void directory_openInAnotherProcess_refusedNamingIt(@TempDir Path directory) throws Exception {
        Process process = holder(directory);
        try {
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            assertThat(output.readLine()).startsWith("open");
            assertThatThrownBy(() -> Argon.open("file:" + directory))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("is open in process " + process.pid());
            assertThat(JdbcTest.failure(
                            SqlStates.UNAVAILABLE, () -> DriverManager.getConnection("jdbc:argon:file:" + directory)))
                    .hasMessageContaining("is open in process " + process.pid());
        } finally {
            process.getOutputStream().close();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        Argon.open("file:" + directory).close();
    }
}
