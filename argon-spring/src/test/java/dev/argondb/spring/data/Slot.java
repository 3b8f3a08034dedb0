package dev.argondb.spring.data;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.ManyToOne;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An entity within an embedded identifier, which Hibernate allows and JPA does not. */
@Entity
public class Slot {

    @EmbeddedId
    private Key key = new Key();

    protected Slot() {}

    public Slot(Key key) {
        this.key = key;
    }

    public Key getKey() {
        return key;
    }

    @Embeddable
    public static class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        @ManyToOne
        private @Nullable Category category;

        private int turn;

        protected Key() {}

        public Key(Category category, int turn) {
            this.category = category;
            this.turn = turn;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Objects.equals(key.category, category) && key.turn == turn;
        }

        @Override
        public int hashCode() {
            return Objects.hash(category, turn);
        }
    }
}
