package dev.argondb.spring.autoconfigure.archive;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
public class ArchivedNote {

    @Id
    private String text = "";

    protected ArchivedNote() {}

    public ArchivedNote(String text) {
        this.text = text;
    }

    public String getText() {
        return text;
    }
}
