package dev.argondb.engine.log;

import static dev.argondb.engine.log.Records.described;
import static dev.argondb.engine.log.Records.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.ArgonException;
import dev.argondb.UnavailableException;
import dev.argondb.UnknownRefException;
import dev.argondb.engine.Finding;
import dev.argondb.engine.tier.MemoryColdTier;
import dev.argondb.engine.tier.RetryingTier;
import dev.argondb.engine.volume.FaultyVolume;
import dev.argondb.engine.volume.MemoryVolume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fails each operation of a run that packs, drops and moves segments between appends, on the volume and in the cold tier, with
 * many seeds, and compares what is found afterwards with what was acknowledged.
 */
final class MaintenanceCrashTest {

    private static final int SEEDS = 4;
    private static final FileLogSettings SETTINGS =
            FileLogSettings.DEFAULT.withSegmentBytes(900).withBlockBytes(200);

    /** Where the fault is. */
    private enum Where {
        VOLUME,
        TIER
    }

    /** A run that maintains a log, and what it knows when it ends or fails. */
    private static final class Run {

        final Random random;
        final MemoryVolume memory = new MemoryVolume();
        final FaultyVolume faulty;
        final MemoryColdTier tier;
        final List<LogRecord> submitted = new ArrayList<>();
        long acknowledged;
        long firstWanted = 1;
        long firstAcknowledged = 1;
        int failures;

        Run(long seed) {
            random = new Random(seed);
            faulty = new FaultyVolume(memory, random);
            tier = new MemoryColdTier(random);
        }

        FileLogParts parts() {
            return FileLogParts.DEFAULT.withColdTier(
                    new RetryingTier(tier, new RetryingTier.Policy(1, Duration.ofMillis(1))));
        }

        /** Fails, or not. */
        void go() {
            try {
                session();
                session();
            } catch (UnavailableException e) {
                failures++;
            }
        }

        private void session() {
            FileLog log = FileLog.open(faulty, SETTINGS, parts());
            try {
                work(log);
            } catch (UnavailableException e) {
                closeFailed(log);
                throw e;
            }
            log.close();
        }

        private void work(FileLog log) {
            append(log, 5);
            attempt(log, log::pack);
            append(log, 3);
            attempt(log, () -> log.moveToCold(log.usage().packed() / 2));
            drop(log, log.lastLsn() * 2 / 3);
            append(log, 2);
            attempt(log, log::seal);
            attempt(log, log::pack);
            attempt(log, () -> log.moveToCold(0));
            append(log, 2);
            drop(log, log.lastLsn() - 2);
            attempt(log, log::pack);
            append(log, 1);
        }

        private void append(FileLog log, int batches) {
            for (int i = 0; i < batches; i++) {
                List<LogRecord> batch = Records.chain(random, log.lastLsn(), 1 + random.nextInt(3));
                submitted.addAll(batch);
                log.append(log.lastLsn(), batch);
                acknowledged = log.lastLsn();
            }
        }

        /** Does something that may fail, after which the log is whole and goes on, unless it says that it failed. */
        private void attempt(FileLog log, Runnable maintenance) {
            try {
                maintenance.run();
            } catch (UnavailableException e) {
                failures++;
                if (isReachable()) {
                    assertWhole(log);
                }
            }
        }

        private boolean isReachable() {
            try {
                tier.list("");
                return true;
            } catch (java.io.IOException e) {
                return false;
            }
        }

        private void drop(FileLog log, long lsn) {
            firstWanted = Math.max(firstWanted, lsn);
            attempt(log, () -> log.dropBefore(lsn));
            firstAcknowledged = log.firstLsn();
        }

        private void assertWhole(FileLog log) {
            try {
                assertThat(described(read(log, log.firstLsn())))
                        .isEqualTo(described(between(log.firstLsn(), acknowledged)));
            } catch (UnavailableException e) {
                assertThat(e).hasMessageContaining("the power is off");
            }
        }

        List<LogRecord> between(long first, long last) {
            return submitted.stream()
                    .filter(record -> record.lastLsn() >= first && record.lastLsn() <= last)
                    .toList();
        }

        private static void closeFailed(FileLog log) {
            try {
                log.close();
            } catch (UnavailableException expected) {
                assertThat(expected).hasMessageContaining("could not be closed well");
            }
        }

