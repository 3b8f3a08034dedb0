package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One test per anomaly, under the level that is given unless SERIALIZABLE is asked for: a snapshot of the branch head, and the
 * first committer of a row wins. Of the anomalies only write skew is possible, and SERIALIZABLE or {@code for update} prevent it.
 */
class IsolationTest extends JdbcTest {

    private Connection one;
    private Connection two;

    @BeforeEach
    void twoAccounts() throws SQLException {
        setUp(
                "create table account(id int primary key, owner varchar, balance int)",
                "insert into account values(1, 'ada', 100), (2, 'ada', 100)",
                "create table parent(id int primary key)",
                "insert into parent values(1)",
                "create table child(id int primary key, parent_id int references parent)",
                "create table user_name(id int primary key, name varchar constraint uk_name unique)");
        one = transaction();
        two = transaction();
    }

    private static String balance(Connection connection, int id) throws SQLException {
        return value(connection, "select balance from account where id = " + id);
    }

    private static void begin(Connection... connections) throws SQLException {
        for (Connection connection : connections) {
            rows(connection, "select 1 from account");
        }
    }

    private static void serializable(Connection... connections) throws SQLException {
        for (Connection connection : connections) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        }
    }

    @Test
    void dirtyWrite_secondWriterOfARow_fails() throws SQLException {
        run(one, "update account set balance = 1 where id = 1", "update account set balance = 1 where id = 2");
        run(two, "update account set balance = 2 where id = 2", "update account set balance = 2 where id = 1");
        one.commit();
        failure(SqlStates.CONFLICT, two::commit);
        assertThat(rows(one, "select balance from account")).containsExactly("1", "1");
    }

    @Test
    void dirtyRead_uncommittedAndRolledBackRows_neverSeen() throws SQLException {
        run(one, "update account set balance = 1 where id = 1");
        assertThat(balance(two, 1)).isEqualTo("100");
        one.rollback();
        assertThat(balance(two, 1)).isEqualTo("100");
    }

    @Test
    void lostUpdate_bothReadThenWrite_secondFails() throws SQLException {
        int seenByOne = Integer.parseInt(balance(one, 1));
        int seenByTwo = Integer.parseInt(balance(two, 1));
        run(one, "update account set balance = " + (seenByOne + 10) + " where id = 1");
        one.commit();
        run(two, "update account set balance = " + (seenByTwo + 20) + " where id = 1");
        failure(SqlStates.CONFLICT, two::commit);
        assertThat(balance(one, 1)).isEqualTo("110");
    }

    @Test
    void readSkew_twoRowsReadAroundACommit_oneMoment() throws SQLException {
        assertThat(balance(one, 1)).isEqualTo("100");
        run(two, "update account set balance = 50 where id = 1", "update account set balance = 150 where id = 2");
        two.commit();
        assertThat(balance(one, 2)).isEqualTo("100");
        one.commit();
        assertThat(balance(one, 2)).isEqualTo("150");
    }

    @Test
    void phantom_rowsOfAConditionCountedTwice_sameCount() throws SQLException {
        String count = "select count(*) from account where owner = 'ada'";
        assertThat(value(one, count)).isEqualTo("2");
        run(two, "insert into account values(3, 'ada', 0)");
        two.commit();
        assertThat(value(one, count)).isEqualTo("2");
    }

    @Test
    void primaryKeyRace_sameKeyInsertedTwice_secondFails() throws SQLException {
        begin(one, two);
        run(one, "insert into account values(9, 'one', 0)");
        run(two, "insert into account values(9, 'two', 0)");
        one.commit();
        SQLException failure = catchFailure(two::commit);
        assertThat(failure.getSQLState()).isIn(SqlStates.UNIQUE, SqlStates.CONFLICT);
        assertThat(value(one, "select owner from account where id = 9")).isEqualTo("one");
    }

    @Test
    void uniqueKeyRace_sameValueInsertedTwice_secondFails() throws SQLException {
        begin(one, two);
        run(one, "insert into user_name values(1, 'ada')");
        run(two, "insert into user_name values(2, 'ada')");
        one.commit();
        assertThat(failure(SqlStates.UNIQUE, two::commit).getMessage())
                .startsWith("Unique index or primary key violation: \"")
                .containsIgnoringCase("uk_name");
        assertThat(rows(one, "select id from user_name")).containsExactly("1");
    }

    @Test
    void foreignKeyRace_parentDeletedWhileChildIsAdded_secondFails() throws SQLException {
        begin(one, two);
        run(one, "delete from parent where id = 1");
        run(two, "insert into child values(1, 1)");
        one.commit();
        failure(SqlStates.FOREIGN_KEY, two::commit);
        assertThat(rows(one, "select * from child")).isEmpty();
    }

    @Test
    void foreignKeyRace_childAddedWhileParentIsDeleted_secondFails() throws SQLException {
        begin(one, two);
        run(one, "insert into child values(1, 1)");
        run(two, "delete from parent where id = 1");
        one.commit();
        assertThat(failure(SqlStates.FOREIGN_KEY, two::commit).getMessage())
                .startsWith("Referential integrity constraint violation: \"");
        assertThat(rows(one, "select id from parent")).containsExactly("1");
    }

    /** Each transaction keeps the sum positive as it sees it; together they do not. */
    private void withdrawBoth(String read) throws SQLException {
        assertThat(rows(one, read)).isNotEmpty();
        assertThat(rows(two, read)).isNotEmpty();
        run(one, "update account set balance = balance - 150 where id = 1");
        run(two, "update account set balance = balance - 150 where id = 2");
        one.commit();
    }

    @Test
    void writeSkew_underSnapshot_possible() throws SQLException {
        withdrawBoth("select balance from account where owner = 'ada'");
        two.commit();
        assertThat(value(one, "select sum(balance) from account")).isEqualTo("-100");
    }

    @Test
    void writeSkew_underSerializable_secondFails() throws SQLException {
        serializable(one, two);
        withdrawBoth("select balance from account where owner = 'ada'");
        failure(SqlStates.CONFLICT, two::commit);
        assertThat(value(one, "select sum(balance) from account")).isEqualTo("50");
    }

    @Test
    void writeSkew_withForUpdate_secondFails() throws SQLException {
        withdrawBoth("select balance from account where owner = 'ada' for update");
        failure(SqlStates.CONFLICT, two::commit);
        assertThat(value(one, "select sum(balance) from account")).isEqualTo("50");
    }

    @Test
    void phantomWriteSkew_underSerializable_secondFails() throws SQLException {
        serializable(one, two);
        String count = "select count(*) from account where owner = 'bob'";
        assertThat(value(one, count)).isEqualTo("0");
        assertThat(value(two, count)).isEqualTo("0");
        run(one, "insert into account values(3, 'bob', 0)");
        run(two, "insert into account values(4, 'bob', 0)");
        one.commit();
        failure(SqlStates.CONFLICT, two::commit);
    }

    @Test
    void serializable_readsThatNobodyChanged_commit() throws SQLException {
        serializable(one, two);
        assertThat(balance(one, 1)).isEqualTo("100");
        run(two, "insert into parent values(2)");
        two.commit();
        run(one, "update account set balance = 0 where id = 1");
        one.commit();
        assertThat(balance(two, 1)).isEqualTo("0");
    }

    @Test
    void rowLockedByBoth_eachWritingElsewhere_secondFails() throws SQLException {
        rows(one, "select * from parent where id = 1 for update");
        rows(two, "select * from parent where id = 1 for update");
        run(one, "insert into child values(1, 1)");
        run(two, "insert into child values(2, 1)");
        one.commit();
        failure(SqlStates.CONFLICT, two::commit);
        assertThat(rows(one, "select id from child")).containsExactly("1");
    }

    @Test
    void disjointRows_changedByBoth_bothCommit() throws SQLException {
        run(one, "update account set balance = 1 where id = 1");
        run(two, "update account set balance = 2 where id = 2");
        one.commit();
        two.commit();
        assertThat(rows(one, "select balance from account order by id")).containsExactly("1", "2");
    }

    private static SQLException catchFailure(ThrowingCallable call) {
        SQLException failure = catchThrowableOfType(SQLException.class, call);
        assertThat((Throwable) failure).isNotNull();
        return failure;
    }
}
