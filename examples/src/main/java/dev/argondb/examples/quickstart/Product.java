package dev.argondb.examples.quickstart;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A thing for sale: an ordinary JPA entity. Confined to its persistence context. */
@Entity
class Product {

    @Id
    private String name;

    private int price;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Product() {}

    Product(String name, int price) {
        this.name = name;
        this.price = price;
    }

    int getPrice() {
        return price;
    }

    void setPrice(int price) {
        this.price = price;
    }
}
