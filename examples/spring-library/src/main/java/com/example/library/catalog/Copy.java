package com.example.library.catalog;

import com.example.library.AuditedEntity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.ManyToOne;

/** One thing on a shelf, with a barcode on it. */
@Entity
public class Copy extends AuditedEntity {

    public enum State {
        NEW,
        GOOD,
        WORN
    }

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Publication publication;

    @Column(nullable = false, unique = true, length = 20)
    private String barcode;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private State state;

    protected Copy() {}

    Copy(Publication publication, String barcode, State state) {
        this.publication = publication;
        this.barcode = barcode;
        this.state = state;
    }

    public Publication getPublication() {
        return publication;
    }

    public String getBarcode() {
        return barcode;
    }

    public State getState() {
        return state;
    }

    public void setState(State state) {
        this.state = state;
    }
}
