package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.Test;

/** JDBC batches: inserts, updates and deletes of many rows in few statements, with versions and failures inside. */
class BatchTest extends JpaFeatureTest {
    private static final int ROWS = 205;

    BatchTest() {
        super(Sample.class, Versioned.class);
    }

    @Override
    Map<String, Object> settings() {
        return Map.of(
                "hibernate.jdbc.batch_size", 50,
                "hibernate.order_inserts", true,
                "hibernate.order_updates", true);
    }

    @Test
    void inserts_mixedTypes_goInOneStatementPerType() {
        sql().clear();
        inTransaction(session -> {
            for (int i = 0; i < ROWS; i++) {
                session.persist(new Sample(i));
                session.persist(new Versioned(i));
            }
        });

        assertThat(count(Sample.class)).isEqualTo(ROWS);
        assertThat(count(Versioned.class)).isEqualTo(ROWS);
        assertThat(sql().startingWith("insert into sample")).hasSizeLessThanOrEqualTo(6);
        assertThat(sql().startingWith("insert into versioned")).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void updates_ofManyRows_areAllWritten() {
        persistSamples();
        sql().clear();

        inTransaction(session -> session.createSelectionQuery("from Sample", Sample.class)
                .getResultList()
                .forEach(s -> s.amount = -s.number));

        assertThat(single("select count(s) from Sample s where s.amount = -s.number", Long.class))
                .isEqualTo(ROWS);
        assertThat(sql().startingWith("update sample")).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void versionedUpdates_ofManyRows_raiseEveryVersion() {
        inTransaction(session -> {
            for (int i = 0; i < ROWS; i++) {
                session.persist(new Versioned(i));
            }
        });

        inTransaction(session -> session.createSelectionQuery("from Versioned", Versioned.class)
                .getResultList()
                .forEach(v -> v.amount++));

        assertThat(single("select count(v) from Versioned v where v.version = 1", Long.class))
                .isEqualTo(ROWS);
    }

    @Test
    void versionedUpdates_oneStale_failTheWholeBatch() {
        inTransaction(session -> {
            for (int i = 0; i < 20; i++) {
                session.persist(new Versioned(i));
            }
        });

        try (Session session = factory().openSession()) {
            session.beginTransaction();
            List<Versioned> all = session.createSelectionQuery("from Versioned", Versioned.class)
                    .getResultList();
            inTransaction(
                    rival -> rival.createMutationQuery("update versioned Versioned set amount = 7 where number = 11")
                            .executeUpdate());
            all.forEach(v -> v.amount = 1);
            assertThatThrownBy(() -> session.getTransaction().commit())
                    .satisfies(e -> assertThat(Rivalry.isConcurrencyFailure(e)).isTrue());
        }

        assertThat(single("select sum(v.amount) from Versioned v", Long.class)).isEqualTo(7);
    }

    @Test
    void deletes_ofManyRows_areAllDone() {
        persistSamples();
        sql().clear();

        inTransaction(session -> session.createSelectionQuery("from Sample s where s.number >= 5", Sample.class)
                .getResultList()
                .forEach(session::remove));

        assertThat(count(Sample.class)).isEqualTo(5);
        assertThat(sql().startingWith("delete from sample")).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void inserts_duplicateInside_leaveNothing() {
        assertThatThrownBy(() -> inTransaction(session -> {
                    for (int i = 0; i < 120; i++) {
                        session.persist(new Sample(i == 70 ? 3 : i));
                    }
                }))
                .hasStackTraceContaining(ConstraintViolationException.class.getName());

        assertThat(count(Sample.class)).isZero();
    }

    @Test
    void batchSizeOfSession_flushAndClear_keepsMemoryFlatAndWritesAll() {
        inTransaction(session -> {
            session.setJdbcBatchSize(20);
            for (int i = 0; i < ROWS; i++) {
                session.persist(new Sample(i));
                if (i % 20 == 19) {
                    session.flush();
                    session.clear();
                }
            }
        });

        assertThat(single("select sum(s.number) from Sample s", Long.class)).isEqualTo(ROWS * (ROWS - 1L) / 2);
    }

    private void persistSamples() {
        inTransaction(session -> {
            for (int i = 0; i < ROWS; i++) {
                session.persist(new Sample(i));
            }
        });
    }

    @Entity(name = "Sample")
    static class Sample {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "sample")
        @SequenceGenerator(name = "sample", allocationSize = 50)
        Long id;

        @Column(name = "num", unique = true)
        int number;

        int amount;

        Sample() {}

        Sample(int number) {
            this.number = number;
        }
    }

    @Entity(name = "Versioned")
    static class Versioned {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "versioned")
        @SequenceGenerator(name = "versioned", allocationSize = 50)
        Long id;

        @Version
        int version;

        @Column(name = "num")
        int number;

        int amount;

        Versioned() {}

        Versioned(int number) {
            this.number = number;
        }
    }
}
