package com.example.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.example.library.catalog.Book;
import com.example.library.catalog.Books;
import com.example.library.catalog.Copies;
import com.example.library.catalog.Copy;
import com.example.library.catalog.Publications;
import com.example.library.loans.LendingDesk;
import com.example.library.loans.Loan;
import com.example.library.loans.LoanDeclinedException;
import com.example.library.loans.Loans;
import com.example.library.loans.Reservation;
import com.example.library.loans.Reservations;
import com.example.library.members.Members;
import com.example.library.members.Registration;
import com.example.library.members.WelcomeFailedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.ObjectOptimisticLockingFailureException;
import org.springframework.test.context.jdbc.Sql;
import org.springframework.test.context.jdbc.SqlMergeMode;
import org.springframework.test.jdbc.JdbcTestUtils;
import org.springframework.transaction.support.TransactionTemplate;

/** What is committed and what is not: no transaction around the tests, a script cleans up before each. */
@SpringBootTest
@AutoConfigureMockMvc
@Sql("/sql/clean.sql")
@SqlMergeMode(SqlMergeMode.MergeMode.MERGE)
class TransactionRulesTest {

    @Autowired
    private LendingDesk desk;

    @Autowired
    private Registration registration;

    @Autowired
    private Books books;

    @Autowired
    private Copies copies;

    @Autowired
    private Members members;

    @Autowired
    private Loans loans;

    @Autowired
    private Publications publications;

    @Autowired
    private Reservations reservations;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transactions;

    @Test
    void aDeclinedLoanIsRemembered() {
        assertThatThrownBy(() -> desk.borrow("M-102", "GO-1")).isInstanceOf(LoanDeclinedException.class);

        assertThat(JdbcTestUtils.countRowsInTable(jdbc, "loan")).isZero();
        assertThat(jdbc.queryForMap("select card_number, reason from declined_loan"))
                .containsEntry("card_number", "M-102")
                .containsEntry("reason", "Edgar Codd is suspended");
    }

    @Test
    void aMemberWhoCannotBeWelcomedIsNone() {
        assertThatThrownBy(() -> registration.register("T-1", "Nobody", "nobody@example.invalid", null))
                .isInstanceOf(WelcomeFailedException.class);

        assertThat(members.findByCardNumber("T-1")).isEmpty();
    }

    @Test
    void anAddressIsChangedAlsoIfTheNoticeFails() {
        assertThatThrownBy(() -> registration.changeEmail("M-101", "grace@example.invalid"))
                .isInstanceOf(WelcomeFailedException.class);

        assertThat(members.findByCardNumber("M-101").orElseThrow().getEmail()).isEqualTo("grace@example.invalid");
    }

    @Test
    void anErrorTakesEverythingBack() {
        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
                    desk.borrow("M-100", "GO-1");
                    jdbc.update("update member set name = 'Somebody'");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(loans.count()).isZero();
        assertThat(members.findByCardNumber("M-100").orElseThrow().getName()).isEqualTo("Ada Byron");
    }

    @Test
    void aTransactionMarkedForRollbackIsNotCommitted() {
        transactions.executeWithoutResult(status -> {
            desk.borrow("M-100", "GO-1");
            status.setRollbackOnly();
        });

        assertThat(loans.count()).isZero();
    }

    @Test
    void aSavepointTakesPartOfAPlainTransactionBack() {
        var plain = new TransactionTemplate(
                new org.springframework.jdbc.support.JdbcTransactionManager(jdbc.getDataSource()));
        plain.executeWithoutResult(status -> {
            jdbc.update("insert into declined_loan (card_number, barcode, reason) values ('T-1', 'X', 'first')");
            Object savepoint = status.createSavepoint();
            jdbc.update("insert into declined_loan (card_number, barcode, reason) values ('T-1', 'X', 'second')");
            status.rollbackToSavepoint(savepoint);
        });

        assertThat(jdbc.queryForList("select reason from declined_loan", String.class))
                .containsExactly("first");
    }

    @Test
    void theSecondWriterOfABookLoses() {
        Book mine = books.findByIsbn("9780575048003").orElseThrow();
        Book theirs = books.findByIsbn("9780575048003").orElseThrow();
        theirs.setTitle("Good Omens, revised");
        books.save(theirs);
        mine.setTitle("Bad Omens");

        assertThatThrownBy(() -> books.save(mine)).isInstanceOf(ObjectOptimisticLockingFailureException.class);
        assertThat(books.findByIsbn("9780575048003").orElseThrow().getTitle()).isEqualTo("Good Omens, revised");
    }

    @Test
    void aChangeRaisesTheVersion() {
        Copy copy = copies.findByBarcode("DIS-1").orElseThrow();
        copy.setState(copy.getState() == Copy.State.GOOD ? Copy.State.WORN : Copy.State.GOOD);

        assertThat(copies.save(copy).getVersion()).isEqualTo(copy.getVersion() + 1);
    }

    @Test
    void oneOfTwoAtOnceGetsTheCopy() throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        List<Callable<Loan>> both = List.of(
                () -> borrowAfter(start, "M-100"), //
                () -> borrowAfter(start, "M-101"));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            long lent = 0;
            for (Future<Loan> loan : threads.invokeAll(both)) {
                lent += succeeded(loan) ? 1 : 0;
            }
            assertThat(lent).isEqualTo(1);
            assertThat(loans.count()).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private Loan borrowAfter(CyclicBarrier start, String card) throws Exception {
        start.await();
        return desk.borrow(card, "FR-1");
    }

    private static boolean succeeded(Future<?> work) throws InterruptedException {
        try {
            work.get();
            return true;
        } catch (java.util.concurrent.ExecutionException e) {
            return false;
        }
    }

    @Test
    @Sql("/sql/loans.sql")
    void overdueMembersAreSuspended() {
        assertThat(registration.suspendOverdue()).isEqualTo(1);
        assertThat(members.findByCardNumber("M-101").orElseThrow().isSuspended())
                .isTrue();
    }

    @Test
    void whatComesBackIsPutAside() {
        Loan loan = desk.borrow("M-100", "GO-1");
        Reservation waiting = desk.reserve("M-101", publications.findById(2L).orElseThrow());

        desk.takeBack(loan.getId());

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(reservations.findById(waiting.getId()))
                .map(Reservation::getStatus)
                .contains(Reservation.Status.READY));
    }
}