        /** Opens a log, which must hold what it should; maintains it, and opens it again. */
        void verify(MemoryVolume volume, String where) {
            tier.mend();
            try (FileLog log = FileLog.open(volume, SETTINGS, parts())) {
                verify(log, where);
                submitted.removeIf(record -> record.lastLsn() > log.lastLsn());
                append(log, 2);
                log.pack();
                log.moveToCold(0);
                verify(log, where);
            }
            try (FileLog log = FileLog.open(volume, SETTINGS, parts())) {
                verify(log, where);
                firstWanted = log.lastLsn();
                log.dropBefore(log.lastLsn());
                assertThat(log.reclaim(1).remainingObjects()).as(where).isZero();
                assertThat(described(read(log, log.lastLsn())))
                        .isEqualTo(described(between(log.lastLsn(), log.lastLsn())));
            }
            assertThat(volume.openFiles()).as(where).isZero();
        }

        private void verify(FileLog log, String where) {
            assertThat(log.lastLsn()).as(where).isGreaterThanOrEqualTo(acknowledged);
            assertThat(log.firstLsn()).as(where).isBetween(firstAcknowledged, firstWanted);
            List<LogRecord> expected = between(log.firstLsn(), log.lastLsn());
            assertThat(described(read(log, log.firstLsn()))).as(where).isEqualTo(described(expected));
            if (log.firstLsn() > 1) {
                assertThatThrownBy(() -> log.read(log.firstLsn() - 1)).isInstanceOf(UnknownRefException.class);
            }
            List<Finding> findings = new ArrayList<>();
            log.verify(findings::add);
            assertThat(findings).as(where).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void powerCut_atAnyOperation_keepsWhatWasAcknowledged(Where where) {
        long operation = 1;
        while (cutPowerAt(operation, where)) {
            operation++;
        }
        assertThat(operation).isGreaterThan(where == Where.VOLUME ? 200 : 15);
    }

    /** Returns whether any run came to the operation. */
    private static boolean cutPowerAt(long operation, Where where) {
        boolean reached = false;
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed * 1_000_003 + operation);
            if (where == Where.VOLUME) {
                run.faulty.failFrom(operation);
            } else {
                run.tier.failFrom(operation);
            }
            run.go();
            reached |= run.failures > 0;
            String what = where + " operation " + operation + ", seed " + seed;
            run.verify(run.memory.cutPower(run.random), what + ", power cut");
        }
        return reached;
    }

    @ParameterizedTest
    @EnumSource
    void fault_atAnyOperation_leavesTheLogWholeAndItGoesOn(Where where) {
        long operation = 1;
        while (failAt(operation, where)) {
            operation++;
        }
        assertThat(operation).isGreaterThan(where == Where.VOLUME ? 200 : 15);
    }

    private static boolean failAt(long operation, Where where) {
        boolean reached = false;
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed * 1_000_003 + operation);
            if (where == Where.VOLUME) {
                run.faulty.failAt(operation);
            } else {
                run.tier.failAt(operation);
            }
            run.go();
            long done = where == Where.VOLUME ? run.faulty.operations() : run.tier.operations();
            reached |= done >= operation;
            String what = where + " operation " + operation + ", seed " + seed;
            MemoryVolume cut = run.memory.copy();
            run.verify(cut, what);
        }
        return reached;
    }

    @Test
    void pack_diskFull_leavesTheLogAndAppendsGoOn() {
        LogFixture fixture = new LogFixture(3);
        fixture.appendUpTo(100);
        fixture.faulty.fillUpAfter(500);
        List<String> before = fixture.volume.names();
        assertThatThrownBy(() -> fixture.log.pack())
                .isInstanceOf(UnavailableException.class)
                .hasMessage(
                        "cannot pack the log in `memory`: No space left on device; nothing is lost and appends go on;"
                                + " mend that and try again");
        assertThat(fixture.volume.names()).isEqualTo(before);
        fixture.faulty.fillUpAfter(10_000_000);
        fixture.append();
        fixture.log.pack();
        fixture.assertReadsFrom(1);
        fixture.log.close();
    }

    @Test
    void pack_failedLog_isRefused() {
        LogFixture fixture = new LogFixture(3);
        fixture.appendUpTo(100);
        fixture.faulty.failAt(fixture.faulty.operations() + 1);
        assertThatThrownBy(fixture::append).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> fixture.log.pack())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("takes no appends since it failed");
        fixture.assertReadsFrom(1);
        fixture.log.close();
        assertThatThrownBy(() -> fixture.log.pack()).isInstanceOf(ArgonException.class);
    }
}
