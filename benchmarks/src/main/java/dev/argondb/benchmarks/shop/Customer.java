package dev.argondb.benchmarks.shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/** A customer, found by e-mail address or listed by country. Confined to its persistence context. */
@Entity
@Table(name = "customers", indexes = @Index(columnList = "country"))
public class Customer {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "customer_ids")
    @SequenceGenerator(name = "customer_ids", allocationSize = 50)
    private long id;

    @Column(length = 80, nullable = false)
    private String name;

    @Column(length = 80, nullable = false, unique = true)
    private String email;

    @Column(length = 2, nullable = false)
    private String country;

    private int points;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Customer() {}

    Customer(String name, String email, String country) {
        this.name = name;
        this.email = email;
        this.country = country;
    }

    /** Returns the identifier; 0 before it is persisted. */
    public long getId() {
        return id;
    }

    String getName() {
        return name;
    }

    int getPoints() {
        return points;
    }

    void earn(int earned) {
        points += earned;
    }
}
