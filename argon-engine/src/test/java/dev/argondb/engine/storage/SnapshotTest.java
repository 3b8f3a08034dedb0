package dev.argondb.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Lsn;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.model.Fixture;
import dev.argondb.engine.volume.MemoryVolume;
import dev.argondb.engine.work.UnitOfWork;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    private static final StorageSettings BY_HAND =
            StorageSettings.DEFAULT.withoutBackground().withCacheBytes(1 << 20);

    private final MemoryVolume volume = new MemoryVolume();
    private Fixture shop = new Fixture(volume, BY_HAND);

    private void reopen() {
        shop.close();
        shop = new Fixture(volume, BY_HAND);
    }

    private void fill(String branch, int from, int to) {
        UnitOfWork work = shop.begin(branch);
        for (int i = from; i < to; i++) {
            shop.putMaker(work, i, i);
        }
        shop.commit(work);
    }

    @Test
    void reopened_afterSnapshot_readsTheSameFromPages() {
        fill("main", 0, 1000);
        TreeMap<Long, Long> before = shop.makers("main");
        shop.database().snapshot();
        reopen();

        assertThat(shop.makers("main")).isEqualTo(before).hasSize(1000);
        assertThat(shop.database().storage().checkpointLsn())
                .isEqualTo(shop.database().lastLsn());
    }

    @Test
    void reopened_withCommitsBehindTheSnapshot_readsThemToo() {
        fill("main", 0, 1000);
        shop.database().snapshot();
        Lsn middle = shop.setMaker("main", 5, 50);
        shop.setMaker("main", 5, 51);
        shop.branch("other", "main@" + middle.value());
        shop.setMaker("other", 6, 60);
        reopen();

        assertThat(shop.makers("main")).containsEntry(5L, 51L).containsEntry(6L, 6L);
        assertThat(shop.makers("other")).containsEntry(5L, 50L).containsEntry(6L, 60L);
        assertThat(shop.makers("main@" + middle.value())).containsEntry(5L, 50L);
    }

    @Test
    void everyPast_withSnapshotsHereAndThere_isAsItWas() {
        Random random = new Random(7);
        TreeMap<Long, TreeMap<Long, Long>> pasts = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            Lsn lsn = shop.setMaker("main", random.nextInt(100), i);
            pasts.put(lsn.value(), shop.makers("main"));
            if (i % 37 == 0) {
                shop.database().snapshot();
            }
            if (i % 100 == 50) {
                reopen();
            }
        }
        pasts.forEach((lsn, makers) -> assertThat(shop.makers("main@" + lsn)).isEqualTo(makers));
        reopen();
        pasts.forEach((lsn, makers) -> assertThat(shop.makers("main@" + lsn)).isEqualTo(makers));
    }

    @Test
    void branchesTagsAndResets_throughACheckpoint_stayAsTheyWere() {
        Lsn first = shop.setMaker("main", 1, 1);
        Lsn second = shop.setMaker("main", 1, 2);
        shop.database().createTag("v1", dev.argondb.Ref.parse("main@" + first.value()));
        shop.branch("feature", "main");
        shop.setMaker("feature", 2, 2);
        shop.database().resetBranch("main", first);
        shop.setMaker("main", 3, 3);
        shop.database().renameBranch("feature", "renamed");
        shop.database().snapshot();
        reopen();

        assertThat(shop.makers("tag:v1")).containsOnlyKeys(1L);
        assertThat(shop.makers("renamed")).containsEntry(1L, 2L).containsEntry(2L, 2L);
        assertThat(shop.makers("main")).containsEntry(1L, 1L).containsKey(3L);
        assertThat(shop.database().branch("main").epoch()).isEqualTo(1);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> shop.makers("main@" + second.value()))
                .hasMessageContaining("was discarded by the reset");
        assertThat(shop.database().commits(dev.argondb.Ref.parse("renamed"), 10))
                .hasSize(4);
    }
}
