package dev.argondb.engine.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Branch;
import dev.argondb.BranchOptions;
import dev.argondb.Commit;
import dev.argondb.ConflictException;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.Operation;
import dev.argondb.ReadOnlyException;
import dev.argondb.Ref;
import dev.argondb.UnknownRefException;
import dev.argondb.WalEntry;
import dev.argondb.engine.model.Fixture;
import dev.argondb.engine.model.KeptLog;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.work.UnitOfWork;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BranchTest {

    private final Fixture shop = Fixture.inMemory();

    @Test
    void branch_writtenTo_leavesItsParentAlone() {
        shop.setMaker("main", 1, 10);
        shop.branch("feature", "main");
        shop.setMaker("feature", 1, 11);
        shop.setMaker("main", 2, 20);

        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 10L, 2L, 20L));
        assertThat(shop.makers("feature")).isEqualTo(Map.of(1L, 11L));
    }

    @Test
    void branch_atItsParentsLsn_readsTheParent() {
        Lsn first = shop.setMaker("main", 1, 10);
        shop.setMaker("main", 1, 20);
        shop.branch("feature", "main");
        shop.setMaker("feature", 1, 30);

        assertThat(shop.makers("feature@" + first)).isEqualTo(Map.of(1L, 10L));
    }

    @Test
    void branch_ofAPastLsn_beginsThere() {
        Lsn first = shop.setMaker("main", 1, 10);
        shop.setMaker("main", 1, 20);
        shop.branch("old", "main@" + first);

        assertThat(shop.makers("old")).isEqualTo(Map.of(1L, 10L));
        assertThat(shop.database().branch("old").baseLsn()).contains(first);
    }

    @Test
    void time_betweenCommits_readsTheEarlierOne() {
        shop.clock().set("2026-11-23T10:00:01Z");
        shop.setMaker("main", 1, 10);
        shop.clock().set("2026-11-23T10:00:05Z");
        shop.setMaker("main", 1, 20);

        assertThat(shop.makers("main@2026-11-23T10:00:04Z")).isEqualTo(Map.of(1L, 10L));
        assertThat(shop.makers("main@2026-11-23T10:00:05Z")).isEqualTo(Map.of(1L, 20L));
        assertThat(shop.makers("main@2020-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void time_ofAClockThatWentBack_neverDecreases() {
        shop.setMaker("main", 1, 10);
        shop.clock().set("2020-01-01T00:00:00Z");
        shop.setMaker("main", 1, 20);

        List<Commit> commits = shop.database().commits(Ref.parse("main"), 2);
        assertThat(commits.get(0).time()).isEqualTo(commits.get(1).time());
    }

    @Test
    void reset_toAnEarlierLsn_hidesWhatFellOff() {
        Lsn kept = shop.setMaker("main", 1, 10);
        Lsn dropped = shop.setMaker("main", 1, 20);
        Branch before = shop.database().branch("main");
        Branch after = shop.database().resetBranch("main", kept);
        Lsn later = shop.setMaker("main", 2, 30);

        assertThat(after.epoch()).isEqualTo(before.epoch() + 1);
        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 10L, 2L, 30L));
        assertThat(shop.makers("main@" + kept)).isEqualTo(Map.of(1L, 10L));
        assertThat(shop.makers("main@" + later)).isEqualTo(Map.of(1L, 10L, 2L, 30L));
        assertThatThrownBy(() -> shop.makers("main@" + dropped))
                .isInstanceOf(UnknownRefException.class)
                .hasMessage("lsn " + dropped + " of `main` was discarded by the reset at lsn " + (dropped.value() + 1)
                        + ", which went back to lsn " + kept + "; read at or below that, or after the reset");
    }

    @Test
    void reset_underABranchOfWhatFellOff_leavesThatBranchWhole() {
        Lsn kept = shop.setMaker("main", 1, 10);
        Lsn dropped = shop.setMaker("main", 1, 20);
        shop.branch("feature", "main");
        shop.setMaker("feature", 3, 30);
        shop.database().resetBranch("main", kept);

        assertThat(shop.makers("feature")).isEqualTo(Map.of(1L, 20L, 3L, 30L));
        assertThat(shop.makers("feature@" + dropped)).isEqualTo(Map.of(1L, 20L));
    }

    @Test
    void reset_underAnOpenTransaction_refusesItsCommit() {
        Lsn kept = shop.setMaker("main", 1, 10);
        shop.setMaker("main", 1, 20);
        UnitOfWork work = shop.begin("main");
        shop.putMaker(work, 9, 9);
        shop.database().resetBranch("main", kept);

        assertThatThrownBy(() -> shop.commit(work))
                .isInstanceOf(ConflictException.class)
                .hasMessage("`main` was reset after this transaction began; retry the transaction");
    }

    @Test
    void name_ofADeletedBranch_isFreeAgain() {
        shop.branch("feature", "main");
        long id = shop.database().branch("feature").id();
        shop.database().deleteBranch("feature");
        shop.branch("feature", "main");

        assertThat(shop.database().branch("feature").id()).isNotEqualTo(id);
    }

    @Test
    void commit_onADeletedBranch_isRefused() {
        shop.branch("feature", "main");
        UnitOfWork work = shop.begin("feature");
        shop.putMaker(work, 1, 1);
        shop.database().deleteBranch("feature");

        assertThatThrownBy(() -> shop.commit(work))
                .isInstanceOf(UnknownRefException.class)
                .hasMessage("the branch this transaction began on was deleted; nothing was committed");
    }

    @Test
    void branch_ofATakenName_isRefused() {
        assertThatThrownBy(() -> shop.branch("main", "main"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("branch `main` exists already; delete it, or choose another name");
    }

    @Test
    void branch_unknown_namesTheNearest() {
        shop.branch("feature", "main");

        assertThatThrownBy(() -> shop.makers("featrue"))
                .isInstanceOf(UnknownRefException.class)
                .hasMessage("branch `featrue` does not exist; nearest: `feature`, `main`; list them with"
                        + " `Argon.branches()` or `SELECT * FROM argon.branches`");
    }

    @Test
    void lsn_beyondTheLog_isRefused() {
        assertThatThrownBy(() -> shop.makers("main@99999"))
                .isInstanceOf(UnknownRefException.class)
                .hasMessageStartingWith("lsn 99999 of `main` is beyond the end of the log at lsn ");
    }

    @Test
    void write_onAPastMoment_isRefused() {
        Lsn lsn = shop.setMaker("main", 1, 10);
        UnitOfWork past = shop.begin("main@" + lsn);

        assertThatThrownBy(() -> past.insert(Shop.MAKERS, 2, Shop.maker(2, 2)))
                .isInstanceOf(ReadOnlyException.class)
                .hasMessage("`main@" + lsn + "` is a past moment and read-only; create a branch there"
                        + " (`createBranch(\"name\", \"main@" + lsn + "\")`) and write on it");
    }

    @Test
    void tag_afterAReset_stillNamesItsCommit() {
        Lsn kept = shop.setMaker("main", 1, 10);
        shop.setMaker("main", 1, 20);
        shop.database().createTag("v1", Ref.parse("main"));
        shop.database().resetBranch("main", kept);

        assertThat(shop.makers("tag:v1")).isEqualTo(Map.of(1L, 20L));
        shop.database().deleteTag("v1");
        assertThatThrownBy(() -> shop.makers("tag:v1")).hasMessageStartingWith("tag `v1` does not exist");
    }

    @Test
    void entries_ofACommit_tellBeforeAndAfter() {
        Lsn first = shop.setMaker("main", 1, 10);
        Lsn second = shop.setMaker("main", 1, 20);

        WalEntry entry = shop.database().entries(Ref.parse("main")).get(0);
        assertThat(entry.lsn()).isEqualTo(second);
        assertThat(entry.operation()).isEqualTo(Operation.UPDATE);
        assertThat(entry.collection()).isEqualTo("maker");
        assertThat(entry.documentId()).isEqualTo(1L);
        assertThat(entry.previousLsn()).contains(first);
        assertThat(entry.after()).isEqualTo(Map.of("id", 1L, "value", 20L));
        assertThat(entry.before()).isEqualTo(Map.of("value", 10L));
    }

    @Test
    void everything_afterRecovery_isAsBefore() {
        KeptLog log = new KeptLog();
        Fixture before = new Fixture(log);
        Lsn first = before.setMaker("main", 1, 10);
        before.branch("feature", "main@" + first);
        before.setMaker("main", 1, 20);
        before.setMaker("feature", 2, 30);
        before.database().createTag("v1", Ref.parse("feature"));
        before.branch("gone", "main");
        before.database().deleteBranch("gone");
        before.branch("of-tag", "tag:v1");
        before.database().resetBranch("main", first);
        before.database().renameBranch("feature", "renamed");

        Fixture after = new Fixture(log);

        assertThat(after.database().branches()).isEqualTo(before.database().branches());
        assertThat(after.database().tags()).isEqualTo(before.database().tags());
        assertThat(after.makers("main")).isEqualTo(before.makers("main"));
        assertThat(after.makers("renamed")).isEqualTo(before.makers("renamed"));
        assertThat(after.makers("of-tag")).isEqualTo(before.makers("of-tag"));
        assertThat(after.makers("tag:v1")).isEqualTo(before.makers("tag:v1"));
        assertThatThrownBy(() -> after.makers("main@" + (first.value() + 2)))
                .hasMessageContaining("was discarded by the reset");
    }

    @Test
    void privateSequences_goOnFromTheForkPoint() {
        shop.database().sequences().next(0, 40);
        shop.database().sequences().next(0, 40);
        long main = shop.database().branch("main").id();
        long one = privateBranch("one");
        long two = privateBranch("two");

        assertThat(shop.database().sequences().next(one, 40)).isEqualTo(2);
        assertThat(shop.database().sequences().next(one, 40)).isEqualTo(3);
        assertThat(shop.database().sequences().next(two, 40)).isEqualTo(2);
        assertThat(shop.database().sequences().next(main, 40)).isEqualTo(2);
    }

    private long privateBranch(String name) {
        return shop.database()
                .createBranch(name, Ref.parse("main"), BranchOptions.PRIVATE_SEQUENCES)
                .id();
    }

    @Test
    void sequence_afterACleanClose_goesOnWithoutAGap() {
        KeptLog log = new KeptLog();
        Fixture before = new Fixture(log);
        long main = before.database().branch("main").id();
        before.database().sequences().next(main, 40);
        before.database().sequences().next(main, 40);
        long one = before.database()
                .createBranch("one", Ref.parse("main"), BranchOptions.PRIVATE_SEQUENCES)
                .id();
        before.database().sequences().next(one, 40);
        before.close();

        Fixture after = new Fixture(log);

        assertThat(after.database().sequences().next(main, 40)).isEqualTo(2);
        assertThat(after.database().sequences().next(one, 40)).isEqualTo(3);
    }
}
