package dev.argondb.orm.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.BranchOptions;
import dev.argondb.Ref;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.Environment;
import dev.argondb.engine.log.MemLog;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.command.CommandInterface;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session has planned outlives the session's user, and not the sizes it was planned for. */
class PlannedStatementsTest {

    private static final String QUERY = "select count(*) from item where owner = 'any'";

    private final ArgonDatabase database = ArgonDatabase.open(new MemLog(), new SqlFormat(), Environment.SYSTEM);
    private final SqlEngine engine = new SqlEngine(database);

    @BeforeEach
    void createTable() throws SQLException {
        UnitOfWork work = begin("main");
        try (SqlSession session = engine.open(work.schema())) {
            session.bind(work);
            session.executeDdl(on -> {
                try (Statement statement = on.createStatement()) {
                    return statement.execute("create table item(id bigint primary key, owner varchar)");
                }
            });
            work.commit("", "");
        }
        insert("main", 1, 100);
        database.createBranch("feature", Ref.parse("main"), BranchOptions.DEFAULT);
    }

    @AfterEach
    void close() {
        engine.close();
        database.close();
    }

    private UnitOfWork begin(String branch) {
        return database.begin(Ref.parse(branch), Isolation.SNAPSHOT);
    }

    private void insert(String branch, int first, int count) throws SQLException {
        UnitOfWork work = begin(branch);
        try (SqlSession session = engine.open(work.schema())) {
            session.bind(work);
            try (Statement statement = session.connection().createStatement()) {
                statement.execute("insert into item select x, 'any' from system_range(" + first + ", "
                        + (first + count - 1) + ")");
            }
            work.commit("", "");
            session.endTransaction(true);
        }
    }

    /** Returns the command that stands behind a query in a session on a branch. */
    private CommandInterface planned(String branch) throws SQLException {
        UnitOfWork work = begin(branch);
        try (SqlSession session = engine.open(work.schema())) {
            session.bind(work);
            return session.session().prepareCommand(QUERY);
        } finally {
            work.rollback();
        }
    }

    @Test
    void query_onAnotherBranchInAnotherSession_isPlannedAlready() throws SQLException {
        CommandInterface first = planned("main");
        first.close();

        assertThat(planned("feature")).isSameAs(first);
    }

    @Test
    void query_onTableThatHasGrownAFew_isPlannedAlready() throws SQLException {
        CommandInterface first = planned("main");
        first.close();
        insert("main", 1000, 1000);

        assertThat(planned("main")).isSameAs(first);
    }

    @Test
    void query_onTableThatHasGrownEightfold_isPlannedAnew() throws SQLException {
        CommandInterface first = planned("main");
        first.close();
        insert("feature", 1000, 10_000);

        CommandInterface grown = planned("feature");
        assertThat(grown).isNotSameAs(first);
        grown.close();
        assertThat(planned("feature")).isSameAs(grown);
        assertThat(planned("main")).isNotSameAs(grown);
    }
}
