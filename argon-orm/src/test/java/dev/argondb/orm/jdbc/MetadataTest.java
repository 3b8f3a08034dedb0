package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class MetadataTest extends JdbcTest {

    @Test
    void product_asToolsRead_isH2() throws SQLException {
        DatabaseMetaData metadata = connect("?author=ada").getMetaData();
        assertThat(metadata.getDatabaseProductName()).isEqualTo("H2");
        assertThat(metadata.getDatabaseProductVersion()).startsWith("2.4.240");
        assertThat(metadata.getDriverName()).isEqualTo("Argon JDBC Driver");
        assertThat(metadata.getURL()).isEqualTo("jdbc:argon:" + location);
        assertThat(metadata.getUserName()).isEqualTo("ada");
        assertThat(metadata.getDefaultTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
        assertThat(metadata.supportsTransactionIsolationLevel(Connection.TRANSACTION_SERIALIZABLE))
                .isTrue();
    }

    @Test
    void tablesAndKeys_afterDdlOfAnother_asTheyAreNow() throws SQLException {
        Connection connection = connect();
        DatabaseMetaData metadata = connection.getMetaData();
        assertThat(metadata.getConnection()).isSameAs(connection);
        setUp("create table a(id int primary key)", "create table b(id int primary key, a_id int references a)");
        String catalog = connection.getCatalog();
        try (ResultSet tables = metadata.getTables(catalog, connection.getSchema(), "%", new String[] {"TABLE"})) {
            assertThat(JdbcTest.rows(tables)).hasSize(2);
        }
        setUp("create table c(id int primary key)");
        assertThat(connection.getCatalog()).isEqualTo(catalog);
        try (ResultSet tables = metadata.getTables(catalog, connection.getSchema(), "%", new String[] {"TABLE"})) {
            assertThat(JdbcTest.rows(tables)).hasSize(3);
        }
        String b = metadata.storesUpperCaseIdentifiers() ? "B" : "b";
        try (ResultSet keys = metadata.getImportedKeys(null, null, b)) {
            assertThat(keys.next()).isTrue();
            assertThat(keys.getString("PKTABLE_NAME")).isEqualToIgnoringCase("a");
        }
    }

    @Test
    void driver_foundByServiceLoader_takesItsUrlsOnly() throws SQLException {
        Driver driver = DriverManager.getDriver("jdbc:argon:mem:x");
        assertThat(driver).isInstanceOf(ArgonDriver.class);
        assertThat(driver.connect("jdbc:h2:mem:x", new Properties())).isNull();
        assertThat(driver.getPropertyInfo("jdbc:argon:mem:x", new Properties())).hasSize(JdbcUrl.KEYS.size());
    }

    @Test
    void clientInfo_authorAndMessage_ofTheCommits() throws SQLException {
        Connection connection = connect();
        connection.setClientInfo("author", "ada");
        connection.setClientInfo("message", "why");
        connection.setClientInfo("ApplicationName", "test");
        assertThat(connection.getClientInfo("author")).isEqualTo("ada");
        assertThat(connection.getClientInfo()).containsEntry("message", "why").containsEntry("ApplicationName", "test");
        run(connection, "create table t(id int)");
        assertThat(value(connection, "select author from argon.commits limit 1"))
                .isEqualTo("ada");
        assertThat(failure(SqlStates.INVALID_VALUE, () -> connection.setClientInfo("colour", "red")))
                .isInstanceOf(SQLClientInfoException.class)
                .hasMessage("client info `colour` is unknown; allowed: `author`, `message`, `ApplicationName`,"
                        + " `ClientUser`, `ClientHostname`");
    }
}
