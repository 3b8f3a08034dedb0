package dev.argondb.engine.log;

import static dev.argondb.engine.log.Records.described;
import static dev.argondb.engine.log.Records.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.engine.Finding;
import dev.argondb.engine.tier.MemoryColdTier;
import dev.argondb.engine.tier.RetryingTier;
import dev.argondb.engine.volume.FaultyVolume;
import dev.argondb.engine.volume.MemoryVolume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A log in memory, with a cold tier, small segments and smaller blocks, and what was appended to it. */
final class LogFixture {

    static final FileLogSettings SETTINGS =
            FileLogSettings.DEFAULT.withSegmentBytes(2000).withBlockBytes(300);

    final Random random;
    final MemoryVolume volume;
    final FaultyVolume faulty;
    final MemoryColdTier tier;
    final List<LogRecord> records = new ArrayList<>();
    FileLog log;

    LogFixture(long seed) {
        this(new Random(seed), new MemoryVolume(), new MemoryColdTier(new Random(seed)));
    }

    private LogFixture(Random random, MemoryVolume volume, MemoryColdTier tier) {
        this.random = random;
        this.volume = volume;
        this.tier = tier;
        this.faulty = new FaultyVolume(volume, random);
        this.log = open();
    }

    /** Returns a copy that has the same cold tier. */
    LogFixture copy() {
        LogFixture copy = new LogFixture(new Random(99), volume.copy(), tier);
        copy.records.addAll(records);
        return copy;
    }

    FileLogParts parts() {
        return FileLogParts.DEFAULT.withColdTier(
                new RetryingTier(tier, new RetryingTier.Policy(1, Duration.ofMillis(1))));
    }

    FileLog open() {
        return FileLog.open(faulty, SETTINGS, parts());
    }

    void reopen() {
        log.close();
        log = open();
    }

    /** Appends records of a few entries, one by one, until the log ends at or after an LSN. */
    void appendUpTo(long lsn) {
        while (log.lastLsn() < lsn) {
            append();
        }
    }

    void append() {
        List<LogRecord> batch = Records.chain(random, log.lastLsn(), 1);
        log.append(log.lastLsn(), batch);
        records.addAll(batch);
    }

    /** Returns what was appended from an LSN on. */
    List<LogRecord> from(long lsn) {
        return records.stream().filter(record -> record.lastLsn() >= lsn).toList();
    }

    void assertReadsFrom(long lsn) {
        assertThat(described(read(log, lsn))).isEqualTo(described(from(lsn)));
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        LogVerification verification = log.verify(findings::add);
        assertThat(verification.findings()).isEqualTo(findings.size());
        return findings;
    }

    long files(String suffix) {
        return volume.names().stream().filter(name -> name.endsWith(suffix)).count();
    }
}
