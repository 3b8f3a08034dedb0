package dev.argondb.spring.autoconfigure.notes;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

@Entity
@Cacheable
public class Note {

    @Id
    @GeneratedValue
    private @Nullable Long id;

    private String text = "";

    protected Note() {}

    public Note(String text) {
        this.text = text;
    }

    public @Nullable Long getId() {
        return id;
    }

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text;
    }
}
