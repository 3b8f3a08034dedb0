package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.ArgonListener;
import dev.argondb.ListenerRegistration;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListenerTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final ArgonListener listener = work -> {
        heard.add(work + " started");
        return (entries, failure) -> heard.add(work + " ended " + entries
                + (failure == null ? "" : " " + failure.getClass().getSimpleName()));
    };
    private Argon argon;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        argon = Argon.open("mem:listener-test");
        connection = ArgonDataSource.of(argon, Ref.Head.MAIN).getConnection();
        connection.createStatement().execute("create table note(id int primary key, text varchar(20))");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        argon.close();
        Argon.discard("mem:listener-test");
    }

    private void run(String sql) throws SQLException {
        connection.createStatement().execute(sql);
    }

    @Test
    void listen_commit_hearsItAndItsEntries() throws SQLException {
        argon.listen(listener);
        run("insert into note values (1, 'one'), (2, 'two')");
        assertThat(heard).containsExactly("COMMIT started", "COMMIT ended 2");
    }

    @Test
    void listen_readOnlyTransaction_hearsNothing() throws SQLException {
        argon.listen(listener);
        run("select * from note");
        assertThat(heard).isEmpty();
    }

    @Test
    void listen_conflict_hearsTheFailure() throws SQLException {
        run("insert into note values (1, 'one')");
        argon.listen(listener);
        connection.setAutoCommit(false);
        run("update note set text = 'late'");
        try (Connection other = ArgonDataSource.of(argon, Ref.Head.MAIN).getConnection()) {
            other.createStatement().execute("update note set text = 'first'");
        }
        assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        assertThat(heard)
                .containsExactly(
                        "COMMIT started", "COMMIT ended 1", "COMMIT started", "COMMIT ended 0 ConflictException");
    }

    @Test
    void listen_reset_hearsIt() throws SQLException {
        Lsn before = argon.resolve(Ref.Head.MAIN).orElseThrow();
        run("insert into note values (1, 'one')");
        argon.listen(listener);
        argon.resetBranch("main", before);
        assertThat(heard).startsWith("RESET started").endsWith("RESET ended 0");
    }

    @Test
    void listen_twiceAndClosedOnce_hearsOnce() throws SQLException {
        ListenerRegistration first = argon.listen(listener);
        argon.listen(listener);
        first.close();
        first.close();
        run("insert into note values (1, 'one')");
        assertThat(heard).containsExactly("COMMIT started", "COMMIT ended 1");
    }

    @Test
    void commit_listenerFailsAtItsEnd_isMade_andOthersHearOfIt() throws SQLException {
        argon.listen(listener);
        argon.listen(work -> (entries, failure) -> {
            throw new IllegalStateException("no meter");
        });
        argon.listen(listener);
        run("insert into note values (1, 'one')");
        assertThat(heard).containsExactly("COMMIT started", "COMMIT started", "COMMIT ended 1", "COMMIT ended 1");
    }

    @Test
    void commit_listenerFailsAtItsBegin_isNotMade() {
        argon.listen(work -> {
            throw new IllegalStateException("no trace");
        });
        long before = argon.lastLsn();
        assertThatThrownBy(() -> run("insert into note values (1, 'one')")).hasStackTraceContaining("no trace");
        assertThat(argon.lastLsn()).isEqualTo(before);
    }

    @Test
    void close_ofHandle_endsItsListeners() throws SQLException {
        try (Argon other = Argon.open("mem:listener-test")) {
            other.listen(listener);
        }
        run("insert into note values (1, 'one')");
        assertThat(heard).isEmpty();
    }
}
