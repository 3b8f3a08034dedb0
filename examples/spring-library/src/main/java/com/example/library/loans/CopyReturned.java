package com.example.library.loans;

/** A copy of a publication is back. */
public record CopyReturned(long publicationId) {}
