package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Executes what docs/sql.md shows. */
class SqlDocumentTest extends JdbcTest {

    private static final Path DOCUMENT = Path.of("../docs/sql.md");
    private static final Path THIS = Path.of("src/test/java/dev/argondb/orm/jdbc/SqlDocumentTest.java");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern STATEMENT = Pattern.compile("(.*?);[ ]*(?:-- fails: (\\w+))?\n", Pattern.DOTALL);

    /** A fenced block of the document. */
    private record Block(String language, String text) {}

    private static List<Block> blocks() throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(DOCUMENT));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    @Test
    void sqlBlocks_executedInOrder_returnWhatTheTextBlocksShow() throws IOException, SQLException {
        Connection connection = connect("?author=ada");
        String result = "";
        int executed = 0;
        for (Block block : blocks()) {
            if (block.language().equals("sql")) {
                result = execute(connection, block.text());
                executed++;
            } else if (block.language().equals("text")) {
                assertThat(result).isEqualTo(block.text());
            }
        }
        assertThat(executed).isGreaterThan(8);
    }

    private static String execute(Connection connection, String block) throws SQLException {
        String result = "";
        Matcher matcher = STATEMENT.matcher(block);
        while (matcher.find()) {
            String sql = matcher.group(1);
            String state = matcher.group(2);
            if (state == null) {
                String rows = execute(connection, sql, result);
                result = rows;
            } else {
                failure(state, () -> run(connection, sql));
            }
        }
        return result;
    }

    private static String execute(Connection connection, String sql, String otherwise) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? table(statement.getResultSet()) : otherwise;
        }
    }

    private static String table(ResultSet rows) throws SQLException {
        StringBuilder table = new StringBuilder();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
                table.append(i == 1 ? "" : " | ").append(rows.getString(i));
            }
            table.append('\n');
        }
        return table.toString();
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
        String source = Files.readString(THIS);
        List<Block> blocks = blocks().stream()
                .filter(block -> block.language().equals("java"))
                .toList();
        assertThat(blocks).hasSize(2);
        for (Block block : blocks) {
            assertThat(source).contains(block.text().indent(8));
        }
    }
}
