package dev.argondb.engine.log;

import static dev.argondb.engine.log.Records.described;
import static dev.argondb.engine.log.Records.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.InvalidRequestException;
import dev.argondb.UnavailableException;
import dev.argondb.engine.volume.FaultyVolume;
import dev.argondb.engine.volume.MemoryVolume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fails each operation of a run, with many seeds, and compares what is found afterwards with what was acknowledged. */
final class FileLogCrashTest {

    private static final int SEEDS = 12;
    private static final FileLogSettings SETTINGS = FileLogSettings.DEFAULT.withSegmentBytes(1500);

    /** A run that opens, appends, and closes a log twice, and what it knows when it ends or fails. */
    private static final class Run {

        final List<LogRecord> submitted = new ArrayList<>();
        final Volumes volumes;
        final FileLogSettings settings;
        long acknowledged;

        Run(Volumes volumes, FileLogSettings settings) {
            this.volumes = volumes;
            this.settings = settings;
        }

        /** Returns whether nothing failed. */
        boolean go() {
            try {
                session();
                session();
                return true;
            } catch (UnavailableException e) {
                return false;
            }
        }

        private void session() {
            FileLog log = FileLog.open(volumes.faulty, settings);
            try {
                for (int i = 0; i < 6; i++) {
                    append(log, 1 + volumes.random.nextInt(4));
                }
            } catch (UnavailableException e) {
                assertReadable(log);
                closeFailed(log);
                throw e;
            }
            log.close();
        }

        private void append(FileLog log, int count) {
            List<LogRecord> batch = Records.chain(volumes.random, log.lastLsn(), count);
            submitted.addAll(batch);
            log.append(log.lastLsn(), batch);
            acknowledged = log.lastLsn();
        }

        private void assertReadable(FileLog log) {
            assertThat(described(read(log, 1))).isEqualTo(described(upTo(acknowledged)));
        }

        List<LogRecord> upTo(long lsn) {
            return submitted.stream().filter(record -> record.lastLsn() <= lsn).toList();
        }

        private static void closeFailed(FileLog log) {
            try {
                log.close();
            } catch (UnavailableException expected) {
                assertThat(expected).hasMessageContaining("could not be closed well");
            }
        }
    }

    private static final class Volumes {

        final Random random;
        final MemoryVolume memory = new MemoryVolume();
        final FaultyVolume faulty;

        Volumes(long seed) {
            random = new Random(seed);
            faulty = new FaultyVolume(memory, random);
        }
    }

    @ParameterizedTest
    @EnumSource
    void powerCut_atAnyOperation_keepsWhatWasAcknowledged(SyncMode mode) {
        long operation = 1;
        boolean finished = false;
        while (!finished) {
            finished = true;
            for (long seed = 0; seed < SEEDS; seed++) {
                finished &= cutPowerAt(operation, seed, mode);
            }
            operation++;
        }
        assertThat(operation).isGreaterThan(60);
    }

    private static boolean cutPowerAt(long operation, long seed, SyncMode mode) {
        Volumes volumes = new Volumes(seed * 1_000_003 + operation);
        volumes.faulty.failFrom(operation);
        Run run = new Run(volumes, SETTINGS.withSyncMode(mode));
        boolean finished = run.go();
        MemoryVolume disk = volumes.memory.cutPower(volumes.random);
        String where = "operation " + operation + ", seed " + seed;
        long sure = finished || mode == SyncMode.STRICT ? run.acknowledged : 0;
        verify(disk, run, sure, where);
        return finished;
    }

    @ParameterizedTest
    @EnumSource
    void fault_atAnyOperation_reopenedAndThenPowerCut_keepsWhatWasAcknowledged(SyncMode mode) {
        long operation = 1;
        boolean finished = false;
        while (!finished) {
            finished = true;
            for (long seed = 0; seed < SEEDS; seed++) {
                finished &= failAt(operation, seed, mode);
            }
            operation++;
        }
        assertThat(operation).isGreaterThan(60);
    }

    private static boolean failAt(long operation, long seed, SyncMode mode) {
        Volumes volumes = new Volumes(seed * 1_000_003 + operation);
        volumes.faulty.failAt(operation);
        Run run = new Run(volumes, SETTINGS.withSyncMode(mode));
        boolean finished = run.go() && volumes.faulty.operations() < operation;
        String where = "operation " + operation + ", seed " + seed;
        long survived = verify(volumes.memory, run, run.acknowledged, where);
        MemoryVolume disk = volumes.memory.cutPower(volumes.random);
        verify(disk, run, survived, where + ", then power cut");
        return finished;
    }

