package com.example.library.loans;

import com.example.library.catalog.Publication;
import com.example.library.members.Member;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import java.time.Instant;

@Entity
@Table(
        uniqueConstraints =
                @UniqueConstraint(
                        name = "one_reservation",
                        columnNames = {"publication_id", "member_id"}))
public class Reservation {

    public enum Status {
        WAITING,
        READY
    }

    @Id
    @GeneratedValue
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Publication publication;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Member member;

    @Column(nullable = false)
    private Instant placedAt;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private Status status = Status.WAITING;

    protected Reservation() {}

    public Reservation(Publication publication, Member member, Instant placedAt) {
        this.publication = publication;
        this.member = member;
        this.placedAt = placedAt;
    }

    public Long getId() {
        return id;
    }

    public Publication getPublication() {
        return publication;
    }

    public Member getMember() {
        return member;
    }

    public Instant getPlacedAt() {
        return placedAt;
    }

    public Status getStatus() {
        return status;
    }

    public void makeReady() {
        status = Status.READY;
    }
}
