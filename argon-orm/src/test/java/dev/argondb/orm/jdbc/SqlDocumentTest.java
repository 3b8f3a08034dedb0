package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Executes what docs/sql.md shows. */
class SqlDocumentTest extends JdbcTest {

    @Test
    void sqlBlocks_executedInOrder_returnWhatTheTextBlocksShow() throws IOException, SQLException {
        Page.of("sql.md").execute(connect("?author=ada"), 9);
    }

    @Test
    void dataSource_asShown_works() throws SQLException {
        // tag::source
        try (ArgonDataSource source = new ArgonDataSource("jdbc:argon:mem:doc-source?author=ada");
                Connection connection = source.getConnection()) {
            connection.createStatement().execute("create table note(id int primary key, text varchar)");
        }
        // end::source
        try (ArgonDataSource source = new ArgonDataSource("jdbc:argon:mem:doc-source");
                Connection connection = source.getConnection()) {
            assertThat(rows(connection, "select author from argon.commits")).containsExactly("ada");
        }
        Argon.discard("mem:doc-source");
    }

    @Test
    void unwrappedConnection_asShown_works() throws SQLException {
        setUp("create table product(id int primary key, price int)", "insert into product values(1, 40)");
        argon.createBranch("sale", "main");
        Connection connection = connect();
        // tag::unwrap
        ArgonConnection argon = connection.unwrap(ArgonConnection.class);
        argon.checkout("sale");
        argon.setAutoCommit(false);
        argon.createStatement().execute("update product set price = 19 where id = 1");
        argon.commit("Lamp at 19");
        // end::unwrap
        assertThat(rows(argon, "select message from argon.commits limit 1")).containsExactly("Lamp at 19");
        assertThat(rows(argon, "select price from product")).containsExactly("19");
        assertThat(value(connect(), "select price from product")).isEqualTo("40");
    }

    @Test
    void javaBlocks_asShown_areCodeOfThisTest() throws IOException {
        Page.of("sql.md").requireJavaIn(SqlDocumentTest.class, 2);
    }
}
