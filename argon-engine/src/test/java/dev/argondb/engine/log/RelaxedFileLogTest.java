package dev.argondb.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.engine.volume.MemoryVolume;
import org.junit.jupiter.api.Test;

final class RelaxedFileLogTest extends FileLogContract {

    private final MemoryVolume volume = new MemoryVolume();

    @Override
    FileLog open() {
        return FileLog.open(volume, SMALL_SEGMENTS.withSyncMode(SyncMode.RELAXED));
    }

    @Test
    void append_noFurtherCall_isDurableSoon() throws Exception {
        append(3);
        long last = log.lastLsn();
        long deadline = System.nanoTime() + 20_000_000_000L;
        long survived = 0;
        while (survived < last && System.nanoTime() < deadline) {
            Thread.sleep(20);
            survived = lastLsnAfterWorstPowerCut();
        }
        assertThat(survived).isEqualTo(last);
    }

    private long lastLsnAfterWorstPowerCut() {
        try (FileLog survivor = FileLog.open(volume.durable(), SMALL_SEGMENTS)) {
            return survivor.lastLsn();
        }
    }

    @Test
    void close_unsyncedAppends_areDurable() {
        append(3);
        long last = log.lastLsn();
        log.close();
        assertThat(lastLsnAfterWorstPowerCut()).isEqualTo(last);
    }

    @Test
    void dropBefore_unsyncedAppends_areDurableFirst() {
        append(3);
        FileLog relaxed = (FileLog) log;
        relaxed.dropBefore(log.lastLsn());
        try (FileLog survivor = FileLog.open(volume.durable(), SMALL_SEGMENTS)) {
            assertThat(survivor.lastLsn()).isEqualTo(log.lastLsn());
            assertThat(survivor.firstLsn()).isEqualTo(log.lastLsn());
        }
    }

    @Test
    void place_unsyncedAppends_isOneThatIsDurable() {
        append(3);
        log.sync();
        LogPlace durable = ((FileLog) log).place();
        append(3);
        MemoryVolume disk = volume.durable();
        try (FileLog survivor = FileLog.open(disk, SMALL_SEGMENTS, FileLogParts.DEFAULT.withKnownPlace(durable))) {
            assertThat(survivor.lastLsn()).isGreaterThanOrEqualTo(durable.lsn());
        }
        log.sync();
        assertThat(((FileLog) log).place().lsn()).isGreaterThan(durable.lsn());
    }
}
