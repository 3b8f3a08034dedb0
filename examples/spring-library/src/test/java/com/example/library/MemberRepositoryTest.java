package com.example.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.library.loans.Loan;
import com.example.library.loans.Loans;
import com.example.library.members.Address;
import com.example.library.members.Member;
import com.example.library.members.Members;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jpa.test.autoconfigure.TestEntityManager;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.jdbc.Sql;
import org.springframework.test.jdbc.JdbcTestUtils;

@DataJpaTest
@Import(PersistenceConfiguration.class)
class MemberRepositoryTest {

    @Autowired
    private Members members;

    @Autowired
    private Loans loans;

    @Autowired
    private TestEntityManager entities;

    @Autowired
    private JdbcTemplate jdbc;

    private static Member member(String card, String email) {
        return new Member(card, "Test", email, new Address("1 Way", "1", "Town"), LocalDate.of(2026, 1, 1));
    }

    @Test
    void findsByCity() {
        assertThat(members.findByAddressCityOrderByName("London"))
                .extracting(Member::getName)
                .containsExactly("Ada Byron");
    }

    @Test
    void readsPhonesInOrder() {
        Member ada = members.findByCardNumber("M-100").orElseThrow();
        ada.getPhones().add(0, "+44 20 9999");
        entities.flush();
        entities.clear();

        assertThat(members.findByCardNumber("M-100").orElseThrow().getPhones())
                .containsExactly("+44 20 9999", "+44 20 1234");
    }

    @Test
    void registersWithAnIdOfTheDatabase() {
        Member first = members.save(member("T-1", "t1@example.org"));
        Member second = members.save(member("T-2", "t2@example.org"));

        assertThat(second.getId()).isGreaterThan(first.getId());
        assertThat(JdbcTestUtils.countRowsInTable(jdbc, "member")).isEqualTo(5);
    }

    @Test
    void twoMembersOfOneCardAreRefused() {
        assertThatThrownBy(() -> members.save(member("M-100", "other@example.org")))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void twoMembersOfOneMailAddressAreRefused() {
        Member grace = members.findByCardNumber("M-101").orElseThrow();
        grace.setEmail("ada@example.org");

        assertThatThrownBy(members::flush).isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void deletesByStatus() {
        assertThat(members.deleteByStatus(Member.Status.SUSPENDED)).isEqualTo(1);
        assertThat(members.findByCardNumber("M-102")).isEmpty();
    }

    @Test
    @Sql("/sql/loans.sql")
    void suspendsWhoIsOverdue() {
        assertThat(members.suspendOverdue(LocalDate.of(2026, 3, 1))).isEqualTo(1);
        assertThat(members.findByCardNumber("M-101").orElseThrow().isSuspended())
                .isTrue();
        assertThat(members.countByStatus(Member.Status.ACTIVE)).isEqualTo(1);
    }

    @Test
    @Sql("/sql/loans.sql")
    void listsOverdueLoansWithWhatTheyAreOf() {
        assertThat(loans.findByReturnedOnIsNullAndDueOnBeforeOrderByDueOn(LocalDate.of(2026, 3, 1)))
                .singleElement()
                .satisfies(MemberRepositoryTest::isGracesFrankenstein);
    }

    private static void isGracesFrankenstein(Loan loan) {
        assertThat(loan.getMember().getName()).isEqualTo("Grace Murray");
        assertThat(loan.getCopy().getPublication().getTitle()).isEqualTo("Frankenstein");
    }

    @Test
    void nothingOfOtherTestsIsHere() {
        assertThat(loans.count()).isZero();
        assertThat(members.count()).isEqualTo(3);
    }
}
