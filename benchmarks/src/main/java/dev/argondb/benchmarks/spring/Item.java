package dev.argondb.benchmarks.spring;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of the fixture. */
@Entity
@Table(name = "item", indexes = @Index(columnList = "owner"))
public class Item {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "item_seq")
    @SequenceGenerator(name = "item_seq", sequenceName = "item_seq", initialValue = 10_000_000)
    private @Nullable Long id;

    private String name = "";
    private String owner = "";
    private int price;

    protected Item() {}

    public Item(String name, String owner, int price) {
        this.name = name;
        this.owner = owner;
        this.price = price;
    }

    public @Nullable Long getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public String getOwner() {
        return owner;
    }

    public int getPrice() {
        return price;
    }

    public void setPrice(int price) {
        this.price = price;
    }
}
