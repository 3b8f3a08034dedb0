package dev.argondb.orm.parity;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A connection that answers steps. Confined to one thread. */
final class Client implements AutoCloseable {

    /** No query takes this long; one that does is refused by the database, which is an answer of its own. */
    private static final int QUERY_TIMEOUT_SECONDS = 60;

    private final Connection connection;

    private Client(Connection connection) {
        this.connection = connection;
    }

    static Client connect(String url) throws SQLException {
        return new Client(DriverManager.getConnection(url));
    }

    Connection connection() {
        return connection;
    }

    List<Answer> answers(List<Step> steps) throws SQLException {
        List<Answer> answers = new ArrayList<>(steps.size());
        for (Step step : steps) {
            answers.add(answer(step));
        }
        return answers;
    }

    /** Runs a step. A refusal is an answer; only a broken connection throws. */
    Answer answer(Step step) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(QUERY_TIMEOUT_SECONDS);
            return answer(statement, step);
        }
    }

    private static Answer answer(Statement statement, Step step) {
        try {
            if (step instanceof Step.Query query) {
                return RowReader.read(query, statement.executeQuery(step.sql()));
            }
            statement.execute(step.sql());
            return new Answer.Done(statement.getLargeUpdateCount());
        } catch (SQLException e) {
            return new Answer.Refused(e.getSQLState(), e.toString());
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
