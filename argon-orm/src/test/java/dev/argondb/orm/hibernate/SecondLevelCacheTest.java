package dev.argondb.orm.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.orm.hibernate.Shop.Label;
import dev.argondb.orm.hibernate.Shop.Product;
import jakarta.persistence.CacheRetrieveMode;
import jakarta.persistence.CacheStoreMode;
import jakarta.persistence.OptimisticLockException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.hibernate.Session;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The second-level and the query cache never mix branches, moments, or what was before a rewind with what came after. */
class SecondLevelCacheTest extends ShopTest {

    private Product lamp;
    private Statistics statistics;

    @Override
    Map<String, Object> settings() {
        return Map.of(
                "hibernate.cache.use_second_level_cache", true,
                "hibernate.cache.use_query_cache", true,
                "hibernate.cache.region.factory_class", "jcache",
                "hibernate.javax.cache.missing_cache_strategy", "create",
                "hibernate.generate_statistics", true);
    }

    @BeforeEach
    void persistLamp() {
        factory.sessionFactory().getCache().evictAllRegions();
        lamp = factory.fromTransaction("main", session -> {
            Product product = new Product("lamp", 10);
            product.tags.add("old");
            session.persist(product);
            return product;
        });
        statistics = factory.sessionFactory().getStatistics();
        statistics.clear();
    }

    @Test
    void warmOnMain_otherBranch_misses() {
        price("main", lamp);
        argon.createBranch("feature", "main");
        statistics.clear();

        price("main", lamp);
        assertThat(statistics.getSecondLevelCacheHitCount()).as("warm on main").isEqualTo(1);

        price("feature", lamp);
        assertThat(statistics.getSecondLevelCacheHitCount())
                .as("cold on feature")
                .isEqualTo(1);
        assertThat(statistics.getSecondLevelCacheMissCount()).isEqualTo(1);

        price("feature", lamp);
        assertThat(statistics.getSecondLevelCacheHitCount())
                .as("warm on feature")
                .isEqualTo(2);
    }

    @Test
    void warmOnBoth_updateOnOne_isSeenThereOnly() {
        argon.createBranch("feature", "main");
        price("main", lamp);
        price("feature", lamp);

        reprice("feature", lamp, 12);

        assertThat(price("main", lamp)).isEqualTo(10);
        assertThat(price("feature", lamp)).isEqualTo(12);
        statistics.clear();
        assertThat(price("feature", lamp)).isEqualTo(12);
        assertThat(statistics.getSecondLevelCacheHitCount()).isEqualTo(1);
    }

    @Test
    void warm_afterARewind_neverReadsWhatWasDropped() {
        Lsn then = head("main");
        reprice("main", lamp, 99);
        assertThat(price("main", lamp)).isEqualTo(99);

        argon.resetBranch("main", then);

        assertThat(price("main", lamp)).as("cold, put").isEqualTo(10);
        assertThat(price("main", lamp)).as("warm, hit").isEqualTo(10);
        reprice("main", lamp, 50);
        assertThat(price("main", lamp)).isEqualTo(50);
    }

    @Test
    void entityOnlyInTheDroppedPart_afterARewind_isNotFound() {
        Lsn then = head("main");
        factory.inTransaction("main", session -> session.persist(new Label("x", "dropped")));
        assertThat(label("main", "x")).isEqualTo("dropped");

        argon.resetBranch("main", then);

        assertThat(label("main", "x")).isNull();
        factory.inTransaction("main", session -> session.persist(new Label("x", "new")));
        assertThat(label("main", "x")).isEqualTo("new");
    }

    @Test
    void branchDeletedAndMadeAnew_neverReadsTheOldOnes() {
        argon.createBranch("feature", "main");
        reprice("feature", lamp, 12);
        assertThat(price("feature", lamp)).isEqualTo(12);

        argon.deleteBranch("feature");
        argon.createBranch("feature", "main");

        assertThat(price("feature", lamp)).isEqualTo(10);
        assertThat(price("feature", lamp)).isEqualTo(10);
    }

    @Test
    void pastMoment_warmHead_readsThePast() {
        Lsn then = head("main");
        reprice("main", lamp, 99);
        assertThat(price("main", lamp)).isEqualTo(99);
        statistics.clear();

        assertThat(price("main@" + then, lamp)).isEqualTo(10);
        assertThat(statistics.getSecondLevelCacheHitCount()).isZero();
        assertThat(statistics.getSecondLevelCachePutCount()).isZero();
        assertThat(price("main", lamp)).isEqualTo(99);
    }

    @Test
    void pastMoment_cacheForced_keepsMomentsApart() {
        Lsn then = head("main");
        reprice("main", lamp, 99);
        Lsn later = head("main");
        reprice("main", lamp, 100);

        for (int pass = 0; pass < 2; pass++) {
            assertThat(cachedPrice(then)).as("pass %d", pass).isEqualTo(10);
            assertThat(cachedPrice(later)).as("pass %d", pass).isEqualTo(99);
            assertThat(price("main", lamp)).as("pass %d", pass).isEqualTo(100);
        }
        assertThat(statistics.getSecondLevelCacheHitCount()).isPositive();
    }

    @Test
    void collectionCache_branches_areApart() {
        argon.createBranch("feature", "main");
        assertThat(tags("main")).containsExactly("old");
        assertThat(tags("feature")).containsExactly("old");

        factory.inTransaction(
                "feature", session -> session.find(Product.class, lamp.id).tags.add("new"));

        for (int pass = 0; pass < 2; pass++) {
            assertThat(tags("main")).containsExactly("old");
            assertThat(tags("feature")).containsExactly("new", "old");
        }
    }

