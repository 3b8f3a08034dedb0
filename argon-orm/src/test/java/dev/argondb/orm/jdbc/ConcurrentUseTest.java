package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many connections at once: what each transaction keeps true, all of them together keep true. */
class ConcurrentUseTest extends JdbcTest {

    private static final int ACCOUNTS = 20;
    private static final int THREADS = 4;
    private static final int TRANSFERS = 150;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);

    @BeforeEach
    void accounts() throws SQLException {
        setUp(
                "create table account(id int primary key, balance int, version int default 0)",
                "insert into account(id, balance) select x, 100 from system_range(1, " + ACCOUNTS + ")",
                "create table transfer(id bigint generated always as identity primary key, amount int)");
    }

    private <T> List<T> together(List<Callable<T>> work) throws Exception {
        List<T> results = new ArrayList<>();
        try {
            for (Future<T> each : threads.invokeAll(work)) {
                results.add(each.get());
            }
        } finally {
            threads.shutdownNow();
        }
        return results;
    }

    /** Moves money between accounts, each transfer again until it wins; returns how often one lost. */
    private int transfers(long seed, String parameters) throws SQLException {
        Random random = new Random(seed);
        int lost = 0;
        for (int done = 0; done < TRANSFERS; ) {
            try (Connection connection = transaction(parameters)) {
                if (transfer(
                        connection, 1 + random.nextInt(ACCOUNTS), 1 + random.nextInt(ACCOUNTS), random.nextInt(50))) {
                    done++;
                } else {
                    lost++;
                }
            }
        }
        return lost;
    }

    private static boolean transfer(Connection connection, int from, int to, int amount) throws SQLException {
        try (PreparedStatement add =
                        connection.prepareStatement("update account set balance = balance + ? where id = ?");
                PreparedStatement log = connection.prepareStatement("insert into transfer(amount) values(?)")) {
            add.setInt(1, -amount);
            add.setInt(2, from);
            add.addBatch();
            add.setInt(1, amount);
            add.setInt(2, to);
            add.addBatch();
            add.executeBatch();
            log.setInt(1, amount);
            log.executeUpdate();
            connection.commit();
            return true;
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(e.toString()).isEqualTo(SqlStates.CONFLICT);
            return false;
        }
    }

    private static void assertWhole(Connection connection, int transfers) throws SQLException {
        assertThat(value(connection, "select sum(balance) from account")).isEqualTo("" + 100 * ACCOUNTS);
        assertThat(value(connection, "select count(*) from transfer")).isEqualTo("" + transfers);
    }

    @Test
    void transfers_fromSeveralThreads_noneLostNoneHalf() throws Exception {
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            work.add(() -> transfers(seed, ""));
        }
        together(work);
        assertWhole(connect(), THREADS * TRANSFERS);
    }

    @Test
    void transfers_onBranchesOfTheirOwn_neverMeet() throws Exception {
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            argon.createBranch("b" + i, "main");
            work.add(() -> transfers(seed, "?branch=b" + seed));
        }
        assertThat(together(work)).containsOnly(0);
        for (int i = 0; i < THREADS; i++) {
            assertWhole(connect("?branch=b" + i), TRANSFERS);
        }
        assertWhole(connect(), 0);
    }

    @Test
    void transfers_whileTheSchemaChanges_noneLostNoneHalf() throws Exception {
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            work.add(() -> transfers(seed, ""));
        }
        work.add(() -> {
            for (int i = 0; i < 10; i++) {
                setUp(
                        "create table other_" + i + "(id int primary key)",
                        "alter table other_" + i + " add column n int");
            }
            return 0;
        });
        together(work);
        assertWhole(connect(), THREADS * TRANSFERS);
        assertThat(rows(connect(), "select id, n from other_9")).isEmpty();
    }

    @Test
    void readers_besideWriters_seeWholeTransactionsOnly() throws Exception {
        List<Callable<Integer>> work = new ArrayList<>();
        work.add(() -> transfers(1, ""));
        work.add(() -> transfers(2, ""));
        work.add(() -> reads(200));
        work.add(() -> reads(200));
        together(work);
    }

    private int reads(int times) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement sum = connection.prepareStatement("select sum(balance) from account")) {
            for (int i = 0; i < times; i++) {
                try (ResultSet rows = sum.executeQuery()) {
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(100 * ACCOUNTS);
                }
            }
        }
        return 0;
    }
}
