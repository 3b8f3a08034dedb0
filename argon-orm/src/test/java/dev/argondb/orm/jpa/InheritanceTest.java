package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PrimaryKeyJoinColumn;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The three inheritance strategies and mapped superclasses, with polymorphic reads and writes. */
@OnPages
class InheritanceTest extends JpaFeatureTest {
    InheritanceTest() {
        super(
                Vehicle.class,
                Car.class,
                Truck.class,
                Payment.class,
                CardPayment.class,
                Transfer.class,
                SepaTransfer.class,
                Shape.class,
                Circle.class,
                Square.class,
                Drawing.class,
                Named.class,
                City.class,
                River.class);
    }

    @Test
    void singleTable_polymorphicQuery_givesEachRowItsType() {
        save(new Car("A-1", 5), new Truck("B-2", 18_000), new Vehicle("C-3"));

        List<Vehicle> found = list("from Vehicle v order by v.plate", Vehicle.class);

        assertThat(found).hasExactlyElementsOfTypes(Car.class, Truck.class, Vehicle.class);
        assertThat(((Car) found.get(0)).seats).isEqualTo(5);
        assertThat(((Truck) found.get(1)).load).isEqualTo(18_000);
    }

    @Test
    void singleTable_discriminator_isStoredAndQueried() {
        save(new Car("A-1", 5), new Truck("B-2", 18_000), new Vehicle("C-3"));

        assertThat(nativeValue("select count(*) from vehicle where kind = 'truck'", Long.class))
                .isEqualTo(1);
        assertThat(list("select v.plate from Vehicle v where type(v) = Truck", String.class))
                .containsExactly("B-2");
        assertThat(list("select treat(v as Car).seats from Vehicle v", Integer.class))
                .containsExactly(5);
    }

    @Test
    void singleTable_findOfSiblingType_givesNull() {
        Car car = new Car("A-1", 5);
        save(car);

        assertThat(find(Truck.class, car.id)).isNull();
        assertThat(find(Vehicle.class, car.id)).isInstanceOf(Car.class);
    }

    @Test
    void joined_persist_splitsTheRowOverItsTables() {
        SepaTransfer transfer = new SepaTransfer(new BigDecimal("12.50"), "DE00", "mandate");
        save(transfer);

        assertThat(rows("select p.amount, t.iban, s.mandate from payment p join transfer t on t.id = p.id"
                        + " join sepa_transfer s on s.transfer_id = p.id"))
                .containsExactly(List.of(new BigDecimal("12.50"), "DE00", "mandate"));
        assertThat(find(Payment.class, transfer.id)).isInstanceOf(SepaTransfer.class);
    }

    @Test
    void joined_polymorphicQuery_findsSubclassesThroughAllLevels() {
        save(
                new CardPayment(new BigDecimal("1.00"), "4111"),
                new Transfer(new BigDecimal("2.00"), "FR11"),
                new SepaTransfer(new BigDecimal("3.00"), "DE00", "m"));

        assertThat(list("from Payment p order by p.amount", Payment.class))
                .hasExactlyElementsOfTypes(CardPayment.class, Transfer.class, SepaTransfer.class);
        assertThat(list("select t.iban from Transfer t order by t.amount", String.class))
                .containsExactly("FR11", "DE00");
        assertThat(single(
                        "select sum(p.amount) from Payment p where type(p) in (CardPayment, SepaTransfer)",
                        BigDecimal.class))
                .isEqualByComparingTo("4.00");
    }

    @Test
    void joined_updateOfEachLevel_writesOnlyTheTouchedTable() {
        SepaTransfer transfer = new SepaTransfer(new BigDecimal("3.00"), "DE00", "m");
        save(transfer);
        sql().clear();

        inTransaction(session -> session.find(SepaTransfer.class, transfer.id).mandate = "other");

        assertThat(sql().startingWith("update ")).singleElement().asString().startsWith("update sepa_transfer");
        assertThat(find(transfer).mandate).isEqualTo("other");
    }

    @Test
    void joined_remove_emptiesEveryTable() {
        SepaTransfer transfer = new SepaTransfer(new BigDecimal("3.00"), "DE00", "m");
        save(transfer);

        inTransaction(session -> session.remove(session.getReference(Payment.class, transfer.id)));

        assertThat(nativeValue(
                        "select (select count(*) from payment) + (select count(*) from transfer)"
                                + " + (select count(*) from sepa_transfer)",
                        Long.class))
                .isZero();
    }

