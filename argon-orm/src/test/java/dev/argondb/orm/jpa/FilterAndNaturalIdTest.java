package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.HibernateException;
import org.hibernate.KeyType;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdClass;
import org.hibernate.annotations.ParamDef;
import org.hibernate.annotations.SQLRestriction;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.Test;

/** Filters that a session switches on, restrictions that always hold, and natural identifiers. */
class FilterAndNaturalIdTest extends JpaFeatureTest {
    FilterAndNaturalIdTest() {
        super(Shop.class, Offer.class, Book.class, Citizen.class);
    }

    @Test
    void filter_enabled_restrictsQueriesAndCollections() {
        Shop shop = new Shop(new Offer("pen", 2), new Offer("desk", 200));
        save(shop);

        inTransaction(session -> {
            session.enableFilter("cheap").setParameter("limit", 10);
            assertThat(session.createSelectionQuery("select o.name from Offer o", String.class)
                            .getResultList())
                    .containsExactly("pen");
            assertThat(session.find(Shop.class, shop.id).offers).hasSize(1);
        });
    }

    @Test
    void filter_notEnabledOrDisabled_restrictsNothing() {
        save(new Shop(new Offer("pen", 2), new Offer("desk", 200)));

        inTransaction(session -> {
            session.enableFilter("cheap").setParameter("limit", 10);
            session.disableFilter("cheap");
            assertThat(session.createSelectionQuery("from Offer", Offer.class).getResultList())
                    .hasSize(2);
        });
    }

    @Test
    void filter_onBulkDelete_restrictsTheRows() {
        save(new Shop(new Offer("pen", 2), new Offer("desk", 200)));

        inTransaction(session -> {
            session.enableFilter("cheap").setParameter("limit", 10);
            session.createMutationQuery("delete Offer").executeUpdate();
        });

        assertThat(list("select o.name from Offer o", String.class)).containsExactly("desk");
    }

    @Test
    void sqlRestriction_hidesRowsFromFindAndQuery() {
        Book visible = new Book("isbn-1", 1, true);
        Book hidden = new Book("isbn-2", 1, false);
        save(visible, hidden);

        assertThat(find(hidden)).isNull();
        assertThat(list("select b.isbn from Book b", String.class)).containsExactly("isbn-1");
        assertThat(nativeValue("select count(*) from book", Long.class)).isEqualTo(2);
    }

    @Test
    void naturalId_composite_loadsTheEntity() {
        Book second = new Book("isbn-1", 2, true);
        save(new Book("isbn-1", 1, true), second);

        Book found = fromTransaction(session -> session.find(Book.class, new BookKey("isbn-1", 2), KeyType.NATURAL));

        assertThat(found.id).isEqualTo(second.id);
    }

    @Test
    void naturalId_storedTwice_isRefused() {
        save(new Book("isbn-1", 1, true));

        assertThatThrownBy(() -> save(new Book("isbn-1", 1, true)))
                .hasStackTraceContaining(ConstraintViolationException.class.getName());
        assertThat(count(Book.class)).isEqualTo(1);
    }

    @Test
    void naturalId_immutable_cannotChange() {
        Book book = new Book("isbn-1", 1, true);
        save(book);

        assertThatThrownBy(() -> inTransaction(session -> session.find(Book.class, book.id).edition = 9))
                .hasStackTraceContaining(HibernateException.class.getName());
        assertThat(find(book).edition).isEqualTo(1);
    }

    @Test
    void naturalId_simpleAndMutable_followsItsChange() {
        Citizen citizen = new Citizen("S-1");
        save(citizen);

        inTransaction(session -> session.find(Citizen.class, "S-1", KeyType.NATURAL).number = "S-2");

        inTransaction(session -> {
            assertThat(session.find(Citizen.class, "S-1", KeyType.NATURAL)).isNull();
            assertThat(session.find(Citizen.class, "S-2", KeyType.NATURAL).id).isEqualTo(citizen.id);
        });
    }

    @Entity(name = "Shop")
    static class Shop {
        @Id
        @GeneratedValue
        Long id;

        @OneToMany(cascade = CascadeType.ALL)
        @JoinColumn(name = "shop_id")
        @Filter(name = "cheap", condition = "price <= :limit")
        List<Offer> offers = new ArrayList<>();

        Shop() {}

        Shop(Offer... offers) {
            this.offers.addAll(List.of(offers));
        }
    }

    @Entity(name = "Offer")
    @FilterDef(name = "cheap", parameters = @ParamDef(name = "limit", type = Integer.class))
    @Filter(name = "cheap", condition = "price <= :limit")
    static class Offer {
        @Id
        @GeneratedValue
        Long id;

        String name;
        int price;

        Offer() {}

        Offer(String name, int price) {
            this.name = name;
            this.price = price;
        }
    }

    /** Public, because Hibernate reads its components by reflection from its own package. */
    public record BookKey(String isbn, int edition) {}

    @Entity(name = "Book")
    @SQLRestriction("visible")
    @NaturalIdClass(BookKey.class)
    static class Book {
        @Id
        @GeneratedValue
        Long id;

        @NaturalId
        String isbn;

        @NaturalId
        int edition;

        boolean visible;

        Book() {}

        Book(String isbn, int edition, boolean visible) {
            this.isbn = isbn;
            this.edition = edition;
            this.visible = visible;
        }
    }

    @Entity(name = "Citizen")
    static class Citizen {
        @Id
        @GeneratedValue
        Long id;

        @NaturalId(mutable = true)
        @jakarta.persistence.Column(name = "citizen_number")
        String number;

        Citizen() {}

        Citizen(String number) {
            this.number = number;
        }
    }
}
