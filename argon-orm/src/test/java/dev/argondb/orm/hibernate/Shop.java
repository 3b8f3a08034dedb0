package dev.argondb.orm.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Version;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** The entities of these tests. */
@NullUnmarked
final class Shop {

    static final Class<?>[] ENTITIES = {
        Product.class, Category.class, Label.class, Ticket.class, Vehicle.class, Car.class, Stock.class, Receipt.class
    };

    private Shop() {}

    /** Versioned, cached, with a collection and a reference. */
    @Entity(name = "Product")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "products")
    static class Product {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        Long id;

        @Version
        int version;

        String name;
        int price;

        @ManyToOne
        Category category;

        @ElementCollection
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "tags")
        Set<String> tags = new TreeSet<>();

        Product() {}

        Product(String name, int price) {
            this.name = name;
            this.price = price;
        }

        Product in(Category newCategory) {
            category = newCategory;
            return this;
        }
    }

    /** With an identity and the inverse side of an association. */
    @Entity(name = "Category")
    static class Category {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        String name;

        @OneToMany(mappedBy = "category", cascade = CascadeType.PERSIST)
        List<Product> products = new ArrayList<>();

        Category() {}

        Category(String name) {
            this.name = name;
        }
    }

    /** Not versioned, with an assigned key. */
    @Entity(name = "Sticker")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "labels")
    static class Label {
        @Id
        String code;

        String text;

        Label() {}

        Label(String code, @Nullable String text) {
            this.code = code;
            this.text = text;
        }
    }

    /** With a random UUID. */
    @Entity(name = "Ticket")
    static class Ticket {
        @Id
        @GeneratedValue
        UUID id;

        String title;

        Ticket() {}

        Ticket(String title) {
            this.title = title;
        }
    }

    /** The root of two joined tables. */
    @Entity(name = "Vehicle")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Vehicle {
        @Id
        Long id;

        String plate;

        Vehicle() {}
    }

    /** The leaf of two joined tables. */
    @Entity(name = "Car")
    static class Car extends Vehicle {
        int doors;

        Car() {}

        Car(long id, String plate, int doors) {
            this.id = id;
            this.plate = plate;
            this.doors = doors;
        }
    }

    /** With a compound key whose attributes sort differently from its columns. */
    @Entity(name = "Stock")
    static class Stock {
        @EmbeddedId
        Place place;

        int amount;

        Stock() {}

        Stock(Place place, int amount) {
            this.place = place;
            this.amount = amount;
        }
    }

    /** A compound key. */
    @Embeddable
    record Place(String warehouse, int aisle, Zone zone) implements Serializable {}

    /** A part of a compound key that is not stored as it is. */
    enum Zone {
        COLD,
        DRY
    }

    /** In a table whose name must be quoted. */
    @Entity(name = "Receipt")
    @jakarta.persistence.Table(name = "`Order`")
    static class Receipt {
        @Id
        Long id;

        String text;

        Receipt() {}

        Receipt(long id, String text) {
            this.id = id;
            this.text = text;
        }
    }
}
