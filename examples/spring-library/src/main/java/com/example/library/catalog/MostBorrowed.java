package com.example.library.catalog;

/** A row of the report of what is borrowed most. */
public interface MostBorrowed {

    String getTitle();

    long getLoans();
}
