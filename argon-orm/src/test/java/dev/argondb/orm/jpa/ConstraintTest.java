package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.persistence.CheckConstraint;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.ForeignKey;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hibernate.PropertyValueException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.ConstraintViolationException.ConstraintKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Violated constraints: the exception, its SQLState, the name of the constraint, and that nothing is left behind. */
@OnPages
class ConstraintTest extends JpaFeatureTest {
    ConstraintTest() {
        super(Owner.class, Pet.class);
    }

    @BeforeEach
    void fill() {
        Owner ada = new Owner(1, "Ada");
        save(ada, new Pet(1, "Rex", 3, ada));
    }

    @Test
    void uniqueConstraint_secondEqualValue_is23505WithItsName() {
        ConstraintViolationException violation = violationOf(() -> save(new Pet(2, "Rex", 4, new Owner(1, "Ada"))));

        assertThat(violation.getSQLState()).isEqualTo("23505");
        assertThat(violation.getKind()).isEqualTo(ConstraintKind.UNIQUE);
        assertThat(violation.getConstraintName()).containsIgnoringCase("uk_pet_name");
        assertThat(count(Pet.class)).isEqualTo(1);
    }

    @Test
    void uniqueConstraint_updateToTakenValue_is23505() {
        save(new Pet(2, "Tom", 4, new Owner(1, "Ada")));

        ConstraintViolationException violation =
                violationOf(() -> inTransaction(session -> session.find(Pet.class, 2L).name = "Rex"));

        assertThat(violation.getSQLState()).isEqualTo("23505");
        assertThat(find(Pet.class, 2L).name).isEqualTo("Tom");
    }

    @Test
    void uniqueConstraint_swapInOneStatement_isAllowed() {
        save(new Pet(2, "Tom", 4, new Owner(1, "Ada")));

        int updated = execute("update pet set name = case id when 1 then 'Tom' else 'Rex' end");

        assertThat(updated).isEqualTo(2);
        assertThat(find(Pet.class, 1L).name).isEqualTo("Tom");
        assertThat(find(Pet.class, 2L).name).isEqualTo("Rex");
    }

    @Test
    void uniqueConstraint_severalNulls_areAllowed() {
        save(new Pet(2, null, 4, new Owner(1, "Ada")), new Pet(3, null, 4, new Owner(1, "Ada")));

        assertThat(count(Pet.class)).isEqualTo(3);
    }

    @Test
    void primaryKey_takenId_is23505() {
        ConstraintViolationException violation = violationOf(() -> save(new Owner(1, "Eve")));

        assertThat(violation.getSQLState()).isEqualTo("23505");
        assertThat(find(Owner.class, 1L).name).isEqualTo("Ada");
    }

    @Test
    void foreignKey_missingTarget_is23506WithItsName() {
        ConstraintViolationException violation =
                violationOf(() -> execute("insert into pet (id, name, age, owner_id) values (9, 'Bo', 1, 99)"));

        assertThat(violation.getSQLState()).isEqualTo("23506");
        assertThat(violation.getKind()).isEqualTo(ConstraintKind.FOREIGN_KEY);
        assertThat(violation.getConstraintName()).containsIgnoringCase("fk_pet_owner");
    }

    @Test
    void foreignKey_targetRemoved_is23503WithItsName() {
        ConstraintViolationException violation =
                violationOf(() -> inTransaction(session -> session.remove(session.find(Owner.class, 1L))));

        assertThat(violation.getSQLState()).isEqualTo("23503");
        assertThat(violation.getConstraintName()).containsIgnoringCase("fk_pet_owner");
        assertThat(find(Owner.class, 1L)).isNotNull();
    }

    @Test
    void foreignKey_childAndTargetRemovedTogether_isAllowed() {
        inTransaction(session -> {
            session.remove(session.find(Pet.class, 1L));
            session.remove(session.find(Owner.class, 1L));
        });

        assertThat(count(Owner.class)).isZero();
    }

