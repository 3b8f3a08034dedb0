package com.example.library.catalog;

public class UnknownBookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownBookException(String isbn) {
        super("No book with ISBN " + isbn);
    }
}
