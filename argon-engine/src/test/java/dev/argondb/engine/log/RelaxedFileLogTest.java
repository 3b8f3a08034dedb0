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
}
