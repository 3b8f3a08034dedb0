package dev.argondb.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.UnavailableException;
import dev.argondb.engine.volume.DirectoryVolume;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryFileLogTest extends FileLogContract {

    @TempDir
    Path directory;

    @Override
    FileLog open() throws Exception {
        return FileLog.open(DirectoryVolume.at(directory), SMALL_SEGMENTS);
    }

    @Test
    void open_alreadyOpen_isRefusedAndLeavesTheFirstAtWork() {
        assertThatThrownBy(this::open)
                .isInstanceOf(UnavailableException.class)
                .hasMessageMatching("directory `.*` is already open in this process \\(\\d+\\);"
                        + " use that instance, or close it first");
        append(1);
        assertThat(log.lastLsn()).isPositive();
    }

    @Test
    void append_inAnInterruptedThread_succeeds() {
        Thread.currentThread().interrupt();
        append(3);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Records.read(log, 1)).hasSize(3);
    }
}
