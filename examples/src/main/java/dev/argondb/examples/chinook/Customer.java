package dev.argondb.examples.chinook;

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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who buys, and which employee supports them. Confined to its persistence context. */
@Entity
public class Customer {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "customer_seq")
    @SequenceGenerator(name = "customer_seq", allocationSize = 50)
    private int id;

    @Column(length = 40, nullable = false)
    private String firstName;

    @Column(length = 20, nullable = false)
    private String lastName;

    @Column(length = 80)
    private @Nullable String company;

    private Address address;

    private Contact contact;

    @ManyToOne(fetch = FetchType.LAZY)
    private @Nullable Employee supportRep;

    @OneToMany(mappedBy = "customer")
    @OrderBy("id")
    private List<Invoice> invoices = new ArrayList<>();

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Customer() {}

    public Customer(String firstName, String lastName, Address address, Contact contact) {
        this.firstName = firstName;
        this.lastName = lastName;
        this.address = address;
        this.contact = contact;
    }

    public int getId() {
        return id;
    }

    public String getFullName() {
        return firstName + " " + lastName;
    }

    public @Nullable String getCompany() {
        return company;
    }

    public void setCompany(@Nullable String company) {
        this.company = company;
    }

    public Address getAddress() {
        return address;
    }

    public Contact getContact() {
        return contact;
    }

    public @Nullable Employee getSupportRep() {
        return supportRep;
    }

    public void setSupportRep(@Nullable Employee supportRep) {
        this.supportRep = supportRep;
    }

    public List<Invoice> getInvoices() {
        return invoices;
    }
}
