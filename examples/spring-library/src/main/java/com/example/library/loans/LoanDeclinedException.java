package com.example.library.loans;

public class LoanDeclinedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LoanDeclinedException(String message) {
        super(message);
    }
}
