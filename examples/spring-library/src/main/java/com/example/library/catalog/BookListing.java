package com.example.library.catalog;

import java.util.Set;

/** A line of the catalogue. */
public interface BookListing {

    String getIsbn();

    String getTitle();

    Set<AuthorName> getAuthors();

    interface AuthorName {
        String getName();
    }
}
