package dev.argondb.orm.jpa;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.Session;

/** The data set of the query tests: three customers, six orders, ten lines, and a tree of categories. */
final class Store {
    static final Class<?>[] ENTITIES = {Customer.class, Purchase.class, Line.class, Category.class};

    private Store() {}

    /**
     * Writes the data set.
     *
     * <pre>
     * Ada (Ulm)   order 1 (Jan): pen 2 x 1.50, ink 1 x 4.00          =  7.00
     *             order 2 (Feb): desk 1 x 200.00                     = 200.00
     *             order 3 (Mar): pen 10 x 1.50                       =  15.00
     * Bob (Ulm)   order 4 (Feb): ink 2 x 4.00, lamp 1 x 30.00        =  38.00
     *             order 5 (Apr): lamp 1 x 30.00, desk 1 x 200.00, pen 1 x 1.50 = 231.50
     * Eve (Bonn)  order 6 (Apr): ink 5 x 4.00                        =  20.00
     * Zoe (Bonn)  no order
     * </pre>
     */
    static void fill(Session session) {
        Customer ada = new Customer(1, "Ada", "Ulm");
        Customer bob = new Customer(2, "Bob", "Ulm");
        Customer eve = new Customer(3, "Eve", "Bonn");
        Customer zoe = new Customer(4, "Zoe", "Bonn");
        List.of(ada, bob, eve, zoe).forEach(session::persist);
        session.persist(new Purchase(1, ada, 1).with("pen", 2, "1.50").with("ink", 1, "4.00"));
        session.persist(new Purchase(2, ada, 2).with("desk", 1, "200.00"));
        session.persist(new Purchase(3, ada, 3).with("pen", 10, "1.50"));
        session.persist(new Purchase(4, bob, 2).with("ink", 2, "4.00").with("lamp", 1, "30.00"));
        session.persist(new Purchase(5, bob, 4)
                .with("lamp", 1, "30.00")
                .with("desk", 1, "200.00")
                .with("pen", 1, "1.50"));
        session.persist(new Purchase(6, eve, 4).with("ink", 5, "4.00"));
        fillCategories(session);
    }

    private static void fillCategories(Session session) {
        Category all = new Category(1, "all", null);
        Category office = new Category(2, "office", all);
        Category paper = new Category(3, "paper", office);
        Category home = new Category(4, "home", all);
        List.of(all, office, paper, home).forEach(session::persist);
    }

    @Entity(name = "Customer")
    static class Customer {
        @Id
        long id;

        String name;
        String city;

        @OneToMany(mappedBy = "customer")
        @OrderBy("id")
        Set<Purchase> purchases = new LinkedHashSet<>();

        Customer() {}

        Customer(long id, String name, String city) {
            this.id = id;
            this.name = name;
            this.city = city;
        }

        public String name() {
            return name;
        }
    }

    @Entity(name = "Purchase")
    static class Purchase {
        @Id
        long id;

        @ManyToOne(fetch = FetchType.LAZY)
        Customer customer;

        @Column(name = "placed_on")
        LocalDate day;

        @OneToMany(mappedBy = "purchase", cascade = CascadeType.ALL)
        @OrderBy("id")
        Set<Line> lines = new LinkedHashSet<>();

        Purchase() {}

        Purchase(long id, Customer customer, int month) {
            this.id = id;
            this.customer = customer;
            this.day = LocalDate.of(2026, month, 10);
        }

        Purchase with(String article, int quantity, String price) {
            lines.add(new Line(id * 10 + lines.size(), this, article, quantity, new BigDecimal(price)));
            return this;
        }
    }

    @Entity(name = "Line")
    static class Line {
        @Id
        long id;

        @ManyToOne(fetch = FetchType.LAZY)
        Purchase purchase;

        String article;
        int quantity;

        @Column(precision = 10, scale = 2)
        BigDecimal price;

        Line() {}

        Line(long id, Purchase purchase, String article, int quantity, BigDecimal price) {
            this.id = id;
            this.purchase = purchase;
            this.article = article;
            this.quantity = quantity;
            this.price = price;
        }
    }

    @Entity(name = "Category")
    static class Category {
        @Id
        long id;

        String name;

        @ManyToOne(fetch = FetchType.LAZY)
        Category parent;

        Category() {}

        Category(long id, String name, Category parent) {
            this.id = id;
            this.name = name;
            this.parent = parent;
        }
    }
}
