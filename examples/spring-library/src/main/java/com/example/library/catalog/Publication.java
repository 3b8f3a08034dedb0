package com.example.library.catalog;

import com.example.library.AuditedEntity;
import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the library has copies of. */
@Entity
@Inheritance(strategy = InheritanceType.JOINED)
public abstract class Publication extends AuditedEntity {

    @NotBlank
    @Column(nullable = false)
    private String title;

    private LocalDate publishedOn;

    @Valid
    @Embedded
    private Imprint imprint;

    @ElementCollection
    @CollectionTable(name = "publication_subject", joinColumns = @JoinColumn(name = "publication_id"))
    @Column(name = "subject", nullable = false, length = 40)
    @Enumerated(EnumType.STRING)
    private Set<Subject> subjects = EnumSet.noneOf(Subject.class);

    @OneToMany(mappedBy = "publication", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("barcode")
    private List<Copy> copies = new ArrayList<>();

    protected Publication() {}

    protected Publication(String title, LocalDate publishedOn, Imprint imprint) {
        this.title = title;
        this.publishedOn = publishedOn;
        this.imprint = imprint;
    }

    public Copy addCopy(String barcode, Copy.State state) {
        Copy copy = new Copy(this, barcode, state);
        copies.add(copy);
        return copy;
    }

    public void removeCopy(Copy copy) {
        copies.remove(copy);
    }

    public String getTitle() {
        return title;
    }

    public void setTitle(String title) {
        this.title = title;
    }

    public LocalDate getPublishedOn() {
        return publishedOn;
    }

    public Imprint getImprint() {
        return imprint;
    }

    public Set<Subject> getSubjects() {
        return subjects;
    }

    public List<Copy> getCopies() {
        return copies;
    }
}
