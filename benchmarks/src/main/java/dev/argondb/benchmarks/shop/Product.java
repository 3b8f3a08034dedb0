package dev.argondb.benchmarks.shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.math.BigDecimal;

/** A product with a price, in one of a few categories. Confined to its persistence context. */
@Entity
@Table(name = "products", indexes = @Index(columnList = "category"))
public class Product {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "product_ids")
    @SequenceGenerator(name = "product_ids", allocationSize = 50)
    private long id;

    @Column(length = 80, nullable = false)
    private String name;

    private int category;

    @Column(precision = 10, scale = 2, nullable = false)
    private BigDecimal price;

    private int stock = 1000;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Product() {}

    Product(String name, int category, BigDecimal price) {
        this.name = name;
        this.category = category;
        this.price = price;
    }

    /** Returns the identifier; 0 before it is persisted. */
    public long getId() {
        return id;
    }

    String getName() {
        return name;
    }

    /** Returns the category, from 0 on. */
    public int getCategory() {
        return category;
    }

    /** Returns how many pieces are left. */
    public int getStock() {
        return stock;
    }

    BigDecimal getPrice() {
        return price;
    }

    void take(int pieces) {
        stock -= pieces;
    }
}
