package dev.argondb.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.model.Fixture;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.volume.MemoryVolume;
import dev.argondb.engine.work.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
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
        shop.database().createTag("v1", Ref.parse("main@" + first.value()));
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
        assertThatThrownBy(() -> shop.makers("main@" + second.value()))
                .hasMessageContaining("was discarded by the reset");
        assertThat(shop.database().commits(Ref.parse("renamed"), 10)).hasSize(4);
    }

    @Test
    void singleReadsInThePast_withSnapshotsHereAndThere_sayTheSameAsTheState() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Long> lsns = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            lsns.add(change(random, i).value());
            if (random.nextInt(40) == 0) {
                shop.database().snapshot();
            }
            if (random.nextInt(150) == 0) {
                reopen();
            }
            if (random.nextInt(60) == 0) {
                Lsn to = new Lsn(lsns.get(Math.max(0, lsns.size() - 1 - random.nextInt(20))));
                shop.database().resetBranch("main", to);
                lsns.removeIf(lsn -> lsn > to.value());
            }
        }
        for (long lsn : lsns) {
            TreeMap<Long, Long> found = new TreeMap<>();
            UnitOfWork past = shop.begin("main@" + lsn);
            for (long id = 0; id <= 50; id++) {
                Record record = past.view(Shop.MAKERS).get(id);
                if (record != null) {
                    found.put(id, (Long) past.view(Shop.MAKERS)
                            .format()
                            .values(record.document())
                            .get("value"));
                }
            }
            past.rollback();
            assertThat(found).as("main@%d, seed %d", lsn, seed).isEqualTo(shop.makers("main@" + lsn));
        }
    }

    /** Writes some makers and deletes some, in one commit. */
    private Lsn change(Random random, int value) {
        UnitOfWork work = shop.begin("main");
        for (int i = 0; i <= random.nextInt(3); i++) {
            long id = random.nextInt(50);
            if (random.nextInt(4) > 0 || !work.delete(Shop.MAKERS, id)) {
                shop.putMaker(work, id, value);
            }
        }
        shop.putMaker(work, 50, value);
        return shop.commit(work);
    }
}
