package com.example.library.loans;

import com.example.library.catalog.Books;
import com.example.library.catalog.MostBorrowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/loans")
class LoanController {

    private final LendingDesk desk;
    private final Books books;

    LoanController(LendingDesk desk, Books books) {
        this.desk = desk;
        this.books = books;
    }

    record NewLoan(@NotBlank String cardNumber, @NotBlank String barcode) {}

    record LoanView(UUID id, LocalDate dueOn, LocalDate returnedOn, BigDecimal fine) {

        static LoanView of(Loan loan) {
            return new LoanView(loan.getId(), loan.getDueOn(), loan.getReturnedOn(), loan.getFine());
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    LoanView borrow(@Valid @RequestBody NewLoan request) {
        return LoanView.of(desk.borrow(request.cardNumber(), request.barcode()));
    }

    @PostMapping("/{id}/return")
    LoanView takeBack(@PathVariable UUID id) {
        return LoanView.of(desk.takeBack(id));
    }

    @GetMapping("/most-borrowed")
    List<MostBorrowed> mostBorrowed() {
        return books.findMostBorrowed(10);
    }
}
