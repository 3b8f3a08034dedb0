package dev.argondb.spring.data;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.util.Objects;

@Entity
@IdClass(Seat.Key.class)
public class Seat {

    @Id
    private String hall = "";

    @Id
    private int place;

    private String holder = "";

    protected Seat() {}

    public Seat(String hall, int place, String holder) {
        this.hall = hall;
        this.place = place;
        this.holder = holder;
    }

    public String getHolder() {
        return holder;
    }

    public void setHolder(String holder) {
        this.holder = holder;
    }

    /** As it was written before there were records. */
    public static class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        private String hall = "";
        private int place;

        protected Key() {}

        public Key(String hall, int place) {
            this.hall = hall;
            this.place = place;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.hall.equals(hall) && key.place == place;
        }

        @Override
        public int hashCode() {
            return Objects.hash(hall, place);
        }
    }
}
