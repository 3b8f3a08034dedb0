package com.example.library.catalog;

public class StaleBookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StaleBookException(String isbn, long seen, long actual) {
        super("Book " + isbn + " is at version " + actual + ", not " + seen);
    }
}