    @Test
    void notNull_nullFromHibernate_isRefusedBeforeTheDatabase() {
        Throwable failure = catchThrowable(() -> save(new Owner(2, null)));

        assertThat(failure).hasStackTraceContaining(PropertyValueException.class.getName());
    }

    @Test
    void notNull_nullInSql_is23502WithTheColumn() {
        ConstraintViolationException violation = violationOf(() -> execute("insert into owner (id) values (5)"));

        assertThat(violation.getSQLState()).isEqualTo("23502");
        assertThat(violation.getKind()).isEqualTo(ConstraintKind.NOT_NULL);
        assertThat(violation).message().containsIgnoringCase("NAME");
    }

    @Test
    void check_violated_is23513WithItsName() {
        ConstraintViolationException violation =
                violationOf(() -> inTransaction(session -> session.find(Pet.class, 1L).age = -1));

        assertThat(violation.getSQLState()).isEqualTo("23513");
        assertThat(violation.getKind()).isEqualTo(ConstraintKind.CHECK);
        assertThat(violation.getConstraintName()).containsIgnoringCase("ck_pet_age");
        assertThat(find(Pet.class, 1L).age).isEqualTo(3);
    }

    @Test
    void violation_caughtInside_leavesTheEarlierStatementsOfTheTransaction() {
        inTransaction(session -> {
            session.createNativeMutationQuery("insert into owner (id, name) values (2, 'Bob')")
                    .executeUpdate();
            session.doWork(connection -> {
                Throwable failure = catchThrowable(() -> {
                    try (var statement = connection.createStatement()) {
                        statement.executeUpdate("insert into owner (id, name) values (3, 'Cem'), (1, 'twice')");
                    }
                });
                assertThat(failure).isInstanceOf(java.sql.SQLException.class);
            });
            session.createNativeMutationQuery("insert into owner (id, name) values (4, 'Dora')")
                    .executeUpdate();
        });

        assertThat(list("select o.id from Owner o order by o.id", Long.class)).containsExactly(1L, 2L, 4L);
    }

    @Test
    void uniqueRace_twoTransactionsInsertTheSameValue_exactlyOneSucceeds() {
        boolean[] succeeded = new boolean[2];
        succeeded[0] = catchThrowable(() -> inTransaction(session -> {
                    session.persist(new Owner(7, "first"));
                    session.flush();
                    succeeded[1] = catchThrowable(() -> save(new Owner(7, "second"))) == null;
                }))
                == null;

        assertThat(succeeded[0]).isNotEqualTo(succeeded[1]);
        assertThat(find(Owner.class, 7L).name).isEqualTo(succeeded[0] ? "first" : "second");
    }

    private int execute(String sql) {
        return fromTransaction(session -> session.createNativeMutationQuery(sql).executeUpdate());
    }

    /** The violation that the work fails with, at flush or at commit. */
    private static ConstraintViolationException violationOf(ThrowingCallable work) {
        Throwable failure = catchThrowable(work);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConstraintViolationException violation) {
                return violation;
            }
        }
        throw new AssertionError("no constraint violation", failure);
    }

    @Entity(name = "Owner")
    static class Owner {
        @Id
        long id;

        @Column(nullable = false)
        String name;

        Owner() {}

        Owner(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    @Entity(name = "Pet")
    @Table(
            uniqueConstraints = @UniqueConstraint(name = "uk_pet_name", columnNames = "name"),
            check = @CheckConstraint(name = "ck_pet_age", constraint = "age >= 0"))
    static class Pet {
        @Id
        long id;

        String name;
        int age;

        @ManyToOne
        @JoinColumn(name = "owner_id", foreignKey = @ForeignKey(name = "fk_pet_owner"))
        Owner owner;

        Pet() {}

        Pet(long id, String name, int age, Owner owner) {
            this.id = id;
            this.name = name;
            this.age = age;
            this.owner = owner;
        }
    }
}
