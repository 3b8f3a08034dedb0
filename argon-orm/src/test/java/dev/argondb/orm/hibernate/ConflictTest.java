package dev.argondb.orm.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.orm.hibernate.Shop.Category;
import dev.argondb.orm.hibernate.Shop.Label;
import dev.argondb.orm.hibernate.Shop.Product;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.RollbackException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hibernate.Session;
import org.hibernate.StaleStateException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.SnapshotIsolationException;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.junit.jupiter.api.Test;

/** What users of Hibernate and of JPA see when transactions meet. */
class ConflictTest extends ShopTest {

    @Test
    void sameRow_secondCommitter_getsOptimisticLockException() {
        factory.inTransaction("main", session -> session.persist(new Label("a", "first")));
        try (Session slow = factory.openSession("main")) {
            slow.beginTransaction();
            slow.find(Label.class, "a").text = "slow";
            factory.inTransaction("main", session -> session.find(Label.class, "a").text = "fast");

            assertThatThrownBy(slow.getTransaction()::commit)
                    .isInstanceOf(OptimisticLockException.class)
                    .hasCauseInstanceOf(StaleStateException.class)
                    .satisfies(e -> assertThat(e.getCause()).hasCauseInstanceOf(SnapshotIsolationException.class))
                    .satisfies(e -> assertThat(sqlState(e)).isEqualTo("40001"))
                    .hasMessageContaining("`sticker`")
                    .hasMessageContaining("retry the transaction");
        }
        assertThat(text("a")).isEqualTo("fast");
    }

    @Test
    void sameVersionedRow_secondCommitter_getsOptimisticLockException() {
        Product lamp = product("main", "lamp", 10);
        try (Session slow = factory.openSession("main")) {
            slow.beginTransaction();
            slow.find(Product.class, lamp.id).price = 11;
            reprice("main", lamp, 12);

            assertThatThrownBy(slow.getTransaction()::commit).isInstanceOf(OptimisticLockException.class);
        }
        assertThat(price("main", lamp)).isEqualTo(12);
    }

    @Test
    void staleVersion_mergedLater_getsOptimisticLockException() {
        Product lamp = product("main", "lamp", 10);
        reprice("main", lamp, 12);
        lamp.price = 13;

        assertThatThrownBy(() -> factory.inTransaction("main", session -> session.merge(lamp)))
                .isInstanceOf(OptimisticLockException.class);
    }

    @Test
    void bulkHql_conflict_getsOptimisticLockException() {
        product("main", "lamp", 10);
        try (Session slow = factory.openSession("main")) {
            slow.beginTransaction();
            slow.createMutationQuery("update Product set price = 1").executeUpdate();
            factory.inTransaction("main", session -> session.createMutationQuery("update Product set price = 2")
                    .executeUpdate());

            assertThatThrownBy(slow.getTransaction()::commit).isInstanceOf(OptimisticLockException.class);
        }
    }

    @Test
    void entityManager_conflict_getsRollbackExceptionByOptimisticLock() {
        factory.inTransaction("main", session -> session.persist(new Label("a", "first")));
        try (EntityManagerFactory jpa = jpa();
                EntityManager slow = jpa.createEntityManager()) {
            slow.getTransaction().begin();
            slow.find(Label.class, "a").text = "slow";
            jpa.runInTransaction(em -> em.find(Label.class, "a").text = "fast");

            assertThatThrownBy(slow.getTransaction()::commit)
                    .isInstanceOf(RollbackException.class)
                    .hasCauseInstanceOf(OptimisticLockException.class);
            assertThat(slow.getTransaction().isActive()).isFalse();
            slow.clear();
            slow.getTransaction().begin();
            slow.find(Label.class, "a").text = "again";
            slow.getTransaction().commit();
        }
        assertThat(text("a")).isEqualTo("again");
    }

