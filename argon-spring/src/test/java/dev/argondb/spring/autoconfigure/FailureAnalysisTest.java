package dev.argondb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** An application that cannot start says why, and what to do. */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTest {

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ArgonAutoConfiguration.class,
        DataSourceAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class
    })
    static class Jdbc {}

    /** Opens a directory, says so, and waits for its input to end. */
    static final class Holder {
        public static void main(String[] arguments) throws IOException {
            try (Argon argon = Argon.open("file:" + arguments[0])) {
                System.out.println("open " + argon.lastLsn());
                System.in.read();
            }
        }
    }

    private static String failure(CapturedOutput output, String... properties) {
        assertThatThrownBy(() -> Applications.run(Jdbc.class, properties)).isNotNull();
        String text = output.toString();
        return text.substring(text.indexOf("Description:"))
                .replaceAll("\\s+", " ")
                .trim();
    }

    @Test
    void argonUrlAndForeignUrl_refusedByName(CapturedOutput output) {
        assertThat(failure(output, "argon.url=mem:f", "spring.datasource.url=jdbc:h2:mem:x"))
                .contains(
                        "Description: `argon.url` is `mem:f`, and `spring.datasource.url` is `jdbc:h2:mem:x`: they configure two"
                                + " different data sources.")
                .contains(
                        "Action: Remove `spring.datasource.url` to work on Argon, or `argon.url` to leave Argon out. To work on"
                                + " both, make the other one a bean of your own.");
    }

    @Test
    void argonUrlAndAnotherUrlOfArgon_refusedByName(CapturedOutput output) {
        assertThat(failure(output, "argon.url=mem:f", "spring.datasource.url=jdbc:argon:mem:g"))
                .contains(
                        "`argon.url` is `mem:f`, and `spring.datasource.url` is `jdbc:argon:mem:g`: they configure two");
    }

    @Test
    void foreignDriver_besideUrlOfArgon_refusedByName(CapturedOutput output) {
        assertThat(failure(
                        output,
                        "spring.datasource.url=jdbc:argon:mem:f",
                        "spring.datasource.driver-class-name=org.h2.Driver"))
                .contains("`spring.datasource.url` is `jdbc:argon:mem:f`, and `spring.datasource.driver-class-name` is"
                        + " `org.h2.Driver`: they configure two different data sources.")
                .contains("Action: Remove `spring.datasource.driver-class-name` to work on Argon");
    }

    @Test
    void pool_besideUrlOfArgon_refusedByName(CapturedOutput output) {
        assertThat(failure(
                        output,
                        "spring.datasource.url=jdbc:argon:mem:f",
                        "spring.datasource.type=com.zaxxer.hikari.HikariDataSource"))
                .contains("and `spring.datasource.type` is `com.zaxxer.hikari.HikariDataSource`")
                .contains("Action: Remove `spring.datasource.type` to work on Argon");
    }

    @Test
    void url_malformed_isNamedWithItsProperty(CapturedOutput output) {
        assertThat(failure(output, "argon.url=nowhere"))
                .contains(
                        "The Argon database `nowhere` is not configured properly: `nowhere` is not a location: expected"
                                + " `mem:NAME`")
                .contains("Action: Correct `argon.url`, or the property `argon.*` that this is about.");
    }

    @Test
    void url_ofSpringWithLeftovers_isNamedWithWhatIsAllowed(CapturedOutput output) {
        assertThat(failure(output, "spring.datasource.url=jdbc:argon:mem:f;DB_CLOSE_DELAY=-1"))
                .contains("has the unknown parameter `DB_CLOSE_DELAY`; nearest: ")
                .contains("; allowed: `branch`, `at`, `author`")
                .contains("Action: Correct `spring.datasource.url`, or the property `argon.*` that this is about.");
    }

    @Test
    void ref_malformed_isNamed(CapturedOutput output) {
        assertThat(failure(output, "argon.url=mem:f", "argon.ref=main@yesterday"))
                .contains("ref `main@yesterday` has `yesterday` after `@`");
    }

    @Test
    void setting_malformed_isNamed(CapturedOutput output, @TempDir Path directory) {
        assertThat(failure(output, "argon.url=file:" + directory, "argon.retention=sometimes"))
                .contains("`retention=sometimes`");
    }

    @Test
    void setting_meaninglessInMemory_isNamed(CapturedOutput output) {
        assertThat(failure(output, "argon.url=mem:f", "argon.sync=relaxed"))
                .contains("`sync` has no meaning for `mem:f`: nothing is on disk; leave it out");
    }

    @Test
    void ref_unknown_isNamedAndDirectoryIsFree(CapturedOutput output, @TempDir Path directory) {
        assertThat(failure(output, "argon.url=file:" + directory, "argon.ref=featur"))
                .contains("The application is to work on `featur` of `file:" + directory.toAbsolutePath())
                .contains("which is not there: ")
                .contains(
                        "Action: Correct `argon.ref`, or the `branch` or `at` of the URL. To make the branch, start once without"
                                + " it and call `argon.createBranch`.");
        assertThat(new DirectoryUse(directory).isFree()).isTrue();
    }

    @Test
    void directory_openInAnotherProcess_namesIt(CapturedOutput output, @TempDir Path directory) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            assertThat(said.readLine()).startsWith("open");
            assertThat(failure(output, "argon.url=file:" + directory))
                    .contains("Argon cannot use its database: directory `")
                    .contains("is open in process " + process.pid())
                    .contains(
                            "Action: One process has a directory at a time. Stop the other process, free the disk, or give"
                                    + " this application another directory with `argon.url`.");
        } finally {
            process.getOutputStream().close();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void files_damaged_areNamed(CapturedOutput output, @TempDir Path directory) throws IOException {
        try (var application = Applications.run(Jdbc.class, "argon.url=file:" + directory)) {
            JdbcTemplate jdbc = application.getBean(JdbcTemplate.class);
            jdbc.execute("create table t(id int primary key, text varchar)");
            for (int i = 0; i < 100; i++) {
                jdbc.update("insert into t values (?, 'some text')", i);
            }
        }
        damage(directory);
        assertThat(failure(output, "argon.url=file:" + directory))
                .contains("Files of the Argon database are damaged: ")
                .contains(
                        "Action: Nothing was changed. Keep a copy of the directory, and restore it from a backup, or start on"
                                + " another one with `argon.url`.");
    }

    private static void damage(Path directory) throws IOException {
        Path log;
        try (Stream<Path> files = Files.walk(directory)) {
            log = files.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 3] ^= 0x55;
        Files.write(log, bytes);
    }
}
