package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Several threads on one session factory: nothing is lost, nothing is counted twice. */
class ParallelSessionTest extends JpaFeatureTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 25;
    private static final int MOST_ATTEMPTS = 1000;

    ParallelSessionTest() {
        super(Entry.class, Counter.class, Wallet.class);
    }

    @Override
    Map<String, Object> settings() {
        return Map.of("hibernate.connection.pool_size", 10);
    }

    @Test
    void inserts_byManyThreads_allArriveWithDistinctIds() throws Exception {
        Set<Long> ids = ConcurrentHashMap.newKeySet();
        inParallel(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                Entry entry = new Entry(thread, i);
                save(entry);
                ids.add(entry.id);
            }
        });

        assertThat(ids).hasSize(THREADS * ROUNDS);
        assertThat(new HashSet<>(list("select e.id from Entry e", Long.class))).isEqualTo(ids);
    }

    @Test
    void versionedCounter_withRetries_losesNoIncrement() throws Exception {
        Counter counter = new Counter();
        save(counter);

        inParallel(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                retrying(() -> inTransaction(session -> session.find(Counter.class, counter.id).total++));
            }
        });

        assertThat(find(counter).total).isEqualTo(THREADS * ROUNDS);
        assertThat(find(counter).version).isEqualTo(THREADS * ROUNDS);
    }

    @Test
    void unversionedCounter_lockedForUpdate_losesNoIncrement() throws Exception {
        Wallet wallet = new Wallet(0);
        save(wallet);

        inParallel(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                retrying(() -> inTransaction(
                        session -> session.find(Wallet.class, wallet.id, LockModeType.PESSIMISTIC_WRITE).balance++));
            }
        });

        assertThat(find(wallet).balance).isEqualTo(THREADS * ROUNDS);
    }

    @Test
    void bulkIncrements_withRetries_loseNone() throws Exception {
        save(new Wallet(0), new Wallet(0));

        inParallel(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                retrying(() ->
                        inTransaction(session -> session.createMutationQuery("update Wallet set balance = balance + 1")
                                .executeUpdate()));
            }
        });

        assertThat(list("select w.balance from Wallet w", Long.class))
                .containsExactly((long) THREADS * ROUNDS, (long) THREADS * ROUNDS);
    }

    @Test
    void transfers_betweenWallets_keepTheSumAtEveryRead() throws Exception {
        List<Wallet> wallets = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            wallets.add(new Wallet(100));
        }
        save(wallets.toArray());

        inParallel(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                Long from = wallets.get((thread + i) % THREADS).id;
                Long to = wallets.get((thread + 2 * i + 1) % THREADS).id;
                retrying(() -> transfer(from, to));
                assertThat(single("select sum(w.balance) from Wallet w", Long.class))
                        .isEqualTo(100L * THREADS);
            }
        });

        assertThat(single("select sum(w.balance) from Wallet w", Long.class)).isEqualTo(100L * THREADS);
    }

    @Test
    void readersBesideAWriter_seeWholeTransactions() throws Exception {
        inParallel(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                if (thread == 0) {
                    save(new Entry(0, 2 * i), new Entry(0, 2 * i + 1));
                } else {
                    assertThat(count(Entry.class) % 2).isZero();
                }
            }
        });

        assertThat(count(Entry.class)).isEqualTo(2 * ROUNDS);
    }

    private void transfer(Long from, Long to) {
        if (from.equals(to)) {
            return;
        }
        inTransaction(session -> {
            Wallet first = session.find(Wallet.class, Math.min(from, to), LockModeType.PESSIMISTIC_WRITE);
            Wallet second = session.find(Wallet.class, Math.max(from, to), LockModeType.PESSIMISTIC_WRITE);
            int step = from < to ? -7 : 7;
            first.balance += step;
            second.balance -= step;
        });
    }

    private static void retrying(Runnable work) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            if (Rivalry.of(work) == Rivalry.WON) {
                return;
            }
        }
        throw new AssertionError("lost " + MOST_ATTEMPTS + " times in a row");
    }

    /** Runs the work once in each thread, all started together, and passes on the first failure. */
    private static void inParallel(IntConsumer work) throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                running.add(threads.submit(() -> {
                    start.await();
                    work.accept(thread);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Entity(name = "Entry")
    static class Entry {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "entry")
        @SequenceGenerator(name = "entry", allocationSize = 10)
        Long id;

        int thread;
        int position;

        Entry() {}

        Entry(int thread, int position) {
            this.thread = thread;
            this.position = position;
        }
    }

    @Entity(name = "Counter")
    static class Counter {
        @Id
        @GeneratedValue
        Long id;

        @Version
        int version;

        int total;
    }

    @Entity(name = "Wallet")
    static class Wallet {
        @Id
        @GeneratedValue
        Long id;

        long balance;

        Wallet() {}

        Wallet(long balance) {
            this.balance = balance;
        }
    }
}
