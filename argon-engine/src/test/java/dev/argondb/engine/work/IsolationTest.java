package dev.argondb.engine.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.ClosedException;
import dev.argondb.ConflictException;
import dev.argondb.ConstraintException;
import dev.argondb.Lsn;
import dev.argondb.engine.model.Fixture;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.state.DocumentKeys;
import dev.argondb.engine.tree.KeyRange;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IsolationTest {

    private final Fixture shop = Fixture.inMemory();

    @Test
    void sameDocument_writtenTwice_firstCommitterWins() {
        Lsn start = shop.setMaker("main", 1, 10);
        UnitOfWork one = shop.begin("main");
        UnitOfWork two = shop.begin("main");
        shop.putMaker(one, 1, 11);
        shop.putMaker(two, 1, 12);
        Lsn first = shop.commit(one);

        assertThatThrownBy(() -> shop.commit(two))
                .isInstanceOf(ConflictException.class)
                .hasMessage("key `1` of `maker` changed on `main` at lsn " + first
                        + " after this transaction's snapshot at lsn " + start + "; retry the transaction");
        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 11L));
    }

    @Test
    void differentDocuments_bothCommit() {
        UnitOfWork one = shop.begin("main");
        UnitOfWork two = shop.begin("main");
        shop.putMaker(one, 1, 11);
        shop.putMaker(two, 2, 12);
        shop.commit(one);
        shop.commit(two);

        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 11L, 2L, 12L));
    }

    @Test
    void document_deletedUnderAnUpdate_conflicts() {
        shop.setMaker("main", 1, 10);
        UnitOfWork update = shop.begin("main");
        UnitOfWork delete = shop.begin("main");
        shop.putMaker(update, 1, 11);
        delete.delete(Shop.MAKERS, 1);
        shop.commit(delete);

        assertThatThrownBy(() -> shop.commit(update))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("key `1` of `maker` was deleted on `main`");
    }

    @Test
    void uniqueValue_takenByBoth_secondIsRefused() {
        UnitOfWork one = shop.begin("main");
        UnitOfWork two = shop.begin("main");
        one.insert(Shop.ITEMS, 1, Shop.item(0, 7L, null));
        two.insert(Shop.ITEMS, 2, Shop.item(0, 7L, null));
        shop.commit(one);

        assertThatThrownBy(() -> shop.commit(two))
                .isInstanceOf(ConstraintException.class)
                .hasMessage("the unique key `by_code` of `item` already has the value of document `1`");
    }

    @Test
    void sameKey_insertedByBoth_secondIsRefused() {
        UnitOfWork one = shop.begin("main");
        UnitOfWork two = shop.begin("main");
        shop.putMaker(one, 1, 1);
        shop.putMaker(two, 1, 2);
        shop.commit(one);

        assertThatThrownBy(() -> shop.commit(two))
                .isInstanceOf(ConstraintException.class)
                .hasMessage("the primary key of `maker` already has the value of document `1`");
    }

    @Test
    void parent_removedUnderANewChild_childIsRefused() {
        shop.setMaker("main", 1, 10);
        UnitOfWork child = shop.begin("main");
        UnitOfWork remove = shop.begin("main");
        child.insert(Shop.ITEMS, 5, Shop.item(0, null, 1L));
        remove.delete(Shop.MAKERS, 1);
        shop.commit(remove);

        assertThatThrownBy(() -> shop.commit(child))
                .isInstanceOf(ConstraintException.class)
                .hasMessage("document `5` of `item` names a document of `maker` that another commit removed"
                        + " (foreign key `made_by`); retry the transaction");
    }

    @Test
    void child_addedUnderARemovedParent_removalIsRefused() {
        shop.setMaker("main", 1, 10);
        UnitOfWork child = shop.begin("main");
        UnitOfWork remove = shop.begin("main");
        child.insert(Shop.ITEMS, 5, Shop.item(0, null, 1L));
        remove.delete(Shop.MAKERS, 1);
        shop.commit(child);

        assertThatThrownBy(() -> shop.commit(remove))
                .isInstanceOf(ConstraintException.class)
                .hasMessage("document `1` of `maker` is named by a document of `item` that another commit wrote"
                        + " (foreign key `made_by`); retry the transaction");
    }

    @Test
    void lockedDocument_changedByAnother_conflicts() {
        shop.setMaker("main", 1, 10);
        UnitOfWork locker = shop.begin("main");
        locker.lock(Shop.MAKERS, 1);
        shop.putMaker(locker, 2, 20);
        shop.setMaker("main", 1, 11);

        assertThatThrownBy(() -> shop.commit(locker)).isInstanceOf(ConflictException.class);
    }

    @Test
    void lockedDocument_nothingWrittenAndChangedByAnother_conflicts() {
        shop.setMaker("main", 1, 10);
        UnitOfWork locker = shop.begin("main");
        locker.lock(Shop.MAKERS, 1);
        shop.setMaker("main", 1, 11);

        assertThatThrownBy(() -> shop.commit(locker)).isInstanceOf(ConflictException.class);
    }

    @Test
    void sameDocument_lockedByBothWritingElsewhere_secondConflicts() {
        Lsn start = shop.setMaker("main", 1, 10);
        UnitOfWork one = shop.begin("main");
        UnitOfWork two = shop.begin("main");
        one.lock(Shop.MAKERS, 1);
        two.lock(Shop.MAKERS, 1);
        one.insert(Shop.ITEMS, 1, Shop.item(0, null, 1L));
        two.insert(Shop.ITEMS, 2, Shop.item(0, null, 1L));
        Lsn first = shop.commit(one);

        assertThatThrownBy(() -> shop.commit(two))
                .isInstanceOf(ConflictException.class)
                .hasMessage("key `1` of `maker` was locked on `main` at lsn " + first
                        + " after this transaction's snapshot at lsn " + start + "; retry the transaction");
    }

    @Test
    void lockedDocument_lockedAgainLater_commits() {
        shop.setMaker("main", 1, 10);
        for (long i = 0; i < 3; i++) {
            UnitOfWork work = shop.begin("main");
            work.lock(Shop.MAKERS, 1);
            work.insert(Shop.ITEMS, i, Shop.item(0, null, 1L));
            shop.commit(work);
        }
        Lsn written = shop.setMaker("main", 1, 11);

        assertThat(shop.database().entries(dev.argondb.Ref.parse("main")).get(0).lsn())
                .isEqualTo(written);
    }

    @Test
    void writeSkew_underSnapshot_passes() {
        UnitOfWork[] both = skew(false);
        shop.commit(both[0]);
        shop.commit(both[1]);

        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 0L, 2L, 0L));
    }

    @Test
    void writeSkew_underSerializable_isRefused() {
        UnitOfWork[] both = skew(true);
        shop.commit(both[0]);

        assertThatThrownBy(() -> shop.commit(both[1]))
                .isInstanceOf(ConflictException.class)
                .hasMessageStartingWith(
                        "what this serializable transaction read in `maker` changed between its snapshot");
    }

    private UnitOfWork[] skew(boolean serializable) {
        shop.setMaker("main", 1, 1);
        shop.setMaker("main", 2, 1);
        UnitOfWork[] both = new UnitOfWork[2];
        for (int i = 0; i < 2; i++) {
            both[i] = serializable ? shop.beginSerializable("main") : shop.begin("main");
            both[i].recordRead(Shop.MAKERS, ReadSet.DOCUMENTS, KeyRange.ALL);
            shop.putMaker(both[i], i + 1L, 0);
        }
        return both;
    }

    @Test
    void phantom_inAReadRange_isRefusedUnderSerializable() {
        UnitOfWork reader = shop.beginSerializable("main");
        reader.recordRead(
                Shop.MAKERS, ReadSet.DOCUMENTS, new KeyRange(DocumentKeys.ofLong(10), DocumentKeys.ofLong(20)));
        shop.putMaker(reader, 1, 1);
        shop.setMaker("main", 15, 0);

        assertThatThrownBy(() -> shop.commit(reader)).isInstanceOf(ConflictException.class);
    }

    @Test
    void phantom_outsideAReadRange_passesUnderSerializable() {
        UnitOfWork reader = shop.beginSerializable("main");
        reader.recordRead(
                Shop.MAKERS, ReadSet.DOCUMENTS, new KeyRange(DocumentKeys.ofLong(10), DocumentKeys.ofLong(20)));
        shop.putMaker(reader, 1, 1);
        shop.setMaker("main", 20, 0);

        shop.commit(reader);
    }

    @Test
    void savepoint_rolledBackTo_takesBackWhatCameAfter() {
        UnitOfWork work = shop.begin("main");
        work.insert(Shop.ITEMS, 1, Shop.item(1, 1L, null));
        UnitOfWork.Savepoint savepoint = work.savepoint();
        work.insert(Shop.ITEMS, 2, Shop.item(1, 2L, null));
        work.update(Shop.ITEMS, 1, Shop.item(2, 3L, null));
        work.rollbackTo(savepoint);
        work.insert(Shop.ITEMS, 3, Shop.item(1, 2L, null));
        shop.commit(work);

        assertThat(shop.database().entries(dev.argondb.Ref.parse("main")))
                .extracting(entry -> entry.documentId())
                .containsExactly(1L, 3L);
    }

    @Test
    void unitOfWork_thatChangedNothingInTheEnd_makesNoCommit() {
        UnitOfWork work = shop.begin("main");
        shop.putMaker(work, 1, 1);
        work.delete(Shop.MAKERS, 1);

        assertThat(work.commit("ann", "nothing")).isEmpty();
    }

    @Test
    void unitOfWork_afterItsEnd_isClosed() {
        UnitOfWork work = shop.begin("main");
        work.rollback();

        assertThatThrownBy(() -> work.view(Shop.MAKERS))
                .isInstanceOf(ClosedException.class)
                .hasMessage("the unit of work on `main` has ended; begin another");
    }
}
