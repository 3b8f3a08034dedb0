package dev.argondb.orm.sql;

import dev.argondb.Commit;
import dev.argondb.Ref;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.Environment;
import dev.argondb.engine.log.FileLog;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.log.Log;
import dev.argondb.engine.log.MemLog;
import dev.argondb.engine.log.SyncMode;
import dev.argondb.engine.volume.DirectoryVolume;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A database in memory and SQL on it, without the JDBC driver: one unit of work at a time on one ref. */
final class TestSql implements AutoCloseable {

    private final @Nullable Path directory;
    private final ArgonDatabase database;
    private final SqlEngine engine;
    private final boolean owner;
    private Ref ref = Ref.parse("main");
    private Isolation isolation = Isolation.SNAPSHOT;
    private @Nullable UnitOfWork work;
    private @Nullable SqlSession session;

    TestSql() {
        this(null, new MemLog());
    }

    /** A database in a directory. */
    TestSql(Path directory) {
        this(directory, fileLog(directory));
    }

    private static Log fileLog(Path directory) {
        try {
            return FileLog.open(DirectoryVolume.at(directory), FileLogSettings.DEFAULT.withSyncMode(SyncMode.RELAXED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestSql(@Nullable Path directory, Log log) {
        this.directory = directory;
        this.database = ArgonDatabase.open(log, new SqlFormat(), Environment.SYSTEM);
        this.engine = new SqlEngine(database);
        this.owner = true;
    }

    ArgonDatabase database() {
        return database;
    }

    SqlEngine engine() {
        return engine;
    }

    /** Switches to another ref, or isolation; the unit of work under way is rolled back. */
    TestSql at(String other) {
        rollback();
        ref = Ref.parse(other);
        return this;
    }

    TestSql isolation(Isolation other) {
        rollback();
        isolation = other;
        return this;
    }

    /** A second user of the same database and engine. */
    TestSql other() {
        return new TestSql(this);
    }

    private TestSql(TestSql shared) {
        this.directory = shared.directory;
        this.database = shared.database;
        this.engine = shared.engine;
        this.owner = false;
        this.ref = shared.ref;
    }

    UnitOfWork work() {
        UnitOfWork running = work;
        if (running == null) {
            running = database.begin(ref, isolation);
            work = running;
            SqlSession present = session;
            if (present == null || !present.serves(running.schema())) {
                closeSession();
                present = engine.open(running.schema());
                session = present;
            }
            present.bind(running);
        }
        return running;
    }

    SqlSession session() {
        work();
        return Objects.requireNonNull(session);
    }

    private void closeSession() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    /** Runs statements in the unit of work; returns the update count of the last. */
    int run(String... statements) throws SQLException {
        int count = 0;
        for (String sql : statements) {
            count = run(sql);
        }
        return count;
    }

    private int run(String sql) throws SQLException {
        SqlSession session = session();
        SqlStatementKind kind = session.classify(sql);
        if (kind == SqlStatementKind.REFUSED) {
            throw new SQLException(session.refusal(sql));
        }
        if (kind == SqlStatementKind.DDL) {
            return session.executeDdl(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(sql);
                    return statement.getUpdateCount();
                }
            });
        }
        try (Statement statement = session.connection().createStatement()) {
            statement.execute(sql);
            return statement.getUpdateCount();
        }
    }

    /** Runs a statement with parameters. */
    int update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return session().connection().prepareStatement(sql);
    }

    /** Runs statements and commits. */
    Optional<Commit> commit(String... statements) throws SQLException {
        run(statements);
        UnitOfWork ending = work();
        end(true);
        return ending.commit("tester", "");
    }

    /** Runs statements and commits; returns how many WAL entries the commit has. */
    int entriesOf(String... statements) throws SQLException {
        long before = database.lastLsn();
        commit(statements);
        return (int) (database.lastLsn() - before);
    }

    void rollback() {
        UnitOfWork ending = work;
        if (ending != null) {
            try {
                end(false);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
            ending.rollback();
        }
    }

    private void end(boolean commit) throws SQLException {
        SqlSession bound = session();
        bound.endTransaction(commit);
        bound.unbind();
        work = null;
    }

    /** Runs a query; each row as text, columns separated by a bar. */
    List<String> rows(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                return rows(result);
            }
        }
    }

    static List<String> rows(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
                row.append(i == 1 ? "" : "|").append(result.getString(i));
            }
            rows.add(row.toString());
        }
        return rows;
    }

    /** Closes everything and opens it again from the log in its directory. */
    TestSql reopened() {
        close();
        return new TestSql(Objects.requireNonNull(directory));
    }

    @Override
    public void close() {
        rollback();
        closeSession();
        if (owner) {
            engine.close();
            database.close();
        }
    }
}
