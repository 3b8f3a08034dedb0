package dev.argondb.orm.jdbc;

import dev.argondb.orm.sql.SqlStatementKind;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement over H2's; prepared again, unseen, when the schema has changed.
 *
 * <p>What changes the schema or the transaction is not prepared on H2's side: it is executed as text, each time.
 *
 * <p>Confined, as its connection.
 */
class ArgonPreparedStatement extends ParameterizedStatement {

    /** How many parameters DDL may have; H2 tells their number only once they are bound. */
    private static final int MAX_DDL_PARAMETERS = 1000;

    final String sql;
    private final SqlStatementKind what;
    private final boolean isText;
    private final List<@Nullable Parameter[]> batch = new ArrayList<>(0);
    private int parameterCount = -1;

    ArgonPreparedStatement(ArgonConnection connection, String sql, ResultKind kind, KeyRequest keyRequest)
            throws SQLException {
        super(connection, kind, keyRequest);
        this.sql = sql;
        this.what = connection.session().classify(sql);
        this.isText = what == SqlStatementKind.TRANSACTION || what == SqlStatementKind.DDL || hasText(sql);
        if (!isText) {
            h2();
        }
    }

    /** Returns whether there are several statements, and one of them is not for H2 alone. */
    private boolean hasText(String text) throws SQLException {
        if (text.indexOf(';') < 0) {
            return false;
        }
        List<String> statements = SqlScript.split(text);
        for (int i = 1; i < statements.size(); i++) {
            SqlStatementKind further = session().classify(statements.get(i));
            if (further == SqlStatementKind.TRANSACTION || further == SqlStatementKind.DDL) {
                return true;
            }
        }
        return false;
    }

    @Override
    final Connection connectionToMakeOn() throws SQLException {
        return isText ? super.connectionToMakeOn() : session().h2ToPrepare();
    }

    @Override
    Statement make(Connection on) throws SQLException {
        if (isText) {
            return super.make(on);
        }
        try {
            return prepare(on);
        } finally {
            session().prepared();
        }
    }

    PreparedStatement prepare(Connection on) throws SQLException {
        return keyRequest.asksForKeys()
                ? keyRequest.prepare(on, sql)
                : on.prepareStatement(sql, kind().type(), kind().concurrency(), kind().holdability());
    }

    final PreparedStatement prepared() throws SQLException {
        return (PreparedStatement) h2();
    }

    @Override
    final int parameterCount() throws SQLException {
        if (parameterCount < 0) {
            parameterCount = isText
                    ? MAX_DDL_PARAMETERS
                    : prepared().getParameterMetaData().getParameterCount();
        }
        return parameterCount;
    }

    @Override
    final void clearBound() throws SQLException {
        if (!isText) {
            prepared().clearParameters();
        }
    }

    // ---- execution

    @Override
    public final ResultSet executeQuery() throws SQLException {
        if (isText) {
            return executeQuery(sql);
        }
        run(() -> {
            PreparedStatement statement = bound();
            return executed(statement, statement.executeQuery());
        });
        return rows();
    }

    @Override
    public final boolean execute() throws SQLException {
        if (isText) {
            executeAsText();
        } else {
            run(() -> {
                PreparedStatement statement = bound();
                return executed(statement, statement.execute() ? statement.getResultSet() : null);
            });
        }
        return hasRows();
    }

    @Override
    public final long executeLargeUpdate() throws SQLException {
        if (isText) {
            executeAsText();
        } else {
            run(() -> updated(bound().executeLargeUpdate()));
        }
        return updateCount();
    }

    @Override
    public final int executeUpdate() throws SQLException {
        return shortened(executeLargeUpdate());
    }

    private void run(StatementCall<Boolean> call) throws SQLException {
        requireOpen();
        forgetResults();
        session().run(what, call);
        if (what == SqlStatementKind.SET && parameterCount() == 0) {
            session().settingMade(sql);
        }
    }

    private PreparedStatement bound() throws SQLException {
        PreparedStatement statement = prepared();
        bind(statement);
        return statement;
    }

    private void executeAsText() throws SQLException {
        @Nullable Parameter[] values = values();
        if (what != SqlStatementKind.DDL || values.length == 0) {
            execute(sql);
            return;
        }
        forgetResults();
        updated(session().runDdl(on -> {
            try (PreparedStatement statement = on.prepareStatement(sql)) {
                bind(statement, values);
                return Math.max(0, statement.executeLargeUpdate());
            }
        }));
    }

    // ---- batches

    @Override
    public final void addBatch() throws SQLException {
        requireOpen();
        batch.add(values());
    }

    @Override
    public final void addBatch(String text) throws SQLException {
        throw SqlErrors.unsupported("addBatch(String) is for statements that are not prepared; use createStatement");
    }

    @Override
    public final void clearBatch() throws SQLException {
        super.clearBatch();
        batch.clear();
    }

    @Override
    public final long[] executeLargeBatch() throws SQLException {
        requireOpen();
        forgetResults();
        List<@Nullable Parameter[]> elements = new ArrayList<>(batch);
        batch.clear();
        BatchKeys generated = new BatchKeys();
        BatchOutcome outcome = session().runTogether(() -> executeAll(elements, generated));
        if (keyRequest.asksForKeys()) {
            keys(generated.rows(session().h2()));
        }
        return outcome.counts();
    }

    private BatchOutcome executeAll(List<@Nullable Parameter[]> elements, BatchKeys generated) {
        BatchOutcome outcome = new BatchOutcome(elements.size());
        for (@Nullable Parameter[] values : elements) {
            try {
                outcome.succeeded(session().run(what, () -> executeElement(values, generated)));
            } catch (SQLException e) {
                outcome.failed(e);
            }
        }
        return outcome;
    }

    private long executeElement(@Nullable Parameter[] values, BatchKeys generated) throws SQLException {
        if (isText) {
            throw SqlErrors.unsupported(
                    "`" + sql.strip() + "` cannot stand in a batch of a prepared statement; execute it alone");
        }
        PreparedStatement statement = prepared();
        bind(statement, values);
        long count = statement.executeLargeUpdate();
        if (keyRequest.asksForKeys()) {
            try (ResultSet keys = statement.getGeneratedKeys()) {
                generated.add(keys);
            }
        }
        return count;
    }

    // ---- metadata

    @Override
    public final @Nullable ResultSetMetaData getMetaData() throws SQLException {
        return isText ? null : prepared().getMetaData();
    }

    @Override
    public final ParameterMetaData getParameterMetaData() throws SQLException {
        if (isText) {
            throw SqlErrors.unsupported("`" + sql.strip() + "` has no parameter metadata");
        }
        return prepared().getParameterMetaData();
    }
}
