package com.example.library.catalog;

public enum Subject {
    FANTASY,
    HISTORY,
    HORROR,
    HUMOUR,
    SCIENCE_FICTION
}
