package dev.argondb.spring.data;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.NamedAttributeNode;
import jakarta.persistence.NamedEntityGraph;
import jakarta.persistence.OneToMany;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.CreatedBy;
import org.springframework.data.annotation.LastModifiedDate;
import org.springframework.data.jpa.domain.support.AuditingEntityListener;

/** A bit of everything: a converter, an enum, an embedded object, a secondary table, references and collections. */
@Entity
@SecondaryTable(name = "item_text")
@EntityListeners(AuditingEntityListener.class)
@NamedEntityGraph(name = "withTags", attributeNodes = @NamedAttributeNode("tags"))
public class Item {

    enum State {
        NEW,
        SOLD
    }

    @Embeddable
    record Size(int width, int height) {}

    @Id
    @GeneratedValue
    private @Nullable Long id;

    @Version
    private int version;

    @Column(unique = true, name = "item_name")
    private String name = "";

    private Cents price = new Cents(0);

    @Enumerated(EnumType.STRING)
    private State state = State.NEW;

    @Embedded
    private @Nullable Size size;

    @Column(table = "item_text")
    private @Nullable String description;

    @ManyToOne(fetch = FetchType.LAZY)
    private @Nullable Category category;

    @ElementCollection
    private Set<String> tags = new TreeSet<>();

    @ManyToMany
    private List<Item> related = new ArrayList<>();

    @OneToMany(mappedBy = "item", cascade = CascadeType.ALL, orphanRemoval = true)
    private List<Review> reviews = new ArrayList<>();

    @CreatedBy
    private @Nullable String createdBy;

    @LastModifiedDate
    private @Nullable Instant modifiedAt;

    protected Item() {}

    public Item(String name, long price) {
        this.name = name;
        this.price = new Cents(price);
    }

    public Long getId() {
        return java.util.Objects.requireNonNull(id);
    }

    public int getVersion() {
        return version;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public long getPrice() {
        return price.value();
    }

    public void setPrice(long price) {
        this.price = new Cents(price);
    }

    public State getState() {
        return state;
    }

    public void setState(State state) {
        this.state = state;
    }

    public @Nullable Size getSize() {
        return size;
    }

    public void setSize(Size size) {
        this.size = size;
    }

    public @Nullable String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    public @Nullable Category getCategory() {
        return category;
    }

    public void setCategory(@Nullable Category category) {
        this.category = category;
    }

    public Set<String> getTags() {
        return tags;
    }

    public List<Item> getRelated() {
        return related;
    }

    public List<Review> getReviews() {
        return reviews;
    }

    public Review review(String text) {
        Review review = new Review(this, text);
        reviews.add(review);
        return review;
    }

    public @Nullable String getCreatedBy() {
        return createdBy;
    }

    public @Nullable Instant getModifiedAt() {
        return modifiedAt;
    }
}
