package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.Ref;
import dev.argondb.UnavailableException;
import dev.argondb.engine.log.FileLog;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.volume.DirectoryVolume;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSourceTest extends JdbcTest {

    @Test
    void dataSource_ofAHandleAndARef_connectsThere() throws SQLException {
        setUp("create table t(id int)");
        argon.createBranch("feature", "main");
        try (ArgonDataSource source = ArgonDataSource.of(argon, Ref.parse("feature"));
                Connection connection = source.getConnection()) {
            run(connection, "insert into t values(1)");
        }
        assertThat(rows(connect(), "select * from t")).isEmpty();
        assertThat(rows(connect("?branch=feature"), "select * from t")).containsExactly("1");
    }

    @Test
    void dataSource_bySetters_asByUrl() throws SQLException {
        ArgonDataSource source = new ArgonDataSource();
        source.setLocation(location);
        source.setBranch("main");
        source.setMessage("why");
        try (source;
                Connection connection = source.getConnection("ada", "secret")) {
            run(connection, "create table t(id int)");
            assertThat(rows(connection, "select author, message from argon.commits limit 1"))
                    .containsExactly("ada why");
        }
        assertThat(failure(SqlStates.CLOSED, source::getConnection))
                .hasMessage("the data source is closed; open another");
    }

    @Test
    void copy_hasTheSettingsAndAHoldOfItsOwn() throws SQLException {
        ArgonDataSource source = new ArgonDataSource("jdbc:argon:" + location + "?author=ada&message=why");
        source.getConnection().close();
        ArgonDataSource copy = source.copy();
        source.close();
        try (copy;
                Connection connection = copy.getConnection()) {
            run(connection, "create table t(id int)");
            assertThat(rows(connection, "select author, message from argon.commits limit 1"))
                    .containsExactly("ada why");
        }
    }

    @Test
    void dataSource_withoutLocation_refused() {
        assertThat(failure(SqlStates.INVALID_VALUE, () -> new ArgonDataSource().getConnection()))
                .hasMessage("the data source has no location; call setUrl or setLocation first");
    }

    @Test
    void dataSource_ofADirectory_holdsItUntilClosed(@TempDir Path directory) throws Exception {
        DirectoryVolume volume = DirectoryVolume.at(directory);
        try (ArgonDataSource source = new ArgonDataSource("jdbc:argon:file:" + directory)) {
            source.getConnection().close();
            assertThatThrownBy(() -> FileLog.open(volume, FileLogSettings.DEFAULT))
                    .isInstanceOf(UnavailableException.class);
        }
        FileLog.open(volume, FileLogSettings.DEFAULT).close();
        Argon.open("file:" + directory).close();
    }
}
