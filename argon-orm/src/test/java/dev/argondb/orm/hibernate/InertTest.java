package dev.argondb.orm.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.orm.hibernate.Shop.Label;
import jakarta.persistence.OptimisticLockException;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.junit.jupiter.api.Test;

/** Session factories on other databases notice nothing of Argon on the class path. */
class InertTest {

    @Test
    void stockH2_everyKindOfChange_works() {
        try (SessionFactory stock = stockH2().buildSessionFactory()) {
            stock.inTransaction(session -> session.persist(new Label("a", "first")));
            stock.inTransaction(session -> session.find(Label.class, "a").text = "second");
            stock.inStatelessTransaction(session -> session.upsert(new Label("a", "third")));
            assertThat(stock.<String>fromTransaction(session -> session.find(Label.class, "a").text))
                    .isEqualTo("third");
            stock.inTransaction(session -> session.remove(session.find(Label.class, "a")));
        }
    }

    @Test
    void stockH2_staleVersion_reportsAsBefore() {
        try (SessionFactory stock = stockH2().buildSessionFactory()) {
            Shop.Product lamp = stock.fromTransaction(session -> {
                Shop.Product product = new Shop.Product("lamp", 1);
                session.persist(product);
                return product;
            });
            stock.inTransaction(session -> session.find(Shop.Product.class, lamp.id).price = 2);
            lamp.price = 3;
            assertThatThrownBy(() -> stock.inTransaction(session -> session.merge(lamp)))
                    .isInstanceOf(OptimisticLockException.class);
        }
    }

    @Test
    void tenantsOfTheApplication_areLeftAlone() {
        Configuration configuration = stockH2();
        configuration.getProperties().put("hibernate.tenant_identifier_resolver", new Customer());
        try (SessionFactory stock = configuration.buildSessionFactory();
                Session session = stock.openSession()) {
            session.beginTransaction();
            session.persist(new Label("a", "text"));
            session.getTransaction().commit();
            assertThat(session.getTenantIdentifierValue()).isEqualTo("ann@example.com");
        }
    }

    private static Configuration stockH2() {
        return new Configuration()
                .addAnnotatedClasses(Shop.ENTITIES)
                .setProperty("hibernate.connection.url", "jdbc:h2:mem:inert-" + UUID.randomUUID())
                .setProperty("hibernate.hbm2ddl.auto", "create")
                .setProperty("hibernate.cache.use_second_level_cache", "false");
    }

    private static final class Customer implements CurrentTenantIdentifierResolver<String> {
        @Override
        public String resolveCurrentTenantIdentifier() {
            return "ann@example.com";
        }

        @Override
        public boolean validateExistingCurrentSessions() {
            return false;
        }
    }
}