    @Test
    void sameNewKey_secondCommitter_getsConstraintViolation() {
        try (Session slow = factory.openSession("main")) {
            slow.beginTransaction();
            slow.persist(new Label("a", "slow"));
            slow.flush();
            factory.inTransaction("main", session -> session.persist(new Label("a", "fast")));

            assertThatThrownBy(slow.getTransaction()::commit)
                    .isInstanceOfAny(ConstraintViolationException.class, OptimisticLockException.class)
                    .satisfies(e -> assertThat(sqlState(e)).isIn("23505", "40001"));
        }
        assertThat(text("a")).isEqualTo("fast");
    }

    @Test
    void parentRemovedMeanwhile_secondCommitter_getsConstraintViolation() {
        Category light = factory.fromTransaction("main", session -> {
            Category category = new Category("light");
            session.persist(category);
            return category;
        });
        try (Session slow = factory.openSession("main")) {
            slow.beginTransaction();
            slow.persist(new Product("lamp", 1).in(slow.getReference(Category.class, light.id)));
            slow.flush();
            factory.inTransaction("main", session -> session.remove(session.find(Category.class, light.id)));

            assertThatThrownBy(slow.getTransaction()::commit)
                    .isInstanceOf(ConstraintViolationException.class)
                    .satisfies(e -> assertThat(sqlState(e)).isEqualTo("23503"));
        }
        assertThat(count("main", Product.class)).isZero();
    }

    @Test
    void otherBranch_noConflict() {
        Product lamp = product("main", "lamp", 10);
        argon.createBranch("feature", "main");
        try (Session slow = factory.openSession("feature")) {
            slow.beginTransaction();
            slow.find(Product.class, lamp.id).price = 11;
            reprice("main", lamp, 12);
            slow.getTransaction().commit();
        }
        assertThat(price("feature", lamp)).isEqualTo(11);
        assertThat(price("main", lamp)).isEqualTo(12);
    }

    @Test
    void threadsOnBranches_eachSeesItsOwn() {
        Product lamp = product("main", "lamp", 0);
        int threads = 4;
        int rounds = 40;
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            String branch = "b" + thread;
            argon.createBranch(branch, "main");
            running.add(CompletableFuture.runAsync(() -> {
                for (int round = 1; round <= rounds; round++) {
                    int expected = round - 1;
                    factory.inTransaction(branch, session -> {
                        Product found = session.find(Product.class, lamp.id);
                        assertThat(found.price).isEqualTo(expected);
                        found.price++;
                        session.persist(new Product(branch, expected));
                    });
                }
            }));
        }
        running.forEach(CompletableFuture::join);
        for (int thread = 0; thread < threads; thread++) {
            assertThat(price("b" + thread, lamp)).isEqualTo(rounds);
            assertThat(count("b" + thread, Product.class)).isEqualTo(rounds + 1);
        }
        assertThat(price("main", lamp)).isZero();
    }

    @Test
    void threadsOnOneBranch_retrying_loseNothing() {
        Product lamp = product("main", "lamp", 0);
        int threads = 4;
        int rounds = 25;
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            running.add(CompletableFuture.runAsync(() -> {
                for (int round = 0; round < rounds; round++) {
                    untilDone(() ->
                            factory.inTransaction("main", session -> session.find(Product.class, lamp.id).price++));
                }
            }));
        }
        running.forEach(CompletableFuture::join);
        assertThat(price("main", lamp)).isEqualTo(threads * rounds);
    }

    private static void untilDone(Runnable transaction) {
        while (true) {
            try {
                transaction.run();
                return;
            } catch (OptimisticLockException e) {
                Thread.onSpinWait();
            }
        }
    }

    private String text(String code) {
        return factory.fromTransaction("main", session -> session.find(Label.class, code).text);
    }

    private EntityManagerFactory jpa() {
        return new HibernatePersistenceConfiguration("shop")
                .jdbcUrl("jdbc:argon:" + argon.location())
                .managedClasses(Shop.ENTITIES)
                .property("hibernate.cache.use_second_level_cache", false)
                .createEntityManagerFactory();
    }

    private static String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState();
            }
        }
        throw new AssertionError("no SQLException below", failure);
    }
}
