package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.Finding;
import dev.argondb.Pin;
import dev.argondb.StorageStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executes what docs/storage.md shows. */
class StorageDocumentTest {

    @TempDir
    Path directory;

    @Test
    void sqlBlocks_executedInOrder_returnWhatTheTextBlocksShow() throws IOException, SQLException {
        String settings = ";retention=lsn:1000"; // beyond the end: only what something stands on is kept
        try (Connection connection = DriverManager.getConnection("jdbc:argon:file:" + directory + settings)) {
            Page.of("storage.md").execute(connection, 4);
        }
    }

    @Test
    void javaBlocks_asShown_work() {
        // tag::open
        try (Argon argon = Argon.open("file:" + directory + ";cache.size=64m;retention=30d")) {
            argon.createBranch("feature", "main");
        }
        // end::open
        Argon argon = Argon.open("file:" + directory);
        // tag::status
        StorageStatus status = argon.storage();
        status.failure().ifPresent(why -> System.err.println("the storage needs attention: " + why));
        // end::status
        // tag::pin
        try (Pin pin = argon.pin("main")) {
            argon.retain();
            System.out.println("kept: " + pin.lsn());
        }
        // end::pin
        // tag::verify
        for (Finding finding : argon.verify()) {
            System.err.println(finding);
        }
        // end::verify
        assertThat(argon.verify()).isEmpty();
        assertThat(status.failure()).isEmpty();
        argon.close();
    }

    @Test
    void javaBlocks_asShown_areCodeOfThisTest() throws IOException {
        Page.of("storage.md").requireJavaIn(StorageDocumentTest.class, 4);
    }

    @Test
    void files_asListed_areThere() throws IOException, SQLException {
        try (Argon argon = Argon.open("file:" + directory);
                Connection connection = DriverManager.getConnection("jdbc:argon:" + argon.location())) {
            JdbcTest.run(connection, "create table t(id int primary key)", "insert into t values(1)");
            argon.snapshot();
        }
        String document = Files.readString(Path.of("../docs/storage.md"));
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName() + (Files.isDirectory(file) ? "/" : "")))
                    .hasSize(5)
                    .allSatisfy(name -> assertThat(document).contains("| `" + name + "` |"));
        }
    }
}
