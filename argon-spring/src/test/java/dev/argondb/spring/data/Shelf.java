package dev.argondb.spring.data;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.util.ArrayList;
import java.util.List;

@Entity
public class Shelf {

    /** The columns of the key are not in the order of the components. */
    @Embeddable
    public record Place(String room, int number) {}

    @EmbeddedId
    private Place place = new Place("", 0);

    private int capacity;

    @ElementCollection
    private List<String> labels = new ArrayList<>();

    protected Shelf() {}

    public Shelf(Place place, int capacity) {
        this.place = place;
        this.capacity = capacity;
    }

    public Place getPlace() {
        return place;
    }

    public int getCapacity() {
        return capacity;
    }

    public void setCapacity(int capacity) {
        this.capacity = capacity;
    }

    public List<String> getLabels() {
        return labels;
    }
}
