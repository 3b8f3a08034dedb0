package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToOne;
import org.hibernate.Hibernate;
import org.hibernate.LazyInitializationException;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.Test;

/** One-to-one from both sides and many-to-one, lazy and eager, with cascades and orphan removal. */
class ToOneAssociationTest extends JpaFeatureTest {
    ToOneAssociationTest() {
        super(Person.class, Passport.class, Employee.class, Firm.class, Badge.class, Note.class);
    }

    @Test
    void oneToOne_persistOwner_cascadesAndIsSeenFromBothSides() {
        Person ada = new Person("Ada", new Passport("P-1"));
        save(ada);

        inTransaction(session -> {
            assertThat(session.find(Person.class, ada.id).passport.number).isEqualTo("P-1");
            Passport passport = session.createSelectionQuery("from Passport", Passport.class)
                    .getSingleResult();
            assertThat(passport.holder.name()).isEqualTo("Ada");
        });
    }

    @Test
    void oneToOne_secondHolderOfOnePassport_isRefused() {
        Person ada = new Person("Ada", new Passport("P-1"));
        save(ada);

        assertThatThrownBy(() -> inTransaction(session -> session.createNativeMutationQuery(
                                "insert into person (id, name, passport_id) select id + 1000, 'Eve',"
                                        + " passport_id from person")
                        .executeUpdate()))
                .isInstanceOf(ConstraintViolationException.class);
    }

    @Test
    void oneToOne_orphanRemoval_deletesTheReplacedAndTheDropped() {
        Person ada = new Person("Ada", new Passport("P-1"));
        save(ada);

        inTransaction(session -> session.find(Person.class, ada.id).passport = new Passport("P-2"));
        assertThat(list("select p.number from Passport p", String.class)).containsExactly("P-2");

        inTransaction(session -> session.find(Person.class, ada.id).passport = null);
        assertThat(count(Passport.class)).isZero();
    }

    @Test
    void oneToOne_removeOwner_cascades() {
        Person ada = new Person("Ada", new Passport("P-1"));
        save(ada);

        inTransaction(session -> session.remove(session.find(Person.class, ada.id)));

        assertThat(count(Person.class)).isZero();
        assertThat(count(Passport.class)).isZero();
    }

    @Test
    void manyToOne_lazy_loadsOnFirstUseAndFailsAfterClose() {
        Firm firm = new Firm("Acme");
        Employee employee = new Employee("Bob", firm);
        save(firm, employee);

        Employee detached = fromTransaction(session -> {
            Employee found = session.find(Employee.class, employee.id);
            assertThat(Hibernate.isInitialized(found.firm)).isFalse();
            assertThat(found.firm.name()).isEqualTo("Acme");
            return found;
        });
        assertThat(detached.firm.name()).isEqualTo("Acme");

        Employee untouched = find(employee);
        assertThatThrownBy(() -> untouched.firm.name()).isInstanceOf(LazyInitializationException.class);
    }

    @Test
    void manyToOne_changeAndClear_movesTheReference() {
        Firm acme = new Firm("Acme");
        Firm umbrella = new Firm("Umbrella");
        Employee employee = new Employee("Bob", acme);
        save(acme, umbrella, employee);

        inTransaction(session ->
                session.find(Employee.class, employee.id).firm = session.getReference(Firm.class, umbrella.id));
        assertThat(single("select e.firm.name from Employee e", String.class)).isEqualTo("Umbrella");

        inTransaction(session -> session.find(Employee.class, employee.id).firm = null);
        assertThat(list("from Employee e where e.firm is null", Employee.class)).hasSize(1);
    }

    @Test
    void manyToOne_targetStillReferenced_cannotBeRemoved() {
        Firm firm = new Firm("Acme");
        save(firm, new Employee("Bob", firm));

        assertThatThrownBy(() -> inTransaction(session ->
                        session.createMutationQuery("delete from Firm").executeUpdate()))
                .isInstanceOf(ConstraintViolationException.class);
        assertThat(count(Firm.class)).isEqualTo(1);
    }

    @Test
    void manyToOne_unsavedTarget_isRefusedAtFlush() {
        assertThatThrownBy(() -> save(new Employee("Bob", new Firm("never saved"))))
                .hasStackTraceContaining("TransientPropertyValueException");
        assertThat(count(Employee.class)).isZero();
    }

    @Test
    void manyToOne_selfReference_buildsAChain() {
        Employee boss = new Employee("Boss", null);
        Employee middle = new Employee("Middle", null);
        middle.manager = boss;
        Employee junior = new Employee("Junior", null);
        junior.manager = middle;
        save(boss, middle, junior);

        assertThat(single("select e.manager.manager.name from Employee e where e.name = 'Junior'", String.class))
                .isEqualTo("Boss");
    }

    @Test
    void manyToOne_joinTable_keepsTheReferenceOutOfTheRow() {
        Firm firm = new Firm("Acme");
        Badge badge = new Badge(firm);
        save(firm, badge);

        assertThat(nativeValue("select count(*) from badge_firm", Long.class)).isEqualTo(1);
        assertThat(single("select b.firm.name from Badge b", String.class)).isEqualTo("Acme");
        inTransaction(session -> session.find(Badge.class, badge.id).firm = null);
        assertThat(nativeValue("select count(*) from badge_firm", Long.class)).isZero();
    }

    @Test
    void manyToOne_onDeleteCascade_removesChildrenInTheDatabase() {
        Firm firm = new Firm("Acme");
        save(firm, new Note(firm, "one"), new Note(firm, "two"));

        inTransaction(session -> session.createMutationQuery("delete from Firm").executeUpdate());

        assertThat(count(Note.class)).isZero();
    }

    @Entity(name = "Person")
    static class Person {
        @Id
        @GeneratedValue
        Long id;

        String name;

        @OneToOne(cascade = CascadeType.ALL, orphanRemoval = true)
        @JoinColumn(name = "passport_id", unique = true)
        Passport passport;

        Person() {}

        Person(String name, Passport passport) {
            this.name = name;
            this.passport = passport;
            passport.holder = this;
        }

        public String name() {
            return name;
        }
    }

    @Entity(name = "Passport")
    static class Passport {
        @Id
        @GeneratedValue
        Long id;

        @jakarta.persistence.Column(name = "passport_number")
        String number;

        @OneToOne(mappedBy = "passport")
        Person holder;

        Passport() {}

        Passport(String number) {
            this.number = number;
        }
    }

    @Entity(name = "Firm")
    static class Firm {
        @Id
        @GeneratedValue
        Long id;

        String name;

        Firm() {}

        Firm(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }
    }

    @Entity(name = "Employee")
    static class Employee {
        @Id
        @GeneratedValue
        Long id;

        String name;

        @ManyToOne(fetch = FetchType.LAZY)
        Firm firm;

        @ManyToOne(fetch = FetchType.LAZY)
        Employee manager;

        Employee() {}

        Employee(String name, Firm firm) {
            this.name = name;
            this.firm = firm;
        }
    }

    @Entity(name = "Badge")
    static class Badge {
        @Id
        @GeneratedValue
        Long id;

        @ManyToOne
        @JoinTable(name = "badge_firm")
        Firm firm;

        Badge() {}

        Badge(Firm firm) {
            this.firm = firm;
        }
    }

    @Entity(name = "Note")
    static class Note {
        @Id
        @GeneratedValue
        Long id;

        @ManyToOne
        @OnDelete(action = OnDeleteAction.CASCADE)
        Firm firm;

        String text;

        Note() {}

        Note(Firm firm, String text) {
            this.firm = firm;
            this.text = text;
        }
    }
}
