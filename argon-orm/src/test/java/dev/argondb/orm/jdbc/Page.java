package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

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

/**
 * The fenced blocks of a page of documentation: SQL that is executed, text that is what its last query returned, and Java.
 *
 * @param blocks in the order of the page
 */
record Page(List<Block> blocks) {

    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern STATEMENT = Pattern.compile("(.*?);[ ]*(?:-- fails: (\\w+))?\n", Pattern.DOTALL);

    /** A fenced block. */
    record Block(String language, String text) {}

    /** Reads a page. */
    static Page of(String document) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(Path.of("../docs/" + document)));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return new Page(blocks);
    }

    private List<String> texts(String language) {
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .toList();
    }

    /** Executes the SQL in order, and checks what it returns; at least so many blocks are there. */
    void execute(Connection connection, int atLeast) throws SQLException {
        assertThat(texts("sql")).hasSizeGreaterThanOrEqualTo(atLeast);
        String result = "";
        for (Block block : blocks) {
            if (block.language().equals("sql")) {
                result = execute(connection, block.text());
            } else if (block.language().equals("text")) {
                assertThat(result).isEqualTo(block.text());
            }
        }
    }

    /** Checks that the Java is found in a test class as it stands; just so many blocks are there. */
    void requireJavaIn(Class<?> test, int count) throws IOException {
        String source =
                Files.readString(Path.of("src/test/java/" + test.getName().replace('.', '/') + ".java"));
        assertThat(texts("java")).hasSize(count);
        for (String text : texts("java")) {
            assertThat(source).contains(text.indent(8));
        }
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
                JdbcTest.failure(state, () -> JdbcTest.run(connection, sql));
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
}
