package dev.argondb.benchmarks.shop;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** An order of one customer with its lines, under optimistic locking. Confined to its persistence context. */
@Entity
@Table(name = "orders")
public class PurchaseOrder {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "order_ids")
    @SequenceGenerator(name = "order_ids", allocationSize = 50)
    private long id;

    @Version
    private int version;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Customer customer;

    @Column(nullable = false)
    private LocalDateTime placedAt;

    @Column(length = 20, nullable = false)
    private String status = "PLACED";

    @OneToMany(mappedBy = "order", cascade = CascadeType.PERSIST)
    private List<OrderLine> lines = new ArrayList<>();

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected PurchaseOrder() {}

    PurchaseOrder(Customer customer, LocalDateTime placedAt) {
        this.customer = customer;
        this.placedAt = placedAt;
    }

    /** Returns the identifier; 0 before it is persisted. */
    public long getId() {
        return id;
    }

    /** Returns who ordered. */
    public Customer getCustomer() {
        return customer;
    }

    void add(Product product, int quantity) {
        lines.add(new OrderLine(this, product, quantity));
    }

    List<OrderLine> getLines() {
        return lines;
    }

    void setStatus(String status) {
        this.status = status;
    }
}
