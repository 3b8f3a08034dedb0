package dev.argondb.engine.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.UnavailableException;
import dev.argondb.engine.log.Log;
import dev.argondb.engine.log.LogReader;
import dev.argondb.engine.log.LogRecord;
import dev.argondb.engine.log.MemLog;
import dev.argondb.engine.model.Fixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PipelineTest {

    /** A log in memory whose appends can be slow, or fail. */
    private static final class SlowLog implements Log {
        private final MemLog log = new MemLog();
        private final AtomicInteger appends = new AtomicInteger();
        private volatile long delayMillis;
        private volatile boolean failing;

        @Override
        public long lastLsn() {
            return log.lastLsn();
        }

        @Override
        public void append(long expectedLastLsn, List<LogRecord> batch) {
            appends.incrementAndGet();
            sleep(delayMillis);
            if (failing) {
                throw new UnavailableException("fsync of `log` failed: disk on fire");
            }
            log.append(expectedLastLsn, batch);
        }

        @Override
        public LogReader read(long fromLsn) {
            return log.read(fromLsn);
        }

        @Override
        public void close() {
            log.close();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final SlowLog log = new SlowLog();
    private final Fixture shop = new Fixture(log);

    @Test
    void committers_whileOneFlushes_shareTheNextAppend() throws Exception {
        log.delayMillis = 20;
        int before = log.appends.get();
        inParallel(8, i -> shop.setMaker("main", i, i));

        assertThat(shop.makers("main")).hasSize(8);
        assertThat(log.appends.get() - before).as("appends for 8 commits").isLessThan(8);
    }

    @Test
    void state_notYetDurable_isInvisible() throws Exception {
        shop.setMaker("main", 1, 1);
        log.delayMillis = 200;
        CountDownLatch started = new CountDownLatch(1);
        Thread committer = new Thread(() -> {
            started.countDown();
            shop.setMaker("main", 1, 2);
        });
        committer.start();
        started.await();
        sleep(50);

        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 1L));
        committer.join();
        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 2L));
    }

    @Test
    void append_thatFails_refusesTheCommitAndAllLaterOnes_butNotReads() {
        shop.setMaker("main", 1, 1);
        log.failing = true;

        assertThatThrownBy(() -> shop.setMaker("main", 1, 2))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("the commit is not durable: fsync of `log` failed: disk on fire; close and open again");
        log.failing = false;
        assertThatThrownBy(() -> shop.setMaker("main", 1, 3))
                .isInstanceOf(UnavailableException.class)
                .hasMessageStartingWith("the log takes no more writes after a failure: fsync of `log` failed");
        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 1L));
    }

    @Test
    void pastRead_whileSlowCommittersRun_neverChanges() throws Exception {
        log.delayMillis = 1;
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        List<Future<Integer>> reads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            reads.add(readers.submit(() -> readPasts(done)));
        }
        inParallel(4, i -> {
            for (int k = 0; k < 50; k++) {
                shop.setMaker("main", i, k);
            }
        });
        done.set(true);
        int checked = 0;
        for (Future<Integer> read : reads) {
            checked += read.get();
        }
        readers.shutdown();
        assertThat(checked).as("states read twice").isPositive();
    }

    @Test
    void readByTime_whileCommittersRun_findsTheNewestCommit() throws Exception {
        shop.setMaker("main", 1, 1);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        Future<Integer> reads = reader.submit(() -> readByTime(done));
        inParallel(2, i -> {
            for (int k = 0; k < 2000; k++) {
                shop.setMaker("main", i, k);
            }
        });
        done.set(true);
        assertThat(reads.get()).as("reads by time").isPositive();
        reader.shutdown();
    }

    /** Asks for a time that has come, over and over: each time it stands for a commit no older than the one before. */
    private int readByTime(AtomicBoolean done) {
        Ref now = Ref.parse("main@2026-11-23T10:00:00Z");
        long newest = 0;
        int reads = 0;
        while (!done.get()) {
            long lsn = shop.database().resolve(now).orElseThrow().value();
            assertThat(lsn).isGreaterThanOrEqualTo(newest);
            newest = lsn;
            reads++;
        }
        return reads;
    }

    /** Takes LSNs as they become visible, and reads each of them again and again. */
    private int readPasts(AtomicBoolean done) {
        Map<Lsn, TreeMap<Long, Long>> seen = new TreeMap<>();
        int checked = 0;
        while (!done.get()) {
            Lsn lsn = shop.database().branch("main").headLsn().orElseThrow();
            seen.computeIfAbsent(lsn, now -> shop.makers("main@" + now));
            for (Map.Entry<Lsn, TreeMap<Long, Long>> past : seen.entrySet()) {
                assertThat(shop.makers("main@" + past.getKey()))
                        .as("lsn %s", past.getKey())
                        .isEqualTo(past.getValue());
                checked++;
            }
            long last = shop.database().lastLsn();
            TreeMap<Long, Long> atLast = shop.makers("main@" + last);
            assertThat(shop.makers("main@" + last)).isEqualTo(atLast);
        }
        return checked;
    }

    @FunctionalInterface
    private interface Work {
        void run(long i);
    }

    private static void inParallel(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            long id = i;
            futures.add(pool.submit(() -> work.run(id)));
        }
        for (Future<?> future : futures) {
            future.get();
        }
        pool.shutdown();
    }
}
