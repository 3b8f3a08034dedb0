package dev.argondb.orm.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.BranchScope;
import dev.argondb.Lsn;
import dev.argondb.ReadOnlyException;
import dev.argondb.orm.hibernate.Shop.Label;
import dev.argondb.orm.hibernate.Shop.Product;
import jakarta.persistence.LockModeType;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hibernate.CacheMode;
import org.hibernate.HibernateException;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A past moment is read-only and says so, whichever way one writes. */
class PastSessionTest extends ShopTest {

    private Product lamp;
    private Lsn moment;
    private Session past;

    @BeforeEach
    void openPast() {
        lamp = product("main", "lamp", 10);
        moment = head("main");
        reprice("main", lamp, 20);
        past = factory.openSession("main@" + moment);
        past.beginTransaction();
    }

    @AfterEach
    void closePast() {
        if (past.getTransaction().isActive()) {
            past.getTransaction().rollback();
        }
        past.close();
    }

    @Test
    void session_isReadOnlyAndLeavesTheCacheAlone() {
        assertThat(past.isDefaultReadOnly()).isTrue();
        assertThat(past.getCacheMode()).isEqualTo(CacheMode.IGNORE);
        assertThat(past.isReadOnly(past.find(Product.class, lamp.id))).isTrue();
    }

    @Test
    void persist_refusedAtOnce() {
        assertRefused("persist", "Product", () -> past.persist(new Product("chair", 5)));
    }

    @Test
    void merge_refusedAtOnce() {
        assertRefused("merge", "Product", () -> past.merge(lamp));
    }

    @Test
    void remove_refusedAtOnce() {
        Product found = past.find(Product.class, lamp.id);

        assertRefused("remove", "Product", () -> past.remove(found));
    }

    @Test
    void collectionChange_refusedAtFlush() {
        past.find(Product.class, lamp.id).tags.add("new");

        assertThatThrownBy(past::flush)
                .isInstanceOf(HibernateException.class)
                .hasMessageContaining("Immutable collection was modified")
                .hasMessageContaining("tags");
    }

    @Test
    void collectionChange_ofAWritableEntity_refusedAtFlush() {
        Product found = past.find(Product.class, lamp.id);
        past.setReadOnly(found, false);
        found.tags.add("new");

        assertThatThrownBy(past::flush)
                .isInstanceOf(ReadOnlyException.class)
                .hasMessageContaining("refused: this session is on `main@" + moment + "`");
    }

    @Test
    void entityChange_made_writable_refusedAtFlush() {
        Product found = past.find(Product.class, lamp.id);
        past.setReadOnly(found, false);
        found.price = 99;

        assertRefused("update", "Product", past::flush);
    }

    @Test
    void entityChange_ofAReadOnlyEntity_isNeverWritten() {
        Product found = past.find(Product.class, lamp.id);
        found.price = 99;
        past.getTransaction().commit();

        assertThat(price("main", lamp)).isEqualTo(20);
        assertThat(price("main@" + moment, lamp)).isEqualTo(10);
    }

    @Test
    void statelessInsert_refused() {
        try (StatelessSession stateless = factory.at(moment).openStatelessSession()) {
            stateless.beginTransaction();
            assertRefused("insert", "Label", () -> stateless.insert(new Label("a", "text")));
            stateless.getTransaction().rollback();
        }
    }

    @Test
    void bulkHql_refusedBelow() {
        assertRefusedBelow(
                () -> past.createMutationQuery("update Product set price = 0").executeUpdate());
    }

    @Test
    void nativeSql_refusedBelow() {
        try (StatelessSession stateless = factory.at(moment).openStatelessSession()) {
            stateless.beginTransaction();
            assertRefusedBelow(() ->
                    stateless.createNativeMutationQuery("delete from Product").executeUpdate());
            stateless.getTransaction().rollback();
        }
    }

    @Test
    void plainJdbc_refusedBelow() {
        assertRefusedBelow(() -> past.doWork(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("update Product set price = 0");
            }
        }));
    }

    @Test
    void pessimisticLock_refusedBelow() {
        assertRefusedBelow(() -> past.find(Product.class, lamp.id, LockModeType.PESSIMISTIC_WRITE));
    }

    @Test
    void scopeOnAPastMoment_refusesAsWell() {
        BranchScope.run("main@" + moment, () -> {
            try (Session session = factory.sessionFactory().openSession()) {
                session.beginTransaction();
                assertThat(session.find(Product.class, lamp.id).price).isEqualTo(10);
                assertThat(session.isDefaultReadOnly()).isTrue();
                assertRefused("persist", "Product", () -> session.persist(new Product("chair", 5)));
                session.getTransaction().rollback();
            }
        });
    }

    @Test
    void urlWithAMoment_refusesAsWell() {
        Configuration configuration = new Configuration()
                .addAnnotatedClasses(Shop.ENTITIES)
                .setProperty("hibernate.connection.url", "jdbc:argon:" + argon.location() + "?at=main@" + moment);
        try (SessionFactory plain = configuration.buildSessionFactory();
                Session session = plain.openSession()) {
            session.beginTransaction();
            assertThat(session.find(Product.class, lamp.id).price).isEqualTo(10);
            assertRefused("persist", "Label", () -> session.persist(new Label("a", "text")));
            session.getTransaction().rollback();
        }
    }

    private void assertRefused(String operation, String entity, ThrowingCallable write) {
        String ref = "main@" + moment;
        assertThatThrownBy(write)
                .isInstanceOf(ReadOnlyException.class)
                .hasMessage(operation + " of `" + entity + "` refused: this session is on `" + ref
                        + "`, a past moment, which is" + " read-only; branch off with `argon.createBranch(\"NAME\", \""
                        + ref + "\")` and write on the branch");
    }

    private void assertRefusedBelow(ThrowingCallable write) {
        assertThatThrownBy(write).satisfies(failure -> {
            SQLException refusal = sqlCause(failure);
            assertThat(refusal.getSQLState()).isEqualTo("25006");
            assertThat(refusal.getMessage()).contains("`main@" + moment + "` is a past moment and read-only");
        });
        assertThat(price("main", lamp)).isEqualTo(20);
    }

    private static SQLException sqlCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        throw new AssertionError("no SQLException below", failure);
    }
}
