package dev.argondb.engine.log;

import dev.argondb.engine.volume.DirectoryVolume;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryFileLogTest extends FileLogContract {

    @TempDir
    Path directory;

    @Override
    FileLog open() throws Exception {
        return FileLog.open(DirectoryVolume.at(directory), SMALL_SEGMENTS);
    }
}
