package com.example.library.catalog;

public record SubjectCount(Subject subject, long publications) {}
