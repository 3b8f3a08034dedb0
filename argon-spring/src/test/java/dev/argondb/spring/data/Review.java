package dev.argondb.spring.data;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import org.jspecify.annotations.Nullable;

@Entity
public class Review {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @ManyToOne(optional = false)
    @SuppressWarnings("UnusedVariable") // Hibernate reads it
    private @Nullable Item item;

    private String text = "";

    protected Review() {}

    public Review(Item item, String text) {
        this.item = item;
        this.text = text;
    }

    public Long getId() {
        return java.util.Objects.requireNonNull(id);
    }

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text;
    }
}
