package dev.argondb.engine.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.DocumentDiff;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.MergePlan;
import dev.argondb.MergePolicy;
import dev.argondb.Operation;
import dev.argondb.Ref;
import dev.argondb.UnknownRefException;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.model.Fixture;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.volume.CountingVolume;
import dev.argondb.engine.volume.MemoryVolume;
import dev.argondb.engine.work.UnitOfWork;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What differs between two states, and what it costs to find out. */
class DiffTest {

    private static final int ROWS = 100_000;
    /** Pages from the root of a tree of so many rows to a leaf. */
    private static final int HEIGHT = 4;

    private final CountingVolume volume = new CountingVolume(new MemoryVolume());
    private Fixture shop = open();

    private Fixture open() {
        return new Fixture(volume, StorageSettings.DEFAULT.withoutBackground().withCacheBytes(1 << 24));
    }

    private List<DocumentDiff> diff(String from, String to) {
        return shop.database().merging().diff(Ref.parse(from), Ref.parse(to));
    }

    @Test
    void diff_ofTwoStates_hasWholeImagesAndWhatChanged() {
        shop.setMaker("main", 1, 10);
        Lsn before = shop.setMaker("main", 2, 20);
        shop.setMaker("main", 1, 11);
        shop.setMaker("main", 3, 30);

        assertThat(diff("main@" + before, "main"))
                .containsExactly(
                        new DocumentDiff(
                                "maker",
                                1L,
                                Operation.UPDATE,
                                Map.of("id", 1L, "value", 10L),
                                Map.of("id", 1L, "value", 11L),
                                List.of("value")),
                        new DocumentDiff(
                                "maker",
                                3L,
                                Operation.INSERT,
                                Map.of(),
                                Map.of("id", 3L, "value", 30L),
                                List.of("id", "value")));
        assertThat(diff("main", "main@" + before))
                .extracting(DocumentDiff::operation)
                .containsExactly(Operation.UPDATE, Operation.DELETE);
    }

    @Test
    void diff_ofWhatWasWrittenAnewButEqual_isEmpty() {
        Lsn before = shop.setMaker("main", 1, 10);
        shop.setMaker("main", 1, 11);
        shop.setMaker("main", 1, 10);

        assertThat(diff("main@" + before, "main")).isEmpty();
    }

    @Test
    void diff_ofATableOnOneSide_isItsDocuments() {
        Lsn before = shop.setMaker("main", 1, 10);
        UnitOfWork work = shop.begin("main");
        work.changeSchema(Shop.schema(Shop.WITH_NOTES));
        work.insert(Shop.NOTES, 7, Shop.maker(7, 70));
        shop.commit(work);

        assertThat(diff("main@" + before, "main"))
                .extracting(DocumentDiff::collection, DocumentDiff::documentId, DocumentDiff::operation)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("note", 7L, Operation.INSERT));
        assertThat(diff("main", "main@" + before))
                .extracting(DocumentDiff::operation)
                .containsExactly(Operation.DELETE);
        assertThat(shop.database().merging().diff(Ref.parse("main@" + before), Ref.MAIN, "argon_schema"))
                .extracting(DocumentDiff::documentId, DocumentDiff::operation)
                .containsExactly(org.assertj.core.groups.Tuple.tuple((long) Shop.NOTES, Operation.INSERT));
    }

    @Test
    void diff_underARenamedColumn_namesOnlyWhatChanged() {
        UnitOfWork work = shop.begin("main");
        work.insert(Shop.ITEMS, 1, Shop.item(1, 100L, null));
        Lsn before = shop.commit(work);
        UnitOfWork renaming = shop.begin("main");
        renaming.changeSchema(Shop.schema(Shop.RENAMED));
        renaming.update(Shop.ITEMS, 1, Shop.item(1, 101L, null));
        shop.commit(renaming);

        assertThat(diff("main@" + before, "main"))
                .extracting(DocumentDiff::changedFields)
                .containsExactly(List.of("code"));
    }

    @Test
    void diff_ofOneCollection_leavesOutTheOthers() {
        Lsn before = shop.setMaker("main", 1, 10);
        UnitOfWork work = shop.begin("main");
        work.insert(Shop.ITEMS, 1, Shop.item(1, 100L, 1L));
        shop.putMaker(work, 2, 20);
        shop.commit(work);

        assertThat(shop.database().merging().diff(Ref.parse("main@" + before), Ref.MAIN, "item"))
                .extracting(DocumentDiff::collection)
                .containsExactly("item");
        assertThatThrownBy(() -> shop.database().merging().diff(Ref.MAIN, Ref.MAIN, "itme"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("collection `itme` does not exist at `main` and `main`; nearest: `item`, `maker`");
        assertThatThrownBy(() -> diff("main", "mian")).isInstanceOf(UnknownRefException.class);
    }

    @Test
    void diff_ofOneRowInMany_readsTwoPaths() {
        UnitOfWork work = shop.begin("main");
        for (int i = 0; i < ROWS; i++) {
            work.insert(Shop.MAKERS, i, Shop.maker(i, i));
        }
        Lsn before = shop.commit(work);
        shop.database().snapshot();
        shop.setMaker("main", 50_000, 1);
        shop.database().snapshot();
        shop.close();
        shop = open();
        shop.database().state(Ref.MAIN);
        long reads = volume.reads();

        assertThat(diff("main@" + before, "main")).hasSize(1);

        // The state's own page, two paths, the head of the log, and what opens the files: nothing that grows with the
        // rows.
        assertThat(volume.reads() - reads).isLessThan(3 * 2 * HEIGHT + 16);
    }

    @Test
    void plan_ofOneRowInMany_readsAFewPaths() {
        UnitOfWork work = shop.begin("main");
        for (int i = 0; i < ROWS; i++) {
            work.insert(Shop.MAKERS, i, Shop.maker(i, i));
        }
        shop.commit(work);
        shop.branch("sale", "main");
        shop.database().snapshot();
        shop.setMaker("main", 10, 1);
        shop.setMaker("sale", 90_000, 1);
        shop.database().snapshot();
        shop.close();
        shop = open();
        long reads = volume.reads();

        MergePlan plan =
                shop.database().merging().planMerge(Ref.parse("sale"), "main", MergePolicy.NONE, DocumentRules.NONE);

        assertThat(plan.changes()).hasSize(1);
        assertThat(volume.reads() - reads).isLessThan(3 * 6 * HEIGHT + 32);
    }
}
