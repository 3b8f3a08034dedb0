package dev.argondb.orm.hibernate;

import dev.argondb.Argon;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.orm.hibernate.Shop.Product;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The base of these tests: a new database in memory with the tables of {@link Shop} for each test. */
abstract class ShopTest {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    Argon argon;
    private String location;
    BranchSessionFactory factory;

    /** Settings of the class on top of schema creation. */
    Map<String, Object> settings() {
        return Map.of();
    }

    @BeforeEach
    final void openShop() {
        location = "mem:shop" + DATABASES.incrementAndGet();
        argon = Argon.open(location);
        Map<String, Object> settings = new HashMap<>();
        settings.put("hibernate.cache.use_second_level_cache", false);
        settings.put("hibernate.cache.region_prefix", location.substring("mem:".length()));
        settings.putAll(settings());
        settings.put("hibernate.hbm2ddl.auto", "create");
        factory = BranchSessionFactory.of(argon, settings, Shop.ENTITIES);
    }

    @AfterEach
    final void closeShop() {
        if (factory != null) {
            factory.close();
        }
        argon.close();
        Argon.discard(location);
    }

    /** Runs work on a ref and returns the branch's head after it. */
    final Lsn commit(String branch, Consumer<Session> work) {
        factory.inTransaction(branch, work);
        return head(branch);
    }

    final Lsn head(String branch) {
        return argon.resolve(new Ref.Head(branch)).orElseThrow();
    }

    /** Persists a product on a branch. */
    final Product product(String branch, String name, int price) {
        return factory.fromTransaction(branch, session -> {
            Product product = new Product(name, price);
            session.persist(product);
            return product;
        });
    }

    final int price(String ref, Product product) {
        return factory.fromTransaction(ref, session -> session.find(Product.class, product.id).price);
    }

    final void reprice(String branch, Product product, int price) {
        factory.inTransaction(branch, session -> session.find(Product.class, product.id).price = price);
    }

    final long count(String ref, Class<?> type) {
        return factory.fromTransaction(
                ref, session -> session.createSelectionQuery("select count(*) from " + type.getName(), Long.class)
                        .getSingleResult());
    }
}
