package dev.argondb.engine.log;

import static dev.argondb.engine.log.Records.described;
import static dev.argondb.engine.log.Records.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.engine.tier.MemoryColdTier;
import dev.argondb.engine.volume.MemoryVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A log owes the same when it is packed and moved to the cold tier all the time. */
final class PackedLogTest extends LogContract {

    private final MemoryVolume volume = new MemoryVolume();
    private final MemoryColdTier tier = new MemoryColdTier(new Random(1));

    @Override
    Log open() {
        FileLogSettings settings =
                FileLogSettings.DEFAULT.withSegmentBytes(2000).withBlockBytes(300);
        return new MaintainedLog(FileLog.open(volume, settings, FileLogParts.DEFAULT.withColdTier(tier)));
    }

    @AfterEach
    void everyFileIsClosed() {
        log.close();
        assertThat(volume.openFiles()).isZero();
    }

    @Test
    void open_afterClose_holdsEverythingAndGoesOn() {
        List<LogRecord> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.addAll(append(i % 4 + 1));
            log.close();
            log = open();
            assertThat(log.lastLsn()).isEqualTo(Records.lastLsn(all));
            assertThat(described(read(log, 1))).isEqualTo(described(all));
        }
        assertThat(tier.names()).isNotEmpty();
        assertThat(volume.names()).anyMatch(name -> name.endsWith(".pack"));
    }
}