    @Test
    void tablePerClass_polymorphicQuery_unitesTheTables() {
        save(new Circle("round", 2.0), new Square("flat", 3.0));

        assertThat(list("from Shape s order by s.label", Shape.class))
                .hasExactlyElementsOfTypes(Square.class, Circle.class);
        assertThat(nativeValue("select count(*) from circle", Long.class)).isEqualTo(1);
        assertThat(single("select count(s) from Shape s", Long.class)).isEqualTo(2);
    }

    @Test
    void tablePerClass_associationToTheRoot_findsTheSubclass() {
        Square square = new Square("flat", 3.0);
        Drawing drawing = new Drawing(square);
        save(square, drawing);

        inTransaction(session -> {
            Drawing found = session.find(Drawing.class, drawing.id);
            assertThat(found.shape).isInstanceOf(Square.class);
            assertThat(session.createSelectionQuery("select treat(d.shape as Square).side from Drawing d", Double.class)
                            .getSingleResult())
                    .isEqualTo(3.0);
        });
    }

    @Test
    void mappedSuperclass_subclasses_haveItsColumnsAndTheirOwnTables() {
        save(new City("Ulm", 126_000), new River("Danube", 2_850));

        assertThat(rows("select name, inhabitants from city")).containsExactly(List.of("Ulm", 126_000));
        assertThat(rows("select name, km from river")).containsExactly(List.of("Danube", 2_850));
        assertThat(single("select c.name from City c", String.class)).isEqualTo("Ulm");
    }

    @Entity(name = "Vehicle")
    @DiscriminatorColumn(name = "kind", length = 10)
    @DiscriminatorValue("any")
    static class Vehicle {
        @Id
        @GeneratedValue
        Long id;

        String plate;

        Vehicle() {}

        Vehicle(String plate) {
            this.plate = plate;
        }
    }

    @Entity(name = "Car")
    @DiscriminatorValue("car")
    static class Car extends Vehicle {
        Integer seats;

        Car() {}

        Car(String plate, int seats) {
            super(plate);
            this.seats = seats;
        }
    }

    @Entity(name = "Truck")
    @DiscriminatorValue("truck")
    static class Truck extends Vehicle {
        @jakarta.persistence.Column(name = "load_kg")
        Integer load;

        Truck() {}

        Truck(String plate, int load) {
            super(plate);
            this.load = load;
        }
    }

    @Entity(name = "Payment")
    @Inheritance(strategy = InheritanceType.JOINED)
    abstract static class Payment {
        @Id
        @GeneratedValue
        Long id;

        BigDecimal amount;

        Payment() {}

        Payment(BigDecimal amount) {
            this.amount = amount;
        }
    }

    @Entity(name = "CardPayment")
    static class CardPayment extends Payment {
        String card;

        CardPayment() {}

        CardPayment(BigDecimal amount, String card) {
            super(amount);
            this.card = card;
        }
    }

    @Entity(name = "Transfer")
    static class Transfer extends Payment {
        String iban;

        Transfer() {}

        Transfer(BigDecimal amount, String iban) {
            super(amount);
            this.iban = iban;
        }
    }

    @Entity(name = "SepaTransfer")
    @jakarta.persistence.Table(name = "sepa_transfer")
    @PrimaryKeyJoinColumn(name = "transfer_id")
    static class SepaTransfer extends Transfer {
        String mandate;

        SepaTransfer() {}

        SepaTransfer(BigDecimal amount, String iban, String mandate) {
            super(amount, iban);
            this.mandate = mandate;
        }
    }

    @Entity(name = "Shape")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    abstract static class Shape {
        @Id
        @GeneratedValue
        Long id;

        String label;

        Shape() {}

        Shape(String label) {
            this.label = label;
        }
    }

    @Entity(name = "Circle")
    static class Circle extends Shape {
        double radius;

        Circle() {}

        Circle(String label, double radius) {
            super(label);
            this.radius = radius;
        }
    }

    @Entity(name = "Square")
    static class Square extends Shape {
        double side;

        Square() {}

        Square(String label, double side) {
            super(label);
            this.side = side;
        }
    }

    @Entity(name = "Drawing")
    static class Drawing {
        @Id
        @GeneratedValue
        Long id;

        @ManyToOne
        Shape shape;

        Drawing() {}

        Drawing(Shape shape) {
            this.shape = shape;
        }
    }

    @MappedSuperclass
    abstract static class Named {
        @Id
        @GeneratedValue
        Long id;

        String name;

        Named() {}

        Named(String name) {
            this.name = name;
        }
    }

    @Entity(name = "City")
    static class City extends Named {
        int inhabitants;

        City() {}

        City(String name, int inhabitants) {
            super(name);
            this.inhabitants = inhabitants;
        }
    }

    @Entity(name = "River")
    static class River extends Named {
        int km;

        River() {}

        River(String name, int km) {
            super(name);
            this.km = km;
        }
    }
}
