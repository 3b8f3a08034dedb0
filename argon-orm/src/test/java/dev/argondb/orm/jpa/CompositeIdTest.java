package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import java.io.Serializable;
import java.util.List;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.Test;

/** Identifiers of several columns, and identifiers taken from an association. */
@OnPages
class CompositeIdTest extends JpaFeatureTest {
    CompositeIdTest() {
        super(
                Seat.class,
                Translation.class,
                Customer.class,
                Profile.class,
                Invoice.class,
                InvoiceLine.class,
                Rating.class);
    }

    @Test
    void embeddedId_persist_isFoundByItsId() {
        Seat found = saveAndFind(new Seat(new SeatId("A", 7), "window"));

        assertThat(found.id).isEqualTo(new SeatId("A", 7));
        assertThat(found.kind).isEqualTo("window");
        assertThat(find(Seat.class, new SeatId("A", 8))).isNull();
    }

    @Test
    void embeddedId_samePairTwice_isRefused() {
        save(new Seat(new SeatId("A", 7), "window"));

        assertThatThrownBy(() -> save(new Seat(new SeatId("A", 7), "aisle")))
                .satisfiesAnyOf(e -> assertThat(e).isInstanceOf(ConstraintViolationException.class), e -> assertThat(e)
                        .hasCauseInstanceOf(ConstraintViolationException.class));
        assertThat(find(Seat.class, new SeatId("A", 7)).kind).isEqualTo("window");
    }

    @Test
    void embeddedId_queriedByParts_ordersByThem() {
        save(new Seat(new SeatId("B", 1), "x"), new Seat(new SeatId("A", 10), "x"), new Seat(new SeatId("A", 9), "x"));

        assertThat(list("select s.id from Seat s order by s.id.hall, s.id.number", SeatId.class))
                .containsExactly(new SeatId("A", 9), new SeatId("A", 10), new SeatId("B", 1));
        assertThat(list("from Seat s where s.id.hall = 'A'", Seat.class)).hasSize(2);
    }

    @Test
    void embeddedId_multiLoad_keepsTheAskedOrder() {
        save(new Seat(new SeatId("A", 1), "x"), new Seat(new SeatId("A", 2), "y"));

        List<Seat> found = fromTransaction(session ->
                session.findMultiple(Seat.class, List.of(new SeatId("A", 2), new SeatId("A", 9), new SeatId("A", 1))));

        assertThat(found).hasSize(3);
        assertThat(found.get(0).kind).isEqualTo("y");
        assertThat(found.get(1)).isNull();
        assertThat(found.get(2).kind).isEqualTo("x");
    }

    @Test
    void idClass_updateAndRemove_hitTheOneRow() {
        save(new Translation("hello", "de", "Hallo"), new Translation("hello", "fr", "Bonjour"));

        inTransaction(session -> {
            session.find(Translation.class, new TranslationId("hello", "de")).text = "Guten Tag";
            session.remove(session.find(Translation.class, new TranslationId("hello", "fr")));
        });

        assertThat(list("select t.text from Translation t", String.class)).containsExactly("Guten Tag");
    }

    @Test
    void mapsId_persist_sharesTheKeyOfItsOwner() {
        Customer customer = new Customer("Ada");
        Profile profile = new Profile(customer, "likes trees");
        save(customer, profile);

        inTransaction(session -> {
            Profile found = session.find(Profile.class, customer.id);
            assertThat(found.text).isEqualTo("likes trees");
            assertThat(found.customer.name()).isEqualTo("Ada");
        });
    }

    @Test
    void mapsId_ownerRemovedFirst_isRefusedByTheForeignKey() {
        Customer customer = new Customer("Ada");
        save(customer, new Profile(customer, "likes trees"));

        assertThatThrownBy(() -> inTransaction(session ->
                        session.createMutationQuery("delete Customer").executeUpdate()))
                .isInstanceOf(ConstraintViolationException.class);
        assertThat(count(Customer.class)).isEqualTo(1);
    }

    @Test
    void mapsIdPart_persist_fillsThePartFromTheAssociation() {
        Invoice invoice = new Invoice("2026-1");
        save(invoice, new InvoiceLine(invoice, 1, "pen"), new InvoiceLine(invoice, 2, "ink"));

        assertThat(find(InvoiceLine.class, new InvoiceLineId(invoice.id, 2)).article)
                .isEqualTo("ink");
        assertThat(list(
                        "select l.article from InvoiceLine l where l.invoice.code = '2026-1' order by l.id.line",
                        String.class))
                .containsExactly("pen", "ink");
    }

    @Test
    void derivedId_associationInsideTheKey_isFoundByIdClass() {
        Customer ada = new Customer("Ada");
        Customer bob = new Customer("Bob");
        save(ada, bob, new Rating(ada, "tea", 5), new Rating(bob, "tea", 2));

        assertThat(find(Rating.class, new RatingId(bob.id, "tea")).stars).isEqualTo(2);
        assertThat(single("select avg(r.stars) from Rating r where r.subject = 'tea'", Double.class))
                .isEqualTo(3.5);
    }

    @Embeddable
    record SeatId(String hall, int number) implements Serializable {}

    @Entity(name = "Seat")
    static class Seat {
        @EmbeddedId
        SeatId id;

        String kind;

        Seat() {}

        Seat(SeatId id, String kind) {
            this.id = id;
            this.kind = kind;
        }
    }

    record TranslationId(String word, String language) implements Serializable {}

    @Entity(name = "Translation")
    @IdClass(TranslationId.class)
    static class Translation {
        @Id
        String word;

        @Id
        String language;

        String text;

        Translation() {}

        Translation(String word, String language, String text) {
            this.word = word;
            this.language = language;
            this.text = text;
        }
    }

    @Entity(name = "Customer")
    static class Customer {
        @Id
        @GeneratedValue
        Long id;

        String name;

        Customer() {}

        Customer(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }
    }

    @Entity(name = "Profile")
    static class Profile {
        @Id
        Long id;

        @MapsId
        @OneToOne(optional = false)
        Customer customer;

        String text;

        Profile() {}

        Profile(Customer customer, String text) {
            this.customer = customer;
            this.text = text;
        }
    }

    @Entity(name = "Invoice")
    static class Invoice {
        @Id
        @GeneratedValue
        Long id;

        String code;

        Invoice() {}

        Invoice(String code) {
            this.code = code;
        }
    }

    @Embeddable
    record InvoiceLineId(Long invoiceId, int line) implements Serializable {}

    @Entity(name = "InvoiceLine")
    static class InvoiceLine {
        @EmbeddedId
        InvoiceLineId id;

        @MapsId("invoiceId")
        @ManyToOne
        Invoice invoice;

        String article;

        InvoiceLine() {}

        InvoiceLine(Invoice invoice, int line, String article) {
            this.id = new InvoiceLineId(invoice.id, line);
            this.invoice = invoice;
            this.article = article;
        }
    }

    record RatingId(Long customer, String subject) implements Serializable {}

    @Entity(name = "Rating")
    @IdClass(RatingId.class)
    static class Rating {
        @Id
        @ManyToOne
        Customer customer;

        @Id
        String subject;

        int stars;

        Rating() {}

        Rating(Customer customer, String subject, int stars) {
            this.customer = customer;
            this.subject = subject;
            this.stars = stars;
        }
    }
}
