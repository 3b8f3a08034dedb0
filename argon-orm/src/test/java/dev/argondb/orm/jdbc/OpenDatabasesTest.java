package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.ClosedException;
import dev.argondb.InvalidRequestException;
import dev.argondb.engine.log.FileLog;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.volume.DirectoryVolume;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenDatabasesTest extends JdbcTest {

    @Test
    void memDatabase_handlesAndConnections_shareIt() throws SQLException {
        setUp("create table t(id int primary key)", "insert into t values(1)");
        argon.createBranch("feature", "main");
        try (Argon other = Argon.open(location)) {
            assertThat(other.branches()).hasSize(2);
        }
        assertThat(value(connect("?branch=feature"), "select id from t")).isEqualTo("1");
    }

    @Test
    void memDatabase_afterTheLastHandle_livesOnByName() throws SQLException {
        setUp("create table t(id int primary key)");
        argon.close();
        argon = Argon.open(location);
        assertThat(rows(connect(), "select * from t")).isEmpty();
    }

    @Test
    void memDatabase_discarded_connectionsFailAndTheNameIsFree() throws SQLException {
        Connection connection = connect();
        run(connection, "create table t(id int primary key)");
        Argon.discard(location);
        assertThat(failure(SqlStates.CLOSED, () -> run(connection, "insert into t values(1)")))
                .hasMessage("`" + location + "` was discarded; open a new one");
        assertThat(connection.isValid(1)).isFalse();
        argon.close();
        argon = Argon.open(location);
        failure("42S04", () -> rows(connect(), "select * from t"));
    }

    @Test
    void closedHandle_anyCall_saysSo() {
        Argon handle = Argon.open(location);
        handle.close();
        handle.close();
        assertThatThrownBy(handle::branches)
                .isInstanceOf(ClosedException.class)
                .hasMessage("this handle of `" + location + "` is closed; open another");
    }

    @Test
    void discard_fileDatabase_refused(@TempDir Path directory) {
        assertThatThrownBy(() -> Argon.discard("file:" + directory))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("is not in memory, so it cannot be discarded; close it and delete the directory");
    }

    @Test
    void fileDatabase_lastCloseOfAny_givesTheDirectoryBack(@TempDir Path directory) throws SQLException, IOException {
        String file = "file:" + directory;
        Argon handle = Argon.open(file);
        Connection connection = DriverManager.getConnection("jdbc:argon:" + file);
        run(connection, "create table t(id int primary key)", "insert into t values(7)");
        handle.close();
        run(connection, "insert into t values(8)");
        connection.close();
        DirectoryVolume volume = DirectoryVolume.at(directory);
        FileLog.open(volume, FileLogSettings.DEFAULT).close();
        try (Connection again = DriverManager.getConnection("jdbc:argon:" + file)) {
            assertThat(rows(again, "select id from t order by id")).containsExactly("7", "8");
        }
    }

    @Test
    void fileDatabase_openWithAnotherSyncMode_refused(@TempDir Path directory) throws IOException {
        Path real = directory.toRealPath();
        try (Argon handle = Argon.open("file:" + directory + ";sync=relaxed")) {
            assertThat(handle.location()).isEqualTo("file:" + real + ";sync=relaxed");
            Argon.open("file:" + directory).close();
            assertThatThrownBy(() -> Argon.open("file:" + directory + ";sync=strict"))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("`file:" + real + "` is open in this process with `sync=relaxed`, so it"
                            + " cannot be opened with `sync=strict` now; leave `sync` out or close it first");
        }
    }

    @Test
    void fileDatabase_openWithOtherStorageSettings_refusedEachByName(@TempDir Path directory) throws IOException {
        Path real = directory.toRealPath();
        String file = "file:" + directory;
        try (Argon handle = Argon.open(file + ";cache.size=64m;retention=30d")) {
            Argon.open(file + ";retention=P30D;cache.size=65536k;sync=strict").close();
            Argon.open(handle.location()).close();
            assertThatThrownBy(() -> Argon.open(file + ";retention=all"))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("`file:" + real + "` is open in this process with `retention=30d`, so it cannot be"
                            + " opened with `retention=all` now; leave `retention` out or close it first");
            assertThat(failure(
                            SqlStates.INVALID_VALUE,
                            () -> DriverManager.getConnection("jdbc:argon:" + file + "?snapshot.entries=3")))
                    .hasMessageContaining("is open in this process with `snapshot.entries=65536`, so it cannot");
        }
    }
}
