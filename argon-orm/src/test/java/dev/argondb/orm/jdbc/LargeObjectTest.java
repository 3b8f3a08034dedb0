package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeObjectTest extends JdbcTest {

    private static final int TEN_MB = 10 << 20;

    private static byte[] bytes() {
        byte[] bytes = new byte[TEN_MB];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static void insert(Connection connection, byte[] bytes, String text) throws SQLException {
        run(connection, "create table t(id int primary key, b blob, c clob)");
        try (PreparedStatement statement = connection.prepareStatement("insert into t values(?, ?, ?)")) {
            statement.setInt(1, 1);
            statement.setBinaryStream(2, new ByteArrayInputStream(bytes));
            statement.setCharacterStream(3, new StringReader(text));
            statement.executeUpdate();
            statement.setInt(1, 2);
            statement.setBlob(2, new ByteArrayInputStream(bytes), 1000);
            statement.setClob(3, new StringReader(text), 1000);
            statement.executeUpdate();
            Blob blob = connection.createBlob();
            blob.setBytes(1, bytes);
            Clob clob = connection.createClob();
            clob.setString(1, text);
            statement.setInt(1, 3);
            statement.setBlob(2, blob);
            statement.setClob(3, clob);
            statement.executeUpdate();
        }
    }

    private static void assertRead(Connection connection, byte[] bytes, String text) throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select b, c from t order by id")) {
            for (int length : new int[] {TEN_MB, 1000, TEN_MB}) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getBinaryStream(1).readAllBytes()).isEqualTo(Arrays.copyOf(bytes, length));
                assertThat(rows.getClob(2).length()).isEqualTo(length);
                assertThat(rows.getString(2)).isEqualTo(text.substring(0, length));
            }
        }
    }

    @Test
    void streams_tenMegabytes_comeBackFromAnotherConnection() throws SQLException, IOException {
        byte[] bytes = bytes();
        String text = "x".repeat(TEN_MB);
        try (Connection connection = connect()) {
            insert(connection, bytes, text);
        }
        assertRead(connect(), bytes, text);
    }

    @Test
    void streams_afterReopening_comeBackFromDisk(@TempDir Path directory) throws SQLException, IOException {
        byte[] bytes = bytes();
        String text = new String(new char[TEN_MB]).replace('\0', 'y');
        String url = "jdbc:argon:file:" + directory;
        try (Connection connection = DriverManager.getConnection(url)) {
            insert(connection, bytes, text);
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertRead(connection, bytes, text);
        }
    }

    @Test
    void blob_readAfterCommitAndOfAnOpenResult_stillThere() throws SQLException {
        Connection connection = transaction();
        insert(connection, "hello".repeat(500).getBytes(StandardCharsets.UTF_8), "x".repeat(3000));
        ResultSet rows = connection.createStatement().executeQuery("select b from t where id = 1");
        rows.next();
        Blob blob = rows.getBlob(1);
        connection.commit();
        run(connection, "delete from t");
        connection.commit();
        assertThat(blob.getBytes(1, 5)).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    }
}
