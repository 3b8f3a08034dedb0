package com.example.library.members;

public class WelcomeFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    public WelcomeFailedException(String message) {
        super(message);
    }
}
