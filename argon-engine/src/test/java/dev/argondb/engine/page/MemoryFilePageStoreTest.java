package dev.argondb.engine.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.engine.volume.MemoryVolume;
import org.junit.jupiter.api.AfterEach;

final class MemoryFilePageStoreTest extends PageStoreContract {

    /** Small files and pieces, and hardly a file open: so that one batch is many files. */
    static final PageStoreSettings SMALL = PageStoreSettings.DEFAULT
            .withMaxFileBytes(100_000)
            .withMaxFilePages(300)
            .withSyncBytes(20_000)
            .withCachedIndexBlocks(2)
            .withOpenFiles(2);

    private final MemoryVolume volume = new MemoryVolume();

    @Override
    PageStore open() {
        return FilePageStore.open(volume, PageSamples.DATABASE, SMALL);
    }

    @Override
    PageStore reopen(PageStore open) {
        open.close();
        assertThat(volume.openFiles()).isZero();
        return open();
    }

    @AfterEach
    void nothingStaysOpenNorBehind() {
        store.close();
        assertThat(volume.openFiles()).isZero();
        assertThat(volume.names()).noneMatch(name -> name.endsWith(".tmp"));
    }
}
