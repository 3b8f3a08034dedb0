package dev.argondb.spring.data;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

@Entity
@Inheritance(strategy = InheritanceType.JOINED)
public class Vehicle {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @Version
    private long version;

    private String plate = "";

    protected Vehicle() {}

    public Vehicle(String plate) {
        this.plate = plate;
    }

    public Long getId() {
        return java.util.Objects.requireNonNull(id);
    }

    public String getPlate() {
        return plate;
    }

    public void setPlate(String plate) {
        this.plate = plate;
    }

    @Entity(name = "Truck")
    public static class Truck extends Vehicle {

        private int load;

        protected Truck() {}

        public Truck(String plate, int load) {
            super(plate);
            this.load = load;
        }

        public int getLoad() {
            return load;
        }

        public void setLoad(int load) {
            this.load = load;
        }
    }
}
