package dev.argondb.engine.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.DocumentChange;
import dev.argondb.DocumentHistory;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.MergePolicy;
import dev.argondb.Operation;
import dev.argondb.Ref;
import dev.argondb.engine.Retention;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.model.Fixture;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.volume.CountingVolume;
import dev.argondb.engine.volume.MemoryVolume;
import dev.argondb.engine.work.UnitOfWork;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The changes of one document, by following what each entry says of the one before. */
class HistoryTest {

    private static final StorageSettings BY_HAND =
            StorageSettings.DEFAULT.withoutBackground().withCacheBytes(1 << 20);

    private final CountingVolume volume = new CountingVolume(new MemoryVolume());
    private Fixture shop = new Fixture(volume, BY_HAND);

    private DocumentHistory history(String ref, long maker) {
        return history(ref, maker, Integer.MAX_VALUE);
    }

    private DocumentHistory history(String ref, long maker, int limit) {
        return shop.database().merging().history(Ref.parse(ref), "maker", maker, limit);
    }

    private static List<Lsn> lsns(DocumentHistory history) {
        return history.changes().stream().map(change -> change.entry().lsn()).toList();
    }

    @Test
    void changes_newestFirst_tellWhoWhenAndWhat() {
        Lsn first = shop.setMaker("main", 1, 10);
        shop.setMaker("main", 2, 20);
        Lsn second = shop.setMaker("main", 1, 11);

        DocumentHistory history = history("main", 1);

        assertThat(lsns(history)).containsExactly(second, first);
        assertThat(history.isComplete()).isTrue();
        DocumentChange newest = history.changes().get(0);
        assertThat(newest.commit().author()).isEqualTo("ann");
        assertThat(newest.commit().lsn()).isEqualTo(second);
        assertThat(newest.entry().before()).containsEntry("value", 10L);
        assertThat(newest.entry().after()).containsEntry("value", 11L);
        assertThat(history.changes().get(1).entry().operation()).isEqualTo(Operation.INSERT);
    }

    @Test
    void changes_ofABranch_goOnBelowItsForkPoint() {
        Lsn first = shop.setMaker("main", 1, 10);
        shop.branch("sale", "main");
        Lsn onMain = shop.setMaker("main", 1, 11);
        Lsn onSale = shop.setMaker("sale", 1, 12);

        assertThat(lsns(history("sale", 1))).containsExactly(onSale, first);
        assertThat(lsns(history("main", 1))).containsExactly(onMain, first);
        assertThat(lsns(history("main@" + first, 1))).containsExactly(first);
    }

    @Test
    void changes_byAMerge_areTheMergeCommits() {
        Lsn first = shop.setMaker("main", 1, 10);
        shop.branch("sale", "main");
        shop.setMaker("sale", 1, 12);
        Lsn merged = shop.database()
                .merging()
                .merge(
                        shop.database()
                                .merging()
                                .planMerge(Ref.parse("sale"), "main", MergePolicy.NONE, DocumentRules.NONE),
                        "bob",
                        "")
                .orElseThrow()
                .lsn();

        assertThat(lsns(history("main", 1))).containsExactly(merged, first);
        assertThat(history("main", 1).changes().get(0).commit().author()).isEqualTo("bob");
    }

    @Test
    void changes_ofADeletedDocument_beginWithItsDeletion() {
        Lsn first = shop.setMaker("main", 1, 10);
        UnitOfWork work = shop.begin("main");
        work.delete(Shop.MAKERS, 1);
        Lsn deleted = shop.commit(work);
        shop.setMaker("main", 2, 20);

        DocumentHistory history = history("main", 1);

        assertThat(lsns(history)).containsExactly(deleted, first);
        assertThat(history.changes().get(0).entry().operation()).isEqualTo(Operation.DELETE);
        assertThat(history.changes().get(0).entry().before()).containsEntry("value", 10L);
    }

    @Test
    void changes_ofADocumentMadeAnew_beginWithThatInsert() {
        shop.setMaker("main", 1, 10);
        UnitOfWork work = shop.begin("main");
        work.delete(Shop.MAKERS, 1);
        Lsn deleted = shop.commit(work);
        Lsn anew = shop.setMaker("main", 1, 11);

        assertThat(lsns(history("main", 1))).containsExactly(anew);
        assertThat(lsns(history("main@" + deleted, 1))).hasSize(2);
    }

    @Test
    void changes_ofADocumentThatNeverWas_areNone() {
        shop.setMaker("main", 1, 10);

        assertThat(history("main", 99).changes()).isEmpty();
        assertThat(history("main", 99).isComplete()).isTrue();
    }

    @Test
    void limit_lessThanThereAre_saysSo() {
        shop.setMaker("main", 1, 10);
        Lsn second = shop.setMaker("main", 1, 11);
        Lsn third = shop.setMaker("main", 1, 12);

        assertThat(lsns(history("main", 1, 2))).containsExactly(third, second);
        assertThat(history("main", 1, 2).isLimited()).isTrue();
        assertThat(history("main", 1, 3).isLimited()).isFalse();
    }

    @Test
    void retention_cutsOff_saysWhere() {
        for (int i = 0; i < 50; i++) {
            shop.setMaker("main", 1, i);
        }
        Lsn kept = shop.setMaker("main", 1, 50);
        Lsn newest = shop.setMaker("main", 1, 51);
        shop.close();
        shop = new Fixture(volume, BY_HAND.withRetention(new Retention.From(kept)));
        shop.database().retain();

        DocumentHistory history = history("main", 1);

        assertThat(lsns(history)).containsExactly(newest, kept);
        assertThat(history.reclaimedBefore()).contains(kept);
        assertThat(history.isComplete()).isFalse();
        assertThat(history("main", 77).reclaimedBefore()).contains(kept);
    }

    @Test
    void cost_amongManyCommits_isOneReadForEachChange() {
        shop.setMaker("main", 1, 0);
        for (int i = 0; i < 2000; i++) {
            shop.setMaker("main", 2 + i % 100, i);
        }
        shop.setMaker("main", 1, 1);
        shop.database().snapshot();
        long reads = volume.reads();

        assertThat(history("main", 1).changes()).hasSize(2);

        assertThat(volume.reads() - reads).isLessThan(40);
    }

    @Test
    void unknownCollection_isRefusedWithTheNearest() {
        assertThatThrownBy(() -> shop.database().merging().history(Ref.MAIN, "makers", 1, 1))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("collection `makers` does not exist at `main`; nearest: `maker`, `item`");
    }
}
