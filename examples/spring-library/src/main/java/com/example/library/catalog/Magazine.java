package com.example.library.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import java.time.LocalDate;

@Entity
public class Magazine extends Publication {

    @Column(nullable = false, length = 9)
    private String issn;

    private int issue;

    protected Magazine() {}

    public Magazine(String issn, int issue, String title, LocalDate publishedOn, Imprint imprint) {
        super(title, publishedOn, imprint);
        this.issn = issn;
        this.issue = issue;
    }

    public String getIssn() {
        return issn;
    }

    public int getIssue() {
        return issue;
    }
}
