package com.example.library.loans;

import com.example.library.catalog.Copy;
import com.example.library.members.Member;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

@Entity
@Table(indexes = @Index(name = "loan_by_due_day", columnList = "dueOn"))
public class Loan {

    private static final BigDecimal FINE_PER_DAY = new BigDecimal("0.20");

    @Id
    @GeneratedValue(strategy = GenerationType.UUID)
    private UUID id;

    @Version
    private int version;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Copy copy;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Member member;

    @Column(nullable = false)
    private LocalDate borrowedOn;

    @Column(nullable = false)
    private LocalDate dueOn;

    private LocalDate returnedOn;

    @Column(precision = 8, scale = 2)
    private BigDecimal fine;

    protected Loan() {}

    public Loan(Copy copy, Member member, LocalDate borrowedOn, LocalDate dueOn) {
        this.copy = copy;
        this.member = member;
        this.borrowedOn = borrowedOn;
        this.dueOn = dueOn;
    }

    public void returnOn(LocalDate day) {
        returnedOn = day;
        long daysLate = Math.max(0, ChronoUnit.DAYS.between(dueOn, day));
        fine = FINE_PER_DAY.multiply(BigDecimal.valueOf(daysLate));
    }

    public UUID getId() {
        return id;
    }

    public Copy getCopy() {
        return copy;
    }

    public Member getMember() {
        return member;
    }

    public LocalDate getBorrowedOn() {
        return borrowedOn;
    }

    public LocalDate getDueOn() {
        return dueOn;
    }

    public LocalDate getReturnedOn() {
        return returnedOn;
    }

    public BigDecimal getFine() {
        return fine;
    }
}
