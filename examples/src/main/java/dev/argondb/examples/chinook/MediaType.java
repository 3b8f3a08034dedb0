package dev.argondb.examples.chinook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;

/** A file format that tracks are sold in. Confined to its persistence context. */
@Entity
public class MediaType {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "media_type_seq")
    @SequenceGenerator(name = "media_type_seq", allocationSize = 50)
    private int id;

    @Column(length = 120, nullable = false)
    private String name;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected MediaType() {}

    public MediaType(String name) {
        this.name = name;
    }

    public int getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }
}
