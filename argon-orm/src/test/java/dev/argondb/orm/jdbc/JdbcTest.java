package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.argondb.Argon;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The vocabulary of these tests: an in-memory database per test, connections to it, and short ways to run SQL. */
abstract class JdbcTest {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    final String location = "mem:jdbc-" + DATABASES.incrementAndGet();
    Argon argon;
    private final List<Connection> connections = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void openDatabase() {
        argon = Argon.open(location);
    }

    @AfterEach
    void discardDatabase() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
        argon.close();
        Argon.discard(location);
    }

    /** Returns a connection in autocommit mode. */
    Connection connect(String parameters) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:argon:" + location + parameters);
        connections.add(connection);
        return connection;
    }

    Connection connect() throws SQLException {
        return connect("");
    }

    /** Returns a connection whose transactions are ended by hand. */
    Connection transaction(String parameters) throws SQLException {
        Connection connection = connect(parameters);
        connection.setAutoCommit(false);
        return connection;
    }

    Connection transaction() throws SQLException {
        return transaction("");
    }

    /** Runs statements. */
    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Runs statements on a connection of their own. */
    void setUp(String... statements) throws SQLException {
        try (Connection connection = connect()) {
            run(connection, statements);
        }
    }

    /** Returns rows as text: columns separated by a blank. */
    static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows(rows);
        }
    }

    static List<String> rows(ResultSet rows) throws SQLException {
        List<String> all = new ArrayList<>();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                row.add(rows.getString(i));
            }
            all.add(String.join(" ", row));
        }
        return all;
    }

    /** Returns the first column of the first row as text. */
    static String value(Connection connection, String sql) throws SQLException {
        List<String> all = rows(connection, sql);
        assertThat(all).as(sql).isNotEmpty();
        return all.get(0);
    }

    /** Returns the failure of a call that must fail with a state; as a Throwable, because AssertJ takes SQLException for a list. */
    static Throwable failure(String sqlState, ThrowingCallable call) {
        SQLException failure = catchThrowableOfType(SQLException.class, call);
        assertThat((Throwable) failure).as("expected SQLState " + sqlState).isNotNull();
        assertThat(failure.getSQLState()).as(failure.toString()).isEqualTo(sqlState);
        return failure;
    }

    /** Asserts that a statement fails with a state and a whole message. */
    static void assertFails(Connection connection, String sql, String sqlState, String message) {
        assertThat(failure(sqlState, () -> run(connection, sql))).hasMessage(message);
    }
}
