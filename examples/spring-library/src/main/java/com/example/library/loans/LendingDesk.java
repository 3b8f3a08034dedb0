package com.example.library.loans;

import com.example.library.LibraryProperties;
import com.example.library.catalog.Copies;
import com.example.library.catalog.Copy;
import com.example.library.catalog.Publication;
import com.example.library.members.Member;
import com.example.library.members.Members;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional
public class LendingDesk {

    private final Loans loans;
    private final Copies copies;
    private final Members members;
    private final Reservations reservations;
    private final DeclinedLoans declined;
    private final ApplicationEventPublisher events;
    private final LibraryProperties rules;
    private final Clock clock;

    LendingDesk(
            Loans loans,
            Copies copies,
            Members members,
            Reservations reservations,
            DeclinedLoans declined,
            ApplicationEventPublisher events,
            LibraryProperties rules,
            Clock clock) {
        this.loans = loans;
        this.copies = copies;
        this.members = members;
        this.reservations = reservations;
        this.declined = declined;
        this.events = events;
        this.rules = rules;
        this.clock = clock;
    }

    public Loan borrow(String cardNumber, String barcode) {
        Member member = member(cardNumber);
        Copy copy = copies.lockByBarcode(barcode)
                .orElseThrow(() -> new NoSuchElementException("No copy with barcode " + barcode));
        if (member.isSuspended()) {
            throw decline(cardNumber, barcode, member.getName() + " is suspended");
        }
        if (loans.countByMemberAndReturnedOnIsNull(member) >= rules.loansPerMember()) {
            throw decline(cardNumber, barcode, member.getName() + " has " + rules.loansPerMember() + " loans");
        }
        if (loans.existsByCopyBarcodeAndReturnedOnIsNull(barcode)) {
            throw decline(cardNumber, barcode, barcode + " is on loan");
        }
        LocalDate today = LocalDate.now(clock);
        return loans.save(new Loan(copy, member, today, today.plus(rules.loanPeriod())));
    }

    public Loan takeBack(UUID loanId) {
        Loan loan = loans.findById(loanId).orElseThrow(() -> new NoSuchElementException("No loan " + loanId));
        loan.returnOn(LocalDate.now(clock));
        events.publishEvent(new CopyReturned(loan.getCopy().getPublication().getId()));
        return loan;
    }

    public Reservation reserve(String cardNumber, Publication publication) {
        return reservations.saveAndFlush(new Reservation(publication, member(cardNumber), Instant.now(clock)));
    }

    private Member member(String cardNumber) {
        return members.findByCardNumber(cardNumber)
                .orElseThrow(() -> new NoSuchElementException("No member with card " + cardNumber));
    }

    private LoanDeclinedException decline(String cardNumber, String barcode, String reason) {
        declined.record(cardNumber, barcode, reason);
        return new LoanDeclinedException(reason);
    }
}
