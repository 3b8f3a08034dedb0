package dev.argondb.engine.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.BranchOptions;
import dev.argondb.ColumnRole;
import dev.argondb.Commit;
import dev.argondb.DocumentDiff;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.MergeConflict;
import dev.argondb.MergeConflict.Kind;
import dev.argondb.MergePlan;
import dev.argondb.MergePolicy;
import dev.argondb.Operation;
import dev.argondb.Ref;
import dev.argondb.Resolution;
import dev.argondb.UnknownRefException;
import dev.argondb.UnsupportedException;
import dev.argondb.engine.model.Fixture;
import dev.argondb.engine.model.KeptLog;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.work.UnitOfWork;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of merges, each on two branches of a shop. Ours is {@code main}, theirs {@code sale}. */
class MergeTest {

    private final KeptLog log = new KeptLog();
    private Fixture shop = new Fixture(log);

    @BeforeEach
    void twoBranches() {
        shop.setMaker("main", 1, 10);
        shop.setMaker("main", 2, 20);
        shop.branch("sale", "main");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    // ---- vocabulary

    private MergePlan plan(String source, String target) {
        return shop.database().merging().planMerge(Ref.parse(source), target, MergePolicy.NONE, DocumentRules.NONE);
    }

    private MergePlan plan(MergePolicy policy) {
        return shop.database().merging().planMerge(Ref.parse("sale"), "main", policy, DocumentRules.NONE);
    }

    private Optional<Commit> apply(MergePlan plan) {
        return shop.database().merging().merge(plan, "ann", "");
    }

    private Commit merge(String source, String target) {
        return apply(plan(source, target)).orElseThrow();
    }

    private void delete(String branch, long maker) {
        UnitOfWork work = shop.begin(branch);
        assertThat(work.delete(Shop.MAKERS, maker)).isTrue();
        shop.commit(work);
    }

    private void putItem(String branch, long key, long group, @Nullable Long code, @Nullable Long maker) {
        UnitOfWork work = shop.begin(branch);
        if (!work.update(Shop.ITEMS, key, Shop.item(group, code, maker))) {
            work.insert(Shop.ITEMS, key, Shop.item(group, code, maker));
        }
        shop.commit(work);
    }

    private Map<String, Object> item(String ref, long key) {
        CollectionState items =
                Objects.requireNonNull(shop.database().state(Ref.parse(ref)).collection(Shop.ITEMS));
        return items.format().values(Objects.requireNonNull(items.get(key)).document());
    }

    private long count(int collectionId) {
        return Objects.requireNonNull(shop.database().state(Ref.MAIN).collection(collectionId))
                .size();
    }

    private static MergeConflict only(MergePlan plan) {
        assertThat(plan.conflicts()).hasSize(1);
        return plan.conflicts().get(0);
    }

    // ---- one side changed

    @Test
    void document_changedByTheirsOnly_isTheirs() {
        shop.setMaker("sale", 1, 11);
        shop.setMaker("sale", 3, 30);
        delete("sale", 2);

        MergePlan plan = plan("sale", "main");

        assertThat(plan.conflicts()).isEmpty();
        assertThat(plan.changes())
                .extracting(DocumentDiff::operation, DocumentDiff::documentId, DocumentDiff::changedFields)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Operation.UPDATE, 1L, List.of("value")),
                        org.assertj.core.groups.Tuple.tuple(Operation.DELETE, 2L, List.of("id", "value")),
                        org.assertj.core.groups.Tuple.tuple(Operation.INSERT, 3L, List.of("id", "value")));
        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 10L, 2L, 20L));
        apply(plan);
        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 11L, 3L, 30L));
    }

    @Test
    void document_changedByOursOnly_staysOurs() {
        shop.setMaker("main", 1, 11);
        delete("main", 2);
        shop.setMaker("sale", 3, 30);

        merge("sale", "main");

        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 11L, 3L, 30L));
    }

    @Test
    void mergeCommit_anyMerge_namesBothParentsAuthorAndReason() {
        Lsn theirs = shop.setMaker("sale", 1, 11);
        Lsn ours = shop.setMaker("main", 2, 21);

        Commit commit = merge("sale", "main");

        assertThat(commit.parent()).contains(ours);
        assertThat(commit.mergeParent()).contains(theirs);
        assertThat(commit.author()).isEqualTo("ann");
        assertThat(commit.message()).isEqualTo("Merge `sale` into `main`");
        assertThat(shop.database().entries(Ref.parse("main")).get(0).before()).isEqualTo(Map.of("value", 10L));
    }

    @Test
    void merge_ofABranchWithoutNews_isAlreadyMerged() {
        shop.setMaker("main", 1, 11);
        long before = shop.database().lastLsn();

        MergePlan plan = plan("sale", "main");

        assertThat(plan.isAlreadyMerged()).isTrue();
        assertThat(apply(plan)).isEmpty();
        assertThat(shop.database().lastLsn()).isEqualTo(before);
    }

    @Test
    void merge_ontoAnUnmovedBranch_isAMergeCommit() {
        Lsn theirs = shop.setMaker("sale", 1, 11);

        assertThat(merge("sale", "main").mergeParent()).contains(theirs);
        assertThat(plan("sale", "main").isAlreadyMerged()).isTrue();
    }

    // ---- both sides changed

    @Test
    void fields_differentOnesChanged_areBothTaken() {
        putItem("main", 5, 1, 100L, null);
        shop.branch("other", "main");
        putItem("main", 5, 2, 100L, null);
        putItem("other", 5, 1, 200L, null);

        merge("other", "main");

        assertThat(item("main", 5)).isEqualTo(Map.of("grp", 2L, "code", 200L));
    }

    @Test
    void field_changedAlike_isNoConflict() {
        shop.setMaker("main", 1, 15);
        shop.setMaker("sale", 1, 15);

        MergePlan plan = plan("sale", "main");

        assertThat(plan.conflicts()).isEmpty();
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.isAlreadyMerged()).isFalse();
    }

    @Test
    void field_changedAlikeThenBackByTheirs_goesBack() {
        shop.setMaker("main", 1, 15);
        shop.setMaker("sale", 1, 15);
        merge("sale", "main");
        shop.setMaker("sale", 1, 10);

        merge("sale", "main");

        assertThat(shop.makers("main")).containsEntry(1L, 10L);
    }

    @Test
    void field_changedDifferently_conflicts() {
        shop.setMaker("main", 1, 11);
        shop.setMaker("sale", 1, 12);

        MergePlan plan = plan("sale", "main");
        MergeConflict conflict = only(plan);

        assertThat(conflict.kind()).isEqualTo(Kind.FIELD);
        assertThat(conflict.id()).isEqualTo("FIELD maker[1].value");
        assertThat(List.of(
                        Objects.requireNonNull(conflict.base()),
                        Objects.requireNonNull(conflict.ours()),
                        Objects.requireNonNull(conflict.theirs())))
                .isEqualTo(List.of(10L, 11L, 12L));
        assertThat(conflict.text())
                .isEqualTo("`value` of document `1` of `maker` is `11` on `main` and `12` on `sale`; it was `10`");
        assertThatThrownBy(() -> apply(plan))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the plan has 1 open conflicts, the first: " + conflict.text()
                        + "; resolve them by `MergePlan.resolve`");
    }

    @Test
    void fieldConflict_resolved_isAsSaid() {
        shop.setMaker("main", 1, 11);
        shop.setMaker("sale", 1, 12);
        MergePlan plan = plan("sale", "main");
        MergeConflict conflict = only(plan);

        assertThat(plan.resolve(conflict, Resolution.OURS).changes()).isEmpty();
        assertThat(plan.resolve(conflict, Resolution.THEIRS).changes().get(0).after())
                .containsEntry("value", 12L);
        apply(plan.resolve(conflict, Resolution.value(13)));
        assertThat(shop.makers("main")).containsEntry(1L, 13L);
    }

    @Test
    void fieldConflict_resolvedToOurs_isOnRecord() {
        shop.setMaker("main", 1, 11);
        shop.setMaker("sale", 1, 12);

        Commit commit =
                apply(plan("sale", "main").resolveAll(Resolution.Side.OURS)).orElseThrow();

        assertThat(commit.mergeParent()).isPresent();
        assertThat(shop.makers("main")).containsEntry(1L, 11L);
        assertThat(plan("sale", "main").isAlreadyMerged()).isTrue();
    }

    @Test
    void documents_deletedByBoth_areGone() {
        delete("main", 2);
        delete("sale", 2);

        assertThat(plan("sale", "main").conflicts()).isEmpty();
    }

    @Test
    void document_updatedHereDeletedThere_conflicts() {
        shop.setMaker("main", 1, 11);
        delete("sale", 1);

        MergePlan plan = plan("sale", "main");
        MergeConflict conflict = only(plan);

        assertThat(conflict.kind()).isEqualTo(Kind.UPDATE_DELETE);
        assertThat(conflict.theirs()).isNull();
        assertThat(conflict.ours()).isEqualTo(Map.of("id", 1L, "value", 11L));
        assertThat(conflict.text()).isEqualTo("document `1` of `maker` was changed on `main` and deleted on `sale`");
        apply(plan.resolve(conflict, Resolution.THEIRS));
        assertThat(shop.makers("main")).doesNotContainKey(1L);
    }

    @Test
    void document_deletedHereUpdatedThere_conflicts() {
        delete("main", 1);
        shop.setMaker("sale", 1, 12);

        MergePlan plan = plan("sale", "main");
        MergeConflict conflict = only(plan);

        assertThat(conflict.kind()).isEqualTo(Kind.UPDATE_DELETE);
        assertThat(conflict.ours()).isNull();
        assertThat(plan.resolve(conflict, Resolution.OURS).changes()).isEmpty();
        apply(plan.resolve(conflict, Resolution.value(Map.of("value", 14))));
        assertThat(shop.makers("main")).containsEntry(1L, 14L);
    }

    @Test
    void documents_insertedAlike_areOne() {
        shop.setMaker("main", 7, 70);
        shop.setMaker("sale", 7, 70);

        assertThat(plan("sale", "main").conflicts()).isEmpty();
        assertThat(plan("sale", "main").changes()).isEmpty();
    }

    @Test
    void documents_insertedDifferently_conflict() {
        shop.setMaker("main", 7, 70);
        shop.setMaker("sale", 7, 71);

        MergePlan plan = plan("sale", "main");
        MergeConflict conflict = only(plan);

        assertThat(conflict.kind()).isEqualTo(Kind.INSERT_INSERT);
        assertThat(conflict.base()).isNull();
        apply(plan.resolve(conflict, Resolution.THEIRS));
        assertThat(shop.makers("main")).containsEntry(7L, 71L);
    }

    // ---- roles

    private static final MergePolicy VERSIONED = MergePolicy.NONE.with("item", "grp", ColumnRole.VERSION);

    @Test
    void version_raisedByBoth_isTheHighestAndOneMore() {
        putItem("main", 5, 1, 100L, null);
        merge("main", "sale");
        putItem("main", 5, 3, 100L, 1L);
        putItem("sale", 5, 2, 200L, null);

        MergePlan plan = plan(VERSIONED);

        assertThat(plan.conflicts()).isEmpty();
        apply(plan);
        assertThat(item("main", 5)).isEqualTo(Map.of("grp", 4L, "code", 200L, "maker", 1L));
    }

    @Test
    void version_raisedByTheirsOnly_isTheirs() {
        putItem("main", 5, 1, 100L, null);
        merge("main", "sale");
        putItem("sale", 5, 2, 200L, null);

        apply(plan(VERSIONED));

        assertThat(item("main", 5)).isEqualTo(Map.of("grp", 2L, "code", 200L));
    }

    @Test
    void version_raisedByBothWithTheSameContent_staysOurs() {
        putItem("main", 5, 1, 100L, null);
        merge("main", "sale");
        putItem("main", 5, 2, 200L, null);
        putItem("sale", 5, 3, 200L, null);

        assertThat(plan(VERSIONED).changes()).isEmpty();
        assertThat(plan(VERSIONED).conflicts()).isEmpty();
    }

    @Test
    void version_raisedHereOfWhatIsDeletedThere_isNoConflict() {
        putItem("main", 5, 1, 100L, null);
        merge("main", "sale");
        putItem("main", 5, 2, 100L, null);
        UnitOfWork work = shop.begin("sale");
        work.delete(Shop.ITEMS, 5);
        shop.commit(work);

        assertThat(plan(VERSIONED).conflicts()).isEmpty();
        assertThat(plan(VERSIONED).changes()).hasSize(1);
    }

    @Test
    void updateTime_ofBoth_isTheLater() {
        putItem("main", 5, 1, 100L, null);
        merge("main", "sale");
        putItem("main", 5, 30, 100L, 1L);
        putItem("sale", 5, 20, 200L, null);

        apply(plan(MergePolicy.NONE.with("item", "grp", ColumnRole.UPDATE_TIME)));

        assertThat(item("main", 5)).containsEntry("grp", 30L).containsEntry("code", 200L);
    }

    // ---- keys

    @Test
    void uniqueKey_takenOnBothSides_conflicts() {
        putItem("main", 5, 1, 100L, null);
        putItem("sale", 6, 1, 100L, null);

        MergePlan plan = plan("sale", "main");
        MergeConflict conflict = only(plan);

        assertThat(conflict.kind()).isEqualTo(Kind.UNIQUE);
        assertThat(conflict.documentId()).isEqualTo(6L);
        assertThat(conflict.constraint()).isEqualTo("by_code");
        assertThat(conflict.text())
                .isEqualTo("documents `6` and `5` of `item` have the same value of the unique key `by_code`");
        assertThat(plan.resolve(conflict, Resolution.OURS).changes()).isEmpty();
        assertThat(plan.resolve(conflict, Resolution.THEIRS).changes())
                .extracting(DocumentDiff::operation)
                .containsExactly(Operation.DELETE, Operation.INSERT);
        apply(plan.resolve(conflict, Resolution.value(Map.of("code", 101))));
        assertThat(item("main", 6)).containsEntry("code", 101L);
        assertThat(item("main", 5)).containsEntry("code", 100L);
    }

    @Test
    void uniqueKeys_exchangedByTheirs_areNoConflict() {
        putItem("main", 5, 1, 100L, null);
        putItem("main", 6, 1, 200L, null);
        merge("main", "sale");
        UnitOfWork work = shop.begin("sale");
        work.update(Shop.ITEMS, 5, Shop.item(1, null, null));
        work.update(Shop.ITEMS, 6, Shop.item(1, 100L, null));
        work.update(Shop.ITEMS, 5, Shop.item(1, 200L, null));
        shop.commit(work);

        merge("sale", "main");

        assertThat(item("main", 5)).containsEntry("code", 200L);
        assertThat(item("main", 6)).containsEntry("code", 100L);
    }

    @Test
    void parent_deletedHereNamedThere_conflicts() {
        delete("main", 2);
        putItem("sale", 5, 1, null, 2L);

        MergePlan plan = plan("sale", "main");
        MergeConflict conflict = only(plan);

        assertThat(conflict.kind()).isEqualTo(Kind.FOREIGN_KEY);
        assertThat(conflict.collection()).isEqualTo("item");
        assertThat(conflict.text())
                .isEqualTo("document `5` of `item` names a document of `maker` that is not there"
                        + " (foreign key `made_by`)");
        assertThat(plan.resolve(conflict, Resolution.OURS).changes()).isEmpty();
        apply(plan.resolve(conflict, Resolution.THEIRS));
        assertThat(shop.makers("main")).containsEntry(2L, 20L);
        assertThat(item("main", 5)).containsEntry("maker", 2L);
    }

    @Test
    void parent_namedHereDeletedThere_conflicts() {
        putItem("main", 5, 1, null, 2L);
        putItem("main", 6, 1, null, 2L);
        delete("sale", 2);

        MergePlan plan = plan("sale", "main");

        assertThat(plan.conflicts())
                .extracting(MergeConflict::id)
                .containsExactly("FOREIGN_KEY item[5] made_by", "FOREIGN_KEY item[6] made_by");
        MergePlan kept = plan.resolve(plan.conflicts().get(0), Resolution.OURS);
        assertThat(kept.conflicts()).isEmpty();
        assertThat(kept.changes()).isEmpty();
        apply(plan.resolveAll(Resolution.Side.THEIRS));
        assertThat(shop.makers("main")).doesNotContainKey(2L);
        assertThat(count(Shop.ITEMS)).isZero();
    }

    // ---- bases

    @Test
    void merge_again_takesOnlyWhatIsNew() {
        shop.setMaker("sale", 3, 30);
        merge("sale", "main");
        delete("main", 3);
        shop.setMaker("sale", 4, 40);

        MergePlan plan = plan("sale", "main");

        assertThat(plan.changes()).extracting(DocumentDiff::documentId).containsExactly(4L);
        apply(plan);
        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 10L, 2L, 20L, 4L, 40L));
    }

    @Test
    void merge_backAndForth_findsTheNewestBase() {
        shop.setMaker("sale", 1, 11);
        Commit first = merge("sale", "main");
        shop.setMaker("main", 2, 21);
        Commit back = merge("main", "sale");
        shop.setMaker("sale", 1, 12);

        assertThat(back.mergeParent()).isPresent();
        MergePlan plan = plan("sale", "main");
        assertThat(plan.conflicts()).isEmpty();
        assertThat(plan.baseLsn().orElseThrow()).isGreaterThan(first.lsn());
        apply(plan);
        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 12L, 2L, 21L));
    }

    @Test
    void merge_crisscross_mergesTheBasesFirst() {
        Lsn main = shop.setMaker("main", 1, 11);
        Lsn sale = shop.setMaker("sale", 2, 22);
        apply(plan("sale@" + sale, "main"));
        apply(shop.database()
                .merging()
                .planMerge(Ref.parse("main@" + main), "sale", MergePolicy.NONE, DocumentRules.NONE));
        shop.setMaker("sale", 1, 10);

        MergePlan plan = plan("sale", "main");

        // Sale went back to 10 after it had 11: with one of both bases alone that would look like no change, or a
        // conflict.
        assertThat(plan.conflicts()).isEmpty();
        apply(plan);
        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 10L, 2L, 22L));
    }

    @Test
    void merge_crisscrossWithConflictingBases_conflictsAgainOrAgrees() {
        Lsn main = shop.setMaker("main", 1, 11);
        Lsn sale = shop.setMaker("sale", 1, 12);
        apply(plan("sale@" + sale, "main").resolveAll(Resolution.Side.OURS));
        apply(shop.database()
                .merging()
                .planMerge(Ref.parse("main@" + main), "sale", MergePolicy.NONE, DocumentRules.NONE)
                .resolveAll(Resolution.Side.OURS));

        MergePlan plan = plan("sale", "main");

        assertThat(only(plan).kind()).isEqualTo(Kind.FIELD);
        assertThat(only(plan).base()).isNull();
        apply(plan.resolveAll(Resolution.Side.THEIRS));
        assertThat(shop.makers("main")).containsEntry(1L, 12L);
        assertThat(plan("main", "sale").changes()).isEmpty();
    }

    @Test
    void merge_ofABranchOfAPastMoment_beginsThere() {
        Lsn past = shop.setMaker("main", 1, 11);
        shop.setMaker("main", 1, 12);
        shop.branch("old", "main@" + past);
        shop.setMaker("old", 2, 22);

        MergePlan plan = plan("old", "main");

        assertThat(plan.baseLsn()).contains(past);
        apply(plan);
        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 12L, 2L, 22L));
    }

    @Test
    void merge_ofAPastMoment_takesWhatWasThere() {
        Lsn past = shop.setMaker("sale", 1, 11);
        shop.setMaker("sale", 1, 12);

        apply(plan("sale@" + past, "main"));

        assertThat(shop.makers("main")).containsEntry(1L, 11L);
        merge("sale", "main");
        assertThat(shop.makers("main")).containsEntry(1L, 12L);
    }

    @Test
    void merge_afterAReset_goesByTheChainThatIsThere() {
        Lsn before = shop.database().branch("main").headLsn().orElseThrow();
        shop.setMaker("sale", 3, 30);
        merge("sale", "main");
        shop.database().resetBranch("main", before);

        assertThat(shop.makers("main")).doesNotContainKey(3L);
        merge("sale", "main");
        assertThat(shop.makers("main")).containsEntry(3L, 30L);
    }

    @Test
    void merge_ofWhatBothMergedFromABranchThatIsGone_bringsNothingBack() {
        shop.branch("feature", "main");
        shop.setMaker("feature", 3, 30);
        merge("feature", "main");
        merge("feature", "sale");
        shop.database().deleteBranch("feature");
        delete("main", 3);
        shop.setMaker("sale", 4, 40);
        shop.close();
        shop = new Fixture(log);

        merge("sale", "main");

        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 10L, 2L, 20L, 4L, 40L));
    }

    @Test
    void merge_afterReopening_findsTheSameBase() {
        shop.setMaker("sale", 3, 30);
        merge("sale", "main");
        delete("main", 3);
        shop.close();
        shop = new Fixture(log);

        assertThat(plan("sale", "main").isAlreadyMerged()).isTrue();
    }

    // ---- undoing

    private MergePlan revert(Lsn first, Lsn last) {
        return shop.database().merging().planRevert("main", first, last, MergePolicy.NONE, DocumentRules.NONE);
    }

    @Test
    void revert_ofAnOlderCommit_keepsNewerWork() {
        Lsn wrong = shop.setMaker("main", 1, 99);
        shop.setMaker("main", 2, 21);

        MergePlan plan = revert(wrong, wrong);
        Commit commit = apply(plan).orElseThrow();

        assertThat(plan.kind()).isEqualTo(MergePlan.Kind.REVERT);
        assertThat(plan.source()).isEqualTo("main@" + wrong);
        assertThat(commit.mergeParent()).isEmpty();
        assertThat(commit.message()).isEqualTo("Revert `main@" + wrong + "`");
        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 10L, 2L, 21L));
    }

    @Test
    void revert_ofWhatWasChangedSince_conflicts() {
        Lsn wrong = shop.setMaker("main", 1, 99);
        shop.setMaker("main", 1, 98);

        MergeConflict conflict = only(revert(wrong, wrong));

        assertThat(conflict.text())
                .isEqualTo("`value` of document `1` of `maker` is `98` on `main` and `10` on `main@" + wrong
                        + "`; it was `99`");
    }

    @Test
    void revert_ofARevert_bringsTheWorkBack() {
        Lsn work = shop.setMaker("main", 1, 99);
        Commit undone = apply(revert(work, work)).orElseThrow();

        apply(revert(undone.lsn(), undone.lsn()));

        assertThat(shop.makers("main")).containsEntry(1L, 99L);
    }

    @Test
    void revert_ofSeveralCommits_goesBackBehindAll() {
        Lsn first = shop.setMaker("main", 1, 98);
        shop.setMaker("main", 1, 99);
        Lsn last = shop.setMaker("main", 3, 30);
        shop.setMaker("main", 4, 40);

        apply(revert(first, last));

        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 10L, 2L, 20L, 4L, 40L));
    }

    @Test
    void revert_ofAVersionedChange_raisesTheVersion() {
        putItem("main", 5, 1, 100L, null);
        putItem("main", 5, 2, 200L, null);
        Lsn wrong = shop.database().branch("main").headLsn().orElseThrow();

        apply(shop.database().merging().planRevert("main", wrong, wrong, VERSIONED, DocumentRules.NONE));

        assertThat(item("main", 5)).isEqualTo(Map.of("grp", 3L, "code", 100L));
    }

    @Test
    void revert_ofNoCommit_isRefused() {
        Lsn lsn = shop.database().branch("sale").headLsn().orElseThrow();
        shop.setMaker("sale", 1, 11);
        Lsn later = shop.setMaker("main", 1, 12);

        assertThatThrownBy(() -> revert(new Lsn(later.value() - 1), new Lsn(later.value() - 1)))
                .isInstanceOf(UnknownRefException.class)
                .hasMessage("`main` has no commit at lsn " + (later.value() - 1) + "; the newest below is at lsn " + lsn
                        + "; list commits with `Argon.commits(ref, limit)` or `SELECT * FROM argon.commits`");
        assertThatThrownBy(() -> revert(later, lsn))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the newest commit to undo, lsn " + lsn + ", is older than the oldest, lsn " + later
                        + "; exchange them");
    }

    // ---- refusals

    @Test
    void resolve_ofAnotherConflict_isRefused() {
        shop.setMaker("main", 1, 11);
        shop.setMaker("sale", 1, 12);
        MergePlan plan = plan("sale", "main");
        MergeConflict conflict = only(plan);
        MergePlan resolved = plan.resolve(conflict, Resolution.OURS);

        assertThatThrownBy(() -> resolved.resolve(conflict, Resolution.THEIRS))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the plan has no open conflict `FIELD maker[1].value`");
    }

    @Test
    void plan_ofAnotherDatabase_isRefused() {
        shop.setMaker("sale", 1, 11);
        MergePlan plan = plan("sale", "main");
        try (Fixture other = Fixture.inMemory()) {
            assertThatThrownBy(() -> other.database().merging().merge(plan, "", ""))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("the plan merge of `sale` into `main`: 1 changes, 0 conflicts is of another database;"
                            + " plan on this one");
        }
    }

    @Test
    void branch_withPrivateSequences_isRefused() {
        shop.database().createBranch("private", Ref.MAIN, BranchOptions.PRIVATE_SEQUENCES);
        shop.setMaker("private", 1, 11);

        assertThatThrownBy(() -> plan("private", "main"))
                .isInstanceOf(UnsupportedException.class)
                .hasMessage("`private` has sequences of its own, so its rows may have the ids of others;"
                        + " it cannot be merged");
        assertThatThrownBy(() -> plan("main", "private")).isInstanceOf(UnsupportedException.class);
    }

    // ---- schemas

    private void changeSchema(String branch, int variant) {
        UnitOfWork work = shop.begin(branch);
        work.changeSchema(Shop.schema(variant));
        shop.commit(work);
    }

    @Test
    void schema_changedByTheirsOnly_isTakenWithItsRows() {
        changeSchema("sale", Shop.WITH_INDEX | Shop.WITH_NOTES);
        UnitOfWork work = shop.begin("sale");
        work.insert(Shop.NOTES, 1, Shop.maker(1, 100));
        shop.commit(work);
        shop.setMaker("main", 1, 11);

        merge("sale", "main");

        assertThat(shop.database().schema(Ref.MAIN)).isEqualTo(Shop.schema(Shop.WITH_INDEX | Shop.WITH_NOTES));
        CollectionState notes =
                Objects.requireNonNull(shop.database().state(Ref.MAIN).collection(Shop.NOTES));
        assertThat(notes.size()).isEqualTo(1);
        CollectionState makers =
                Objects.requireNonNull(shop.database().state(Ref.MAIN).collection(Shop.MAKERS));
        assertThat(makers.indexTree(0).size()).isEqualTo(2);
        assertThat(shop.makers("main")).containsEntry(1L, 11L);
    }

    @Test
    void schema_changedByOursOnly_stays() {
        changeSchema("main", Shop.RENAMED);
        putItem("sale", 5, 1, 100L, null);

        merge("sale", "main");

        assertThat(item("main", 5)).isEqualTo(Map.of("team", 1L, "code", 100L));
    }

    @Test
    void schema_changedByBoth_isRefused() {
        changeSchema("main", Shop.WITH_NOTES);
        changeSchema("sale", Shop.RENAMED);
        long base = shop.database().branch("sale").baseLsn().orElseThrow().value();

        assertThatThrownBy(() -> plan("sale", "main"))
                .isInstanceOf(UnsupportedException.class)
                .hasMessage(
                        "the schemas of `sale` and `main` were both changed since lsn " + base
                                + "; merging schemas is not there yet: make the same definitions on both sides, then plan again");
    }

    @Test
    void table_droppedThereChangedHere_isRefused() {
        changeSchema("main", Shop.WITH_NOTES);
        merge("main", "sale");
        long base = shop.database().branch("main").headLsn().orElseThrow().value();
        changeSchema("sale", 0);
        UnitOfWork work = shop.begin("main");
        work.insert(Shop.NOTES, 1, Shop.maker(1, 100));
        shop.commit(work);

        assertThatThrownBy(() -> plan("sale", "main"))
                .isInstanceOf(UnsupportedException.class)
                .hasMessage("`note` was altered on `sale`, and rows of it were changed on `main` since lsn " + base
                        + "; merging both is not there yet: alter it there as well, then plan again");
        assertThat(new HashMap<>(shop.makers("sale"))).isEqualTo(Map.of(1L, 10L, 2L, 20L));
    }
}
