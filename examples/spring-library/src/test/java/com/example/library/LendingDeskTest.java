package com.example.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.library.catalog.Publications;
import com.example.library.loans.LendingDesk;
import com.example.library.loans.Loan;
import com.example.library.loans.LoanDeclinedException;
import com.example.library.loans.Loans;
import java.time.LocalDate;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.jdbc.Sql;
import org.springframework.test.context.jdbc.SqlMergeMode;
import org.springframework.test.context.transaction.TestTransaction;
import org.springframework.transaction.annotation.Transactional;

/** The service, each test in a transaction that is rolled back. */
@SpringBootTest
@AutoConfigureMockMvc
@Transactional
@Sql("/sql/clean.sql")
@SqlMergeMode(SqlMergeMode.MergeMode.MERGE)
class LendingDeskTest {

    @Autowired
    private LendingDesk desk;

    @Autowired
    private Loans loans;

    @Autowired
    private Publications publications;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void lendsForFourWeeks() {
        Loan loan = desk.borrow("M-100", "GO-1");

        assertThat(loan.getDueOn()).isEqualTo(LocalDate.now().plusDays(28));
        assertThat(loans.existsByCopyBarcodeAndReturnedOnIsNull("GO-1")).isTrue();
    }

    @Test
    void takesBackWithoutAFineInTime() {
        Loan loan = desk.takeBack(desk.borrow("M-100", "GO-1").getId());

        assertThat(loan.getReturnedOn()).isEqualTo(LocalDate.now());
        assertThat(loan.getFine()).isEqualByComparingTo("0.00");
    }

    @Test
    @Sql("/sql/loans.sql")
    void finesByTheDay() {
        Loan late = loans.findByReturnedOnIsNullAndDueOnBeforeOrderByDueOn(LocalDate.of(2026, 3, 1))
                .get(0);
        late.returnOn(LocalDate.of(2026, 2, 12));
        loans.flush();

        assertThat(jdbc.queryForObject("select sum(fine) from loan", java.math.BigDecimal.class))
                .isEqualByComparingTo("2.00");
    }

    @Test
    void declinesWhatIsOnLoan() {
        desk.borrow("M-100", "GO-1");

        assertThatThrownBy(() -> desk.borrow("M-101", "GO-1"))
                .isInstanceOf(LoanDeclinedException.class)
                .hasMessage("GO-1 is on loan");
    }

    @Test
    void declinesSuspendedMembers() {
        assertThatThrownBy(() -> desk.borrow("M-102", "GO-1")).hasMessage("Edgar Codd is suspended");
    }

    @Test
    void declinesAFourthLoan() {
        desk.borrow("M-100", "LHD-1");
        desk.borrow("M-100", "LHD-2");
        desk.borrow("M-100", "GO-1");

        assertThatThrownBy(() -> desk.borrow("M-100", "FR-1")).hasMessage("Ada Byron has 3 loans");
    }

    @Test
    void unknownCopiesAreNotLent() {
        assertThatThrownBy(() -> desk.borrow("M-100", "NO-1"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("No copy with barcode NO-1");
    }

    @Test
    void aMemberReservesAPublicationOnce() {
        var frankenstein = publications.findById(3L).orElseThrow();
        desk.reserve("M-100", frankenstein);

        assertThatThrownBy(() -> desk.reserve("M-100", frankenstein))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void aTestTransactionEndsAndBegins() {
        desk.borrow("M-100", "GO-1");
        TestTransaction.flagForRollback();
        TestTransaction.end();
        TestTransaction.start();

        assertThat(loans.existsByCopyBarcodeAndReturnedOnIsNull("GO-1")).isFalse();
    }
}