    /** Opens a log, which must hold the first of the records submitted; appends to it, opens it again, and returns its end. */
    private static long verify(MemoryVolume volume, Run run, long sure, String where) {
        try (FileLog log = FileLog.open(volume, SETTINGS)) {
            assertThat(log.lastLsn()).as(where).isGreaterThanOrEqualTo(sure);
            assertThat(described(read(log, 1))).as(where).isEqualTo(described(run.upTo(log.lastLsn())));
            run.submitted.removeIf(record -> record.lastLsn() > log.lastLsn());
            List<LogRecord> more = Records.chain(new Random(1), log.lastLsn(), 2);
            log.append(log.lastLsn(), more);
            run.submitted.addAll(more);
        }
        try (FileLog log = FileLog.open(volume, SETTINGS)) {
            assertThat(described(read(log, 1))).as(where).isEqualTo(described(run.submitted));
            return log.lastLsn();
        }
    }

    @Test
    void append_batchOfAHundred_costsOneWriteAndOneSync() {
        Volumes volumes = new Volumes(1);
        try (FileLog log = FileLog.open(volumes.faulty, FileLogSettings.DEFAULT)) {
            long before = volumes.faulty.operations();
            log.append(0, Records.chain(volumes.random, 0, 100));
            assertThat(volumes.faulty.operations() - before).isEqualTo(2);
        }
    }

    @Test
    void append_afterFailedSync_isRefusedUntilOpenedAgain() {
        Volumes volumes = new Volumes(1);
        FileLog log = FileLog.open(volumes.faulty, SETTINGS);
        log.append(0, Records.chain(new Random(1), 0, 1));
        long last = log.lastLsn();
        volumes.faulty.failAt(volumes.faulty.operations() + 2);
        List<LogRecord> next = Records.chain(new Random(2), last, 1);
        assertUnavailable(
                () -> log.append(last, next),
                "the log in `memory` failed after lsn " + last + ": injected fault: sync "
                        + "log/log-00000000000000000001.seg, operation " + (volumes.faulty.operations() + 2)
                        + "; mend that and open the database again");
        assertThat(log.lastLsn()).isEqualTo(last);
        assertUnavailable(
                () -> log.append(last, next),
                "the log in `memory` takes no appends since it failed (injected fault: sync "
                        + "log/log-00000000000000000001.seg, operation " + volumes.faulty.operations()
                        + "); mend that and open the database again");
        assertThat(Records.lastLsn(read(log, 1))).isEqualTo(last);
        log.close();
    }

    @Test
    void open_volumeFails_isRefusedAndGivesTheLockBack() {
        Volumes volumes = new Volumes(1);
        volumes.faulty.failAt(1);
        assertUnavailable(
                () -> FileLog.open(volumes.faulty, SETTINGS),
                "cannot open the log in `memory`: injected fault: create directory log, operation 1;"
                        + " mend that and open again");
        FileLog.open(volumes.faulty, SETTINGS).close();
        assertThat(volumes.memory.openFiles()).isZero();
    }

    @Test
    void close_relaxedSyncFails_isReportedAndGivesTheLockBack() {
        Volumes volumes = new Volumes(1);
        FileLogSettings relaxed = new FileLogSettings(SyncMode.RELAXED, Duration.ofDays(1), 1000);
        FileLog log = FileLog.open(volumes.faulty, relaxed);
        log.append(0, Records.chain(new Random(1), 0, 1));
        volumes.faulty.failAt(volumes.faulty.operations() + 1);
        assertUnavailable(
                log::close,
                "the log in `memory` could not be closed well: injected fault: sync"
                        + " log/log-00000000000000000001.seg, operation " + (volumes.faulty.operations() + 1));
        FileLog.open(volumes.faulty, SETTINGS).close();
        assertThat(volumes.memory.openFiles()).isZero();
    }

    @Test
    void settings_notPositive_areRefused() {
        assertThatThrownBy(() -> SETTINGS.withSegmentBytes(0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("segment size `0` is not positive");
        assertThatThrownBy(() -> new FileLogSettings(SyncMode.RELAXED, Duration.ZERO, 1))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("sync interval `PT0S` is not positive");
    }

    @Test
    void append_diskFull_failsAndReopeningGoesOnOnceThereIsRoom() {
        Volumes volumes = new Volumes(2);
        FileLog log = FileLog.open(volumes.faulty, SETTINGS);
        log.append(0, List.of(Records.commit(new Random(1), 1, 1, 100)));
        volumes.faulty.fillUpAfter(50);
        List<LogRecord> next = List.of(Records.commit(new Random(2), 2, 1, 100));
        assertUnavailable(
                () -> log.append(1, next),
                "the log in `memory` failed after lsn 1: No space left on device; mend that and open the database again");
        log.close();
        volumes.faulty.fillUpAfter(1_000_000);
        try (FileLog again = FileLog.open(volumes.faulty, SETTINGS)) {
            assertThat(again.lastLsn()).isEqualTo(1);
            assertThat(again.tornTail()).isPresent();
            again.append(1, next);
            assertThat(again.lastLsn()).isEqualTo(2);
        }
    }

    private static void assertUnavailable(Runnable action, String message) {
        assertThatThrownBy(action::run).isInstanceOf(UnavailableException.class).hasMessage(message);
    }
}
