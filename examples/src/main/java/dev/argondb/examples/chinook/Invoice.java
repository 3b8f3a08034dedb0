package dev.argondb.examples.chinook;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.SequenceGenerator;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.EmbeddedColumnNaming;

/** What a customer bought at one time; its total is the sum of its lines. Confined to its persistence context. */
@Entity
public class Invoice {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "invoice_seq")
    @SequenceGenerator(name = "invoice_seq", allocationSize = 50)
    private int id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    private Customer customer;

    @Column(nullable = false)
    private LocalDateTime invoiceDate;

    @EmbeddedColumnNaming("billing_%s")
    private Address billingAddress;

    @Column(precision = 10, scale = 2, nullable = false)
    private BigDecimal total = BigDecimal.ZERO;

    @OneToMany(mappedBy = "invoice", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("id")
    private List<InvoiceLine> lines = new ArrayList<>();

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Invoice() {}

    public Invoice(Customer customer, LocalDateTime invoiceDate, Address billingAddress) {
        this.customer = customer;
        this.invoiceDate = invoiceDate;
        this.billingAddress = billingAddress;
    }

    public int getId() {
        return id;
    }

    public Customer getCustomer() {
        return customer;
    }

    public LocalDateTime getInvoiceDate() {
        return invoiceDate;
    }

    public Address getBillingAddress() {
        return billingAddress;
    }

    public BigDecimal getTotal() {
        return total;
    }

    public List<InvoiceLine> getLines() {
        return lines;
    }

    /** Sells copies of a track at a price, which may differ from what the track costs today. */
    public InvoiceLine add(Track track, BigDecimal unitPrice, int quantity) {
        InvoiceLine line = new InvoiceLine(this, track, unitPrice, quantity);
        lines.add(line);
        total = total.add(unitPrice.multiply(BigDecimal.valueOf(quantity)));
        return line;
    }
}
