package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Embeddables: nested, several of one type, records, with associations, and null ones. */
class EmbeddableTest extends JpaFeatureTest {
    EmbeddableTest() {
        super(Parcel.class, Country.class);
    }

    @Test
    void nestedEmbeddable_overrides_nameTheColumns() {
        Parcel parcel = new Parcel();
        parcel.sender = new Address("Main St 1", new Place("Ulm", "89073"));
        parcel.receiver = new Address("Rue 2", new Place("Lyon", "69001"));
        save(parcel);

        assertThat(rows("select street, city, receiver_street, receiver_city, receiver_zip from parcel"))
                .containsExactly(List.of("Main St 1", "Ulm", "Rue 2", "Lyon", "69001"));
    }

    @Test
    void nestedEmbeddable_changeInside_isDetected() {
        Parcel parcel = new Parcel();
        parcel.sender = new Address("Main St 1", new Place("Ulm", "89073"));
        save(parcel);

        inTransaction(session -> session.find(Parcel.class, parcel.id).sender.place.zip = "89081");

        assertThat(find(parcel).sender.place.zip).isEqualTo("89081");
    }

    @Test
    void nullEmbeddable_readBack_isNull() {
        Parcel parcel = new Parcel();
        parcel.sender = new Address("only a street", null);
        Parcel found = saveAndFind(parcel);

        assertThat(found.receiver).isNull();
        assertThat(found.sender.place).isNull();
        assertThat(found.weight).isNull();
    }

    @Test
    void recordEmbeddable_roundTripsAndIsReplacedWhole() {
        Parcel parcel = new Parcel();
        parcel.weight = new Weight(new BigDecimal("1.250"), "kg");
        save(parcel);

        inTransaction(session -> {
            Parcel found = session.find(Parcel.class, parcel.id);
            assertThat(found.weight).isEqualTo(new Weight(new BigDecimal("1.250"), "kg"));
            found.weight = new Weight(new BigDecimal("2.000"), "lb");
        });

        assertThat(find(parcel).weight).isEqualTo(new Weight(new BigDecimal("2.000"), "lb"));
    }

    @Test
    void recordInsideRecord_roundTrips() {
        Parcel parcel = new Parcel();
        parcel.window = new DeliveryWindow(new Span(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 5)), 3);

        assertThat(saveAndFind(parcel).window).isEqualTo(parcel.window);
    }

    @Test
    void associationInsideEmbeddable_isJoined() {
        Country france = new Country("FR", "France");
        Parcel parcel = new Parcel();
        parcel.customs = new Customs();
        parcel.customs.origin = france;
        parcel.customs.number = "C-1";
        save(france, parcel);

        assertThat(single("select p.customs.origin.name from Parcel p where p.customs.number = 'C-1'", String.class))
                .isEqualTo("France");
    }

    @Test
    void embeddable_comparedAndSelectedWhole() {
        Parcel parcel = new Parcel();
        parcel.weight = new Weight(new BigDecimal("1.250"), "kg");
        save(parcel, new Parcel());

        List<Weight> found = fromTransaction(session -> session.createSelectionQuery(
                        "select p.weight from Parcel p where p.weight = :weight", Weight.class)
                .setParameter("weight", parcel.weight)
                .getResultList());

        assertThat(found).containsExactly(parcel.weight);
    }

    @Embeddable
    static class Place {
        String city;
        String zip;

        Place() {}

        Place(String city, String zip) {
            this.city = city;
            this.zip = zip;
        }
    }

    @Embeddable
    static class Address {
        String street;

        @Embedded
        Place place;

        Address() {}

        Address(String street, Place place) {
            this.street = street;
            this.place = place;
        }
    }

    @Embeddable
    record Weight(
            @Column(name = "weight_amount", precision = 10, scale = 3)
            BigDecimal amount,

            @Column(name = "weight_unit") String unit) {}

    @Embeddable
    record Span(
            @Column(name = "from_day") LocalDate from,
            @Column(name = "to_day") LocalDate to) {}

    @Embeddable
    record DeliveryWindow(Span span, int attempts) {}

    @Embeddable
    static class Customs {
        @ManyToOne(fetch = FetchType.LAZY)
        Country origin;

        @Column(name = "customs_number")
        String number;
    }

    @Entity(name = "Country")
    static class Country {
        @Id
        String code;

        String name;

        Country() {}

        Country(String code, String name) {
            this.code = code;
            this.name = name;
        }
    }

    @Entity(name = "Parcel")
    static class Parcel {
        @Id
        @GeneratedValue
        Long id;

        @Embedded
        Address sender;

        @Embedded
        @AttributeOverride(name = "street", column = @Column(name = "receiver_street"))
        @AttributeOverride(name = "place.city", column = @Column(name = "receiver_city"))
        @AttributeOverride(name = "place.zip", column = @Column(name = "receiver_zip"))
        Address receiver;

        Weight weight;

        DeliveryWindow window;

        Customs customs;
    }
}
