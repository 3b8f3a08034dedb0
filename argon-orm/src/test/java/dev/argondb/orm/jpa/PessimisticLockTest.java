package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Timeout;
import java.util.List;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Locked rows. A database may make the rival wait or let the first committer win; in both, of two transactions of which one
 * locked a row and the other changed it, exactly one succeeds.
 */
class PessimisticLockTest extends JpaFeatureTest {
    PessimisticLockTest() {
        super(Account.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = LockModeType.class,
            names = {"PESSIMISTIC_READ", "PESSIMISTIC_WRITE"})
    void find_withLock_givesTheLockedEntity(LockModeType mode) {
        Account account = saved(100);

        inTransaction(session -> {
            Account found = session.find(Account.class, account.id, mode);
            assertThat(found.balance).isEqualTo(100);
            assertThat(session.getLockMode(found)).isEqualTo(mode);
        });
        assertThat(sql().containing("for update")).isNotEmpty();
    }

    @Test
    void lock_afterRead_seesTheCurrentRow() {
        Account account = saved(100);

        inTransaction(session -> {
            Account found = session.find(Account.class, account.id);
            session.lock(found, LockModeType.PESSIMISTIC_WRITE);
            assertThat(session.getCurrentLockMode(found)).isEqualTo(LockMode.PESSIMISTIC_WRITE);
            found.balance += 1;
        });

        assertThat(find(account).balance).isEqualTo(101);
    }

    @Test
    void refresh_withLock_rereadsTheRow() {
        Account account = saved(100);

        inTransaction(session -> {
            Account found = session.find(Account.class, account.id);
            found.balance = -1;
            session.refresh(found, LockModeType.PESSIMISTIC_WRITE);
            assertThat(found.balance).isEqualTo(100);
        });
    }

    @Test
    void query_withLock_locksWhatItFinds() {
        saved(100);
        saved(200);

        List<Account> found = fromTransaction(session -> session.createSelectionQuery(
                        "from Account a where a.balance > 150 order by a.id", Account.class)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList());

        assertThat(found).singleElement().satisfies(a -> assertThat(a.balance).isEqualTo(200));
        assertThat(sql().containing("for update")).hasSize(1);
    }

    @Test
    void query_withLockAndLimit_locksThePage() {
        saved(1);
        saved(2);
        saved(3);

        List<Account> found = fromTransaction(
                session -> session.createSelectionQuery("from Account a order by a.balance", Account.class)
                        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                        .setFirstResult(1)
                        .setMaxResults(1)
                        .getResultList());

        assertThat(found).extracting(a -> a.balance).containsExactly(2L);
    }

    @Test
    void lockedRow_changedByAnother_exactlyOneSucceeds() {
        Account account = saved(100);

        Rivalry[] outcomes = race(
                account,
                session -> session.find(Account.class, account.id, LockModeType.PESSIMISTIC_WRITE).balance = 1);

        assertThat(outcomes).containsExactlyInAnyOrder(Rivalry.WON, Rivalry.LOST);
        assertThat(find(account).balance).isEqualTo(outcomes[0] == Rivalry.WON ? 1 : 2);
    }

    @Test
    void lockedRowNotChanged_changedByAnother_exactlyOneSucceeds() {
        Account account = saved(100);

        Rivalry[] outcomes =
                race(account, session -> session.find(Account.class, account.id, LockModeType.PESSIMISTIC_WRITE));

        assertThat(outcomes).containsExactlyInAnyOrder(Rivalry.WON, Rivalry.LOST);
    }

    @Test
    void lockedRow_lockedByAnotherWithoutWaiting_exactlyOneChangeSucceeds() {
        Account account = saved(100);
        Rivalry[] outcomes = new Rivalry[2];

        outcomes[0] = Rivalry.of(() -> inTransaction(session -> {
            session.find(Account.class, account.id, LockModeType.PESSIMISTIC_WRITE).balance += 1;
            outcomes[1] = Rivalry.of(() -> inTransaction(rival ->
                    rival.find(Account.class, account.id, LockModeType.PESSIMISTIC_WRITE, Timeout.milliseconds(0))
                            .balance += 1));
        }));

        assertThat(outcomes).containsExactlyInAnyOrder(Rivalry.WON, Rivalry.LOST);
        assertThat(find(account).balance).isEqualTo(101);
    }

    @Test
    void lockedRow_otherRowChangedByAnother_bothSucceed() {
        Account account = saved(100);
        Account other = saved(200);

        inTransaction(session -> {
            session.find(Account.class, account.id, LockModeType.PESSIMISTIC_WRITE).balance = 1;
            inTransaction(rival -> rival.find(Account.class, other.id).balance = 2);
        });

        assertThat(find(account).balance).isEqualTo(1);
        assertThat(find(other).balance).isEqualTo(2);
    }

    /** The first transaction works on the account and stays open while a second one changes it. */
    private Rivalry[] race(Account account, java.util.function.Consumer<Session> work) {
        Rivalry[] outcomes = new Rivalry[2];
        outcomes[0] = Rivalry.of(() -> inTransaction(session -> {
            work.accept(session);
            session.flush();
            outcomes[1] = Rivalry.of(() -> inTransaction(rival -> rival.find(Account.class, account.id).balance = 2));
        }));
        return outcomes;
    }

    private Account saved(long balance) {
        Account account = new Account();
        account.balance = balance;
        save(account);
        return account;
    }

    @Entity(name = "Account")
    static class Account {
        @Id
        @GeneratedValue
        Long id;

        long balance;
    }
}
