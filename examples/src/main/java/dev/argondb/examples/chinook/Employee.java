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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who works for the store; everybody but one reports to somebody. Confined to its persistence context. */
@Entity
public class Employee {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "employee_seq")
    @SequenceGenerator(name = "employee_seq", allocationSize = 50)
    private int id;

    @Column(length = 20, nullable = false)
    private String firstName;

    @Column(length = 20, nullable = false)
    private String lastName;

    @Column(length = 30, nullable = false)
    private String title;

    @ManyToOne(fetch = FetchType.LAZY)
    private @Nullable Employee reportsTo;

    @OneToMany(mappedBy = "reportsTo")
    @OrderBy("id")
    private List<Employee> reports = new ArrayList<>();

    private LocalDate birthDate;

    private LocalDate hireDate;

    private Address address;

    private Contact contact;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Employee() {}

    public Employee(
            String firstName,
            String lastName,
            String title,
            LocalDate birthDate,
            LocalDate hireDate,
            Address address,
            Contact contact) {
        this.firstName = firstName;
        this.lastName = lastName;
        this.title = title;
        this.birthDate = birthDate;
        this.hireDate = hireDate;
        this.address = address;
        this.contact = contact;
    }

    public int getId() {
        return id;
    }

    public String getFullName() {
        return firstName + " " + lastName;
    }

    public String getTitle() {
        return title;
    }

    public @Nullable Employee getReportsTo() {
        return reportsTo;
    }

    public void setReportsTo(@Nullable Employee reportsTo) {
        this.reportsTo = reportsTo;
    }

    public List<Employee> getReports() {
        return reports;
    }

    public LocalDate getBirthDate() {
        return birthDate;
    }

    public LocalDate getHireDate() {
        return hireDate;
    }

    public Address getAddress() {
        return address;
    }

    public Contact getContact() {
        return contact;
    }
}
