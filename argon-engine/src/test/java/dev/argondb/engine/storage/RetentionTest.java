package dev.argondb.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.UnknownRefException;
import dev.argondb.engine.Pin;
import dev.argondb.engine.Retention;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.model.Fixture;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.state.CollectionView;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.volume.MemoryVolume;
import dev.argondb.engine.work.UnitOfWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final StorageSettings BY_HAND =
            StorageSettings.DEFAULT.withoutBackground().withCacheBytes(1 << 20);

    private final MemoryVolume volume = new MemoryVolume();
    private Fixture shop = new Fixture(volume, BY_HAND);

    private void reopen(Retention retention) {
        shop.close();
        shop = new Fixture(volume, BY_HAND.withRetention(retention));
    }

    private void retainFrom(Lsn lsn) {
        reopen(new Retention.From(lsn));
        shop.database().retain();
    }

    /** Sets the makers of a branch again and again. */
    private List<Lsn> write(String branch, int commits) {
        List<Lsn> lsns = new ArrayList<>();
        for (int i = 0; i < commits; i++) {
            lsns.add(shop.setMaker(branch, i % 10, i));
        }
        return lsns;
    }

    private void assertReclaimed(String ref) {
        assertThatThrownBy(() -> shop.makers(ref))
                .isInstanceOf(UnknownRefException.class)
                .hasMessageContaining("was reclaimed by retention");
    }

    @Test
    void history_aboveTheWatermark_isReadableAndBelowItRefused() {
        List<Lsn> lsns = write("main", 100);
        TreeMap<Long, Long> kept = shop.makers("main@" + lsns.get(60));
        TreeMap<Long, Long> first = shop.makers("main@" + lsns.get(50));
        retainFrom(lsns.get(50));

        for (int i = 0; i < 2; i++) {
            assertThat(shop.makers("main@" + lsns.get(60))).isEqualTo(kept);
            assertThat(shop.makers("main@" + lsns.get(50))).isEqualTo(first);
            assertReclaimed("main@" + lsns.get(49));
            assertReclaimed("main@1");
            assertThat(shop.makers("main")).containsEntry(9L, 99L);
            reopen(Retention.ALL);
        }
    }

    @Test
    void window_keepsEveryMomentInIt() {
        write("main", 50);
        TreeMap<Long, Long> atStart = shop.makers("main");
        shop.clock().set("2026-11-24T10:00:00Z");
        reopen(new Retention.Window(Duration.ofHours(12)));
        shop.clock().set("2026-11-24T10:00:00Z");
        write("main", 50);
        shop.clock().set("2026-11-24T20:00:00Z");
        shop.database().retain();

        assertThat(shop.makers("main@2026-11-24T09:00:00Z")).isEqualTo(atStart);
        assertThat(shop.database().storage().watermark()).isPositive();
        assertReclaimed("main@2026-11-23T09:59:59Z");
    }

    @Test
    void branchesAndTags_ofReclaimedHistory_keepTheirStates() {
        List<Lsn> lsns = write("main", 100);
        shop.branch("old", "main@" + lsns.get(10));
        shop.branch("written", "main@" + lsns.get(20));
        shop.setMaker("written", 77, 7);
        shop.database().createTag("v1", Ref.parse("main@" + lsns.get(30)));
        TreeMap<Long, Long> old = shop.makers("old");
        TreeMap<Long, Long> written = shop.makers("written");
        TreeMap<Long, Long> tagged = shop.makers("tag:v1");
        List<Lsn> more = write("main", 20);
        retainFrom(more.get(10));

        for (int i = 0; i < 2; i++) {
            assertThat(shop.makers("old")).isEqualTo(old);
            assertThat(shop.makers("written")).isEqualTo(written).containsEntry(77L, 7L);
            assertThat(shop.makers("tag:v1")).isEqualTo(tagged);
            assertReclaimed("main@" + lsns.get(40));
            assertReclaimed("old@" + lsns.get(5));
            reopen(Retention.ALL);
        }
        shop.setMaker("old", 1, 1000);
        assertThat(shop.makers("old")).containsEntry(1L, 1000L);
        shop.branch("child", "tag:v1");
        assertThat(shop.makers("child")).isEqualTo(tagged);
    }

    @Test
    void pin_belowTheWatermark_holdsItDown() {
        List<Lsn> lsns = write("main", 40);
        reopen(new Retention.From(lsns.get(30)));
        Pin pin = shop.database().pin(Ref.parse("main@" + lsns.get(10)));
        TreeMap<Long, Long> pinned = shop.makers("main@" + lsns.get(10));
        shop.database().retain();
        assertThat(shop.makers("main@" + lsns.get(10))).isEqualTo(pinned);

        pin.close();
        shop.database().retain();
        assertReclaimed("main@" + lsns.get(10));
    }

    @Test
    void unitOfWork_begunBefore_goesOnReading() {
        write("main", 100);
        shop.database().snapshot();
        reopen(new Retention.From(new Lsn(shop.database().lastLsn())));
        UnitOfWork past = shop.begin("main@50");
        UnitOfWork present = shop.begin("main");
        write("main", 50);
        shop.database().snapshot();
        shop.database().retain();
        shop.database().retain();

        assertThat(present.view(Shop.MAKERS).get(9)).isNotNull();
        assertThat(past.view(Shop.MAKERS).size()).isEqualTo(10);
        past.rollback();
        present.rollback();
        shop.database().retain();
        assertThat(shop.makers("main")).hasSize(10);
    }

    @Test
    void pages_thatNothingNeeds_areGivenBack() {
        for (int i = 0; i < 30; i++) {
            UnitOfWork work = shop.begin("main");
            for (int id = 0; id < 500; id++) {
                shop.putMaker(work, id, i * 1000L + id);
            }
            shop.commit(work);
            shop.database().snapshot();
        }
        long before = shop.database().storage().pageBytes();
        retainFrom(new Lsn(shop.database().lastLsn()));

        assertThat(shop.database().storage().pageBytes()).isLessThan(before / 10);
        assertThat(shop.makers("main")).hasSize(500).containsEntry(499L, 29_499L);
    }

    /** Writes the same makers so often that no page of the first time stays in the cache. */
    private void overwrite(String branch, int times) {
        for (int i = 0; i < times; i++) {
            UnitOfWork work = shop.begin(branch);
            for (int id = 0; id < 3000; id++) {
                shop.putMaker(work, id, i * 10_000L + id);
            }
            shop.commit(work);
            shop.database().snapshot();
        }
    }

    private static void assertReadsFirstVersion(UnitOfWork work) {
        CollectionView makers = work.view(Shop.MAKERS);
        for (long id = 0; id < 3000; id++) {
            Record record = Objects.requireNonNull(makers.get(id));
            assertThat(makers.format().values(record.document())).containsEntry("value", id);
        }
        work.rollback();
    }

    @Test
    void pages_thatOpenUnitsOfWorkDoNotNeed_areGivenBackBesideThem() {
        reopen(new Retention.From(new Lsn(Long.MAX_VALUE)));
        overwrite("main", 1);
        shop.branch("gone", "main");
        UnitOfWork onHead = shop.begin("main");
        UnitOfWork onDeleted = shop.begin("gone");
        shop.database().deleteBranch("gone");
        long once = shop.database().storage().pageBytes();
        overwrite("main", 20);
        shop.database().retain();

        assertThat(shop.database().storage().pageBytes()).isLessThan(3 * once);
        assertReadsFirstVersion(onHead);
        assertReadsFirstVersion(onDeleted);
        shop.setMaker("main", 1, 1);
        shop.database().retain();
        assertThat(shop.database().storage().pageBytes()).isLessThan(2 * once);
    }

    @Test
    void momentOfADeletedBranch_besideRetention_staysReadableWhileAUnitOfWorkIsOpen() {
        reopen(new Retention.From(new Lsn(Long.MAX_VALUE)));
        shop.branch("gone", "main");
        overwrite("gone", 1);
        Lsn first = new Lsn(shop.database().lastLsn());
        UnitOfWork past = shop.begin("gone@" + first);
        overwrite("gone", 3);
        shop.database().deleteBranch("gone");
        overwrite("main", 3);
        shop.database().retain();
        shop.database().retain();

        assertReadsFirstVersion(past);
    }

    @Test
    void deletedBranch_afterRetention_leavesNoPages() {
        write("main", 10);
        shop.branch("big", "main");
        UnitOfWork work = shop.begin("big");
        for (int id = 100; id < 5000; id++) {
            shop.putMaker(work, id, id);
        }
        shop.commit(work);
        shop.database().snapshot();
        long before = shop.database().storage().pageBytes();
        shop.database().deleteBranch("big");
        shop.database().snapshot();
        shop.database().retain();

        assertThat(shop.database().storage().pageBytes()).isLessThan(before / 5);
        assertThat(shop.makers("main")).hasSize(10);
    }
}
