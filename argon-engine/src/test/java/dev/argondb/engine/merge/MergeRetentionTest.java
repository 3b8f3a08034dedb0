package dev.argondb.engine.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Lsn;
import dev.argondb.MergePlan;
import dev.argondb.MergePolicy;
import dev.argondb.Ref;
import dev.argondb.UnknownRefException;
import dev.argondb.engine.Retention;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.model.Fixture;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.volume.MemoryVolume;
import dev.argondb.engine.work.UnitOfWork;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bases of merges after history was reclaimed, chains were cut, and the database was opened from its checkpoint. */
class MergeRetentionTest {

    private static final StorageSettings BY_HAND =
            StorageSettings.DEFAULT.withoutBackground().withCacheBytes(1 << 20);

    private final MemoryVolume volume = new MemoryVolume();
    private Fixture shop = new Fixture(volume, BY_HAND);

    @BeforeEach
    void twoBranches() {
        shop.setMaker("main", 1, 10);
        shop.setMaker("main", 2, 20);
        shop.branch("sale", "main");
    }

    private void reopen(Retention retention) {
        shop.close();
        shop = new Fixture(volume, BY_HAND.withRetention(retention));
    }

    private void retainFrom(Lsn lsn) {
        reopen(new Retention.From(lsn));
        shop.database().retain();
        reopen(Retention.ALL);
        assertThat(shop.database().storage().watermark()).isPositive();
    }

    private MergePlan plan() {
        return shop.database().merging().planMerge(Ref.parse("sale"), "main", MergePolicy.NONE, DocumentRules.NONE);
    }

    private void merge() {
        assertThat(shop.database().merging().merge(plan(), "", "")).isPresent();
    }

    private void delete(long maker) {
        UnitOfWork work = shop.begin("main");
        work.delete(Shop.MAKERS, maker);
        shop.commit(work);
    }

    @Test
    void forkPoint_belowTheWatermark_isStillTheBase() {
        for (int i = 0; i < 50; i++) {
            shop.setMaker("main", 3, i);
        }
        Lsn kept = shop.setMaker("main", 3, 50);
        shop.setMaker("main", 2, 21);
        shop.setMaker("sale", 1, 11);
        retainFrom(kept);

        assertThat(plan().conflicts()).isEmpty();
        merge();
        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 11L, 2L, 21L, 3L, 50L));
    }

    @Test
    void earlierMerge_belowTheWatermark_isNotForgotten() {
        shop.setMaker("sale", 3, 30);
        merge();
        delete(3);
        for (int i = 0; i < 50; i++) {
            shop.setMaker("main", 4, i);
        }
        Lsn kept = shop.setMaker("main", 4, 50);
        retainFrom(kept);

        assertThat(plan().isAlreadyMerged()).isTrue();
        shop.setMaker("sale", 1, 11);
        merge();
        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 11L, 2L, 20L, 4L, 50L));
    }

    @Test
    void base_thatItsOwnBranchLetGoOf_isRefused() {
        Lsn base = shop.setMaker("sale", 3, 30);
        merge();
        shop.setMaker("sale", 1, 11);
        Lsn kept = shop.setMaker("main", 4, 50);
        shop.setMaker("sale", 1, 12);
        retainFrom(kept);

        assertThatThrownBy(this::plan)
                .isInstanceOf(UnknownRefException.class)
                .hasMessage("the common ancestor at lsn " + base + " cannot be read: history before lsn " + kept
                        + " was reclaimed by retention; read at that lsn or later, or keep more (`retention`)");
    }

    @Test
    void bothBranches_cutOffAboveTheirForkPoint_stillKnowIt() {
        shop.setMaker("main", 3, 30);
        shop.setMaker("sale", 4, 40);
        merge();
        shop.setMaker("sale", 5, 50);
        Lsn kept = shop.setMaker("main", 6, 60);
        retainFrom(kept);
        shop.branch("later", "sale");
        shop.setMaker("later", 7, 70);

        MergePlan plan =
                shop.database().merging().planMerge(Ref.parse("later"), "sale", MergePolicy.NONE, DocumentRules.NONE);

        assertThat(plan.changes()).hasSize(1);
        assertThat(plan.baseLsn()).isEqualTo(shop.database().branch("sale").headLsn());
    }
}
