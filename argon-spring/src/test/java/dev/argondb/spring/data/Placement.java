package dev.argondb.spring.data;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.ManyToOne;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Where a category stands: its identifier has an entity in it. */
@Entity
@IdClass(Placement.Key.class)
public class Placement {

    @Id
    @ManyToOne
    private @Nullable Category category;

    @Id
    private int position;

    private String note = "";

    protected Placement() {}

    public Placement(Category category, int position, String note) {
        this.category = category;
        this.position = position;
        this.note = note;
    }

    public String getNote() {
        return note;
    }

    public void setNote(String note) {
        this.note = note;
    }

    /** The entity's identifier stands for it. */
    public record Key(String category, int position) implements Serializable {}
}
