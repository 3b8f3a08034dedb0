package dev.argondb.engine.page;

import dev.argondb.engine.volume.DirectoryVolume;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryFilePageStoreTest extends PageStoreContract {

    @TempDir
    Path directory;

    @Override
    PageStore open() throws IOException {
        return FilePageStore.open(DirectoryVolume.at(directory), PageSamples.DATABASE, PageStoreSettings.DEFAULT);
    }

    @Override
    PageStore reopen(PageStore open) throws IOException {
        open.close();
        return open();
    }
}
