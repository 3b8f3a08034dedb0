package com.example.library.loans;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Remembers loans that were declined, also when the transaction around them rolls back. */
@Component
public class DeclinedLoans {

    private final JdbcTemplate jdbc;

    DeclinedLoans(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void record(String cardNumber, String barcode, String reason) {
        jdbc.update(
                "insert into declined_loan (card_number, barcode, reason) values (?, ?, ?)",
                cardNumber,
                barcode,
                reason);
    }
}
