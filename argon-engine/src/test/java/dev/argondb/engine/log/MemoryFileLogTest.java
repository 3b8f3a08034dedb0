package dev.argondb.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.engine.volume.MemoryVolume;
import org.junit.jupiter.api.AfterEach;

final class MemoryFileLogTest extends FileLogContract {

    private final MemoryVolume volume = new MemoryVolume();

    @Override
    FileLog open() {
        return FileLog.open(volume, SMALL_SEGMENTS);
    }

    @AfterEach
    void everyFileIsClosed() {
        log.close();
        assertThat(volume.openFiles()).isZero();
    }
}