    @Test
    void queryCache_branchesAndRewinds_areApart() {
        Lsn then = head("main");
        argon.createBranch("feature", "main");
        assertThat(cachedPrices("main")).containsExactly(10);
        assertThat(cachedPrices("feature")).containsExactly(10);
        reprice("feature", lamp, 12);
        reprice("main", lamp, 99);

        for (int pass = 0; pass < 2; pass++) {
            assertThat(cachedPrices("feature")).containsExactly(12);
            assertThat(cachedPrices("main")).containsExactly(99);
        }
        argon.resetBranch("main", then);
        for (int pass = 0; pass < 2; pass++) {
            assertThat(cachedPrices("main")).containsExactly(10);
            assertThat(cachedPrices("feature")).containsExactly(12);
        }
        assertThat(statistics.getQueryCacheHitCount()).isPositive();
    }

    @Test
    void bulkUpdate_warmCache_isSeen() {
        price("main", lamp);

        factory.inTransaction("main", session -> session.createMutationQuery("update Product set price = 33")
                .executeUpdate());

        assertThat(price("main", lamp)).isEqualTo(33);
    }

    @Test
    void rolledBack_warmCache_showsTheOldState() {
        price("main", lamp);
        try (Session session = factory.openSession("main")) {
            session.beginTransaction();
            session.find(Product.class, lamp.id).price = 77;
            session.flush();
            session.getTransaction().rollback();
        }

        assertThat(price("main", lamp)).isEqualTo(10);
    }

    @Test
    void readFromTheCache_changedMeanwhile_isAConflict() {
        factory.inTransaction("main", session -> session.persist(new Label("a", "first")));
        label("main", "a");
        statistics.clear();
        try (Session slow = factory.openSession("main")) {
            slow.beginTransaction();
            slow.find(Label.class, "a").text = "slow";
            assertThat(statistics.getSecondLevelCacheHitCount()).isEqualTo(1);
            factory.inTransaction("main", session -> session.find(Label.class, "a").text = "fast");

            assertThatThrownBy(slow.getTransaction()::commit).isInstanceOf(OptimisticLockException.class);
        }
        assertThat(label("main", "a")).isEqualTo("fast");
    }

    @Test
    void threadsOnOneBranch_countingInAnUnversionedEntity_loseNothing() {
        factory.inTransaction("main", session -> session.persist(new Label("n", "0")));
        int threads = 4;
        int rounds = 50;
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            running.add(CompletableFuture.runAsync(() -> {
                for (int round = 0; round < rounds; round++) {
                    incrementUntilDone();
                }
            }));
        }
        running.forEach(CompletableFuture::join);

        assertThat(label("main", "n")).isEqualTo(Integer.toString(threads * rounds));
        factory.sessionFactory().getCache().evictAllRegions();
        assertThat(label("main", "n")).isEqualTo(Integer.toString(threads * rounds));
    }

    private void incrementUntilDone() {
        while (true) {
            try {
                factory.inTransaction("main", session -> {
                    Label label = session.find(Label.class, "n");
                    label.text = Integer.toString(Integer.parseInt(label.text) + 1);
                });
                return;
            } catch (OptimisticLockException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void warmOnMain_mergeIntoIt_isSeenHoweverItWasApplied() {
        argon.createBranch("feature", "main");
        for (int pass = 0; pass < 2; pass++) {
            assertThat(price("main", lamp)).isEqualTo(10 + pass);
            reprice("feature", lamp, 11 + pass);

            if (pass == 0) {
                argon.merge(argon.planMerge("feature", "main"), "", "");
            } else {
                factory.merge(factory.planMerge("feature", "main"), "", "");
            }

            assertThat(price("main", lamp)).isEqualTo(11 + pass);
        }
    }

    @Test
    void otherDatabase_sameRegions_isApart() {
        price("main", lamp);
        String location = argon.location() + "-other";
        try (Argon other = Argon.open(location)) {
            assertThat(Tenant.of(other, Ref.parse("main"))).isNotEqualTo(Tenant.of(argon, Ref.parse("main")));
        } finally {
            Argon.discard(location);
        }
    }

    @Test
    void renamedBranch_isTheSameHistory() {
        argon.createBranch("feature", "main");
        reprice("feature", lamp, 12);
        argon.renameBranch("feature", "topic");
        argon.createBranch("feature", "main");

        for (int pass = 0; pass < 2; pass++) {
            assertThat(price("topic", lamp)).isEqualTo(12);
            assertThat(price("feature", lamp)).isEqualTo(10);
        }
    }

    private String label(String ref, String code) {
        return factory.fromTransaction(ref, session -> {
            Label label = session.find(Label.class, code);
            return label == null ? null : label.text;
        });
    }

    private List<String> tags(String ref) {
        return factory.fromTransaction(ref, session -> List.copyOf(session.find(Product.class, lamp.id).tags));
    }

    private List<Integer> cachedPrices(String ref) {
        return factory.fromTransaction(
                ref, session -> session.createSelectionQuery("select price from Product", Integer.class)
                        .setCacheable(true)
                        .getResultList());
    }

    private int cachedPrice(Lsn moment) {
        return factory.at(moment).fromTransaction(session -> {
            session.setProperty("jakarta.persistence.cache.retrieveMode", CacheRetrieveMode.USE);
            session.setProperty("jakarta.persistence.cache.storeMode", CacheStoreMode.USE);
            return session.find(Product.class, lamp.id).price;
        });
    }
}
