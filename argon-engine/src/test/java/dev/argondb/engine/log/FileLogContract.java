package dev.argondb.engine.log;

import static dev.argondb.engine.log.Records.described;
import static dev.argondb.engine.log.Records.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a store of a log owes that lasts. */
abstract class FileLogContract extends LogContract {

    static final FileLogSettings SMALL_SEGMENTS = FileLogSettings.DEFAULT.withSegmentBytes(2000);

    @Test
    void open_afterClose_holdsEverythingAndGoesOn() throws Exception {
        List<LogRecord> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.addAll(append(i % 4 + 1));
            log.close();
            log = open();
            assertThat(log.lastLsn()).isEqualTo(Records.lastLsn(all));
            assertThat(described(read(log, 1))).isEqualTo(described(all));
        }
    }
}
