package dev.argondb.engine.log;

import static dev.argondb.engine.log.Records.chain;
import static dev.argondb.engine.log.Records.described;
import static dev.argondb.engine.log.Records.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.ClosedException;
import dev.argondb.ConflictException;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of a log owes. A subclass supplies the store. */
abstract class LogContract {

    final Random random = new Random(4711);
    Log log;

    /** Opens the store of this test: empty at first, and if it lasts, with what it held when opened again. */
    abstract Log open() throws Exception;

    @BeforeEach
    void openLog() throws Exception {
        log = open();
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    List<LogRecord> append(int count) {
        List<LogRecord> batch = chain(random, log.lastLsn(), count);
        log.append(log.lastLsn(), batch);
        return batch;
    }

    @Test
    void lastLsn_emptyLog_isZero() {
        assertThat(log.lastLsn()).isZero();
        assertThat(read(log, 1)).isEmpty();
    }

    @Test
    void append_oneRecordAtATime_readsTheSameInOrder() {
        List<LogRecord> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.addAll(append(1));
        }
        assertThat(described(read(log, 1))).isEqualTo(described(all));
        assertThat(log.lastLsn()).isEqualTo(Records.lastLsn(all));
    }

    @Test
    void append_batches_readsTheSameInOrder() {
        List<LogRecord> all = new ArrayList<>();
        for (int i = 1; i < 30; i++) {
            all.addAll(append(i));
        }
        assertThat(described(read(log, 1))).isEqualTo(described(all));
    }

    @Test
    void append_logEndsElsewhere_isRefusedAndWritesNothing() {
        List<LogRecord> all = append(3);
        long last = log.lastLsn();
        List<LogRecord> late = chain(random, 1, 1);
        assertThatThrownBy(() -> log.append(1, late))
                .isInstanceOf(ConflictException.class)
                .hasMessage("the log ends at lsn " + last
                        + ", not at lsn 1; read what was appended since, and append again");
        assertThat(described(read(log, 1))).isEqualTo(described(all));
        all = new ArrayList<>(all);
        all.addAll(append(1));
        assertThat(described(read(log, 1))).isEqualTo(described(all));
    }

    @Test
    void append_lsnsWithAGap_isABrokenInvariant() {
        List<LogRecord> gap = chain(random, 5, 1);
        assertThatThrownBy(() -> log.append(0, gap))
                .isInstanceOf(AssertionError.class)
                .hasMessage("a record at lsn 6 after lsn 0");
        assertThat(log.lastLsn()).isZero();
    }

    @Test
    void append_noRecord_isABrokenInvariant() {
        assertThatThrownBy(() -> log.append(0, List.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessage("an empty batch after lsn 0");
    }

    @Test
    void append_preparedEntries_readsTheSame() {
        CommitRecord commit = Records.commit(random, 1, 20, 50);
        List<LogEntry> prepared = log.prepare(commit.entries());
        assertThat(prepared).isEqualTo(commit.entries());
        log.append(
                0,
                List.of(new CommitRecord(
                        1,
                        commit.timeMicros(),
                        1,
                        commit.parentLsn(),
                        commit.mergeParentLsn(),
                        commit.author(),
                        commit.message(),
                        commit.events(),
                        prepared)));
        assertThat(described(read(log, 1))).containsExactly(described(commit));
    }

    @Test
    void append_documentOfTenMegabytes_readsTheSame() {
        LogRecord large = Records.commit(new Random(1), 1, 3, 10_000_000);
        log.append(0, List.of(large));
        List<LogRecord> after = append(1);
        assertThat(described(read(log, 1))).containsExactly(described(large), described(after.get(0)));
    }

    @Test
    void read_fromEveryLsn_beginsWithTheRecordThatHoldsIt() {
        List<LogRecord> all = append(100);
        for (long lsn = 1; lsn <= log.lastLsn(); lsn++) {
            long from = lsn;
            List<LogRecord> expected =
                    all.stream().filter(record -> record.lastLsn() >= from).toList();
            assertThat(described(read(log, lsn))).isEqualTo(described(expected));
        }
    }

    @Test
    void read_beyondTheEnd_isEmpty() {
        append(3);
        assertThat(read(log, log.lastLsn() + 1)).isEmpty();
        assertThat(read(log, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void read_appendAfterItBegan_endsWhereTheLogEndedThen() {
        List<LogRecord> before = append(3);
        try (LogReader reader = log.read(1)) {
            append(3);
            assertThat(described(List.of(reader.next(), reader.next(), reader.next())))
                    .isEqualTo(described(before));
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void read_fromLsnZero_isABrokenInvariant() {
        assertThatThrownBy(() -> log.read(0))
                .isInstanceOf(AssertionError.class)
                .hasMessage("a read from lsn 0; the first is 1");
    }

    @Test
    void read_besideAppends_seesEveryRecordOnceInOrder() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> readers = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                long end = log.lastLsn();
                List<LogRecord> seen = read(log, 1);
                assertThat(Records.lastLsn(seen)).isGreaterThanOrEqualTo(end);
                assertConsecutive(seen);
            }
        });
        for (int i = 0; i < 300; i++) {
            append(1 + i % 3);
        }
        done.set(true);
        readers.get();
    }

    private static void assertConsecutive(List<LogRecord> records) {
        long last = 0;
        for (LogRecord record : records) {
            assertThat(record.firstLsn()).isEqualTo(last + 1);
            last = record.lastLsn();
        }
    }

    @Test
    void close_thenUse_isRefused() {
        append(1);
        LogReader reader = log.read(1);
        log.close();
        log.close();
        String message = "the log is closed; open the database again";
        assertThatThrownBy(() -> append(1)).isInstanceOf(ClosedException.class).hasMessage(message);
        assertThatThrownBy(() -> log.read(1))
                .isInstanceOf(ClosedException.class)
                .hasMessage(message);
        assertThatThrownBy(reader::next).isInstanceOf(ClosedException.class).hasMessage(message);
        reader.close();
    }
}
