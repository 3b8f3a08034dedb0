package dev.argondb.spring.data.guide;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@Entity
public class Product {

    @Id
    @GeneratedValue
    private @Nullable Long id;

    @Version
    private int version;

    private String name = "";
    private int price;

    protected Product() {}

    public Product(String name, int price) {
        this.name = name;
        this.price = price;
    }

    public Long getId() {
        return Objects.requireNonNull(id);
    }

    public String getName() {
        return name;
    }

    public int getPrice() {
        return price;
    }

    public void setPrice(int price) {
        this.price = price;
    }
}
