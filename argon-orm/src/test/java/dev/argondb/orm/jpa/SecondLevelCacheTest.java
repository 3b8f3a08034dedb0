package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Cacheable;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.KeyType;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;

/** The second-level cache and the query cache: when they answer, and that they never answer with what is no longer so. */
class SecondLevelCacheTest extends JpaFeatureTest {
    SecondLevelCacheTest() {
        super(Country.class, Region.class);
    }

    @Override
    Map<String, Object> settings() {
        return Map.of(
                "hibernate.cache.use_second_level_cache",
                true,
                "hibernate.cache.use_query_cache",
                true,
                "hibernate.cache.region.factory_class",
                "jcache",
                "hibernate.cache.region_prefix",
                "suite-" + UUID.randomUUID(),
                "hibernate.javax.cache.provider",
                "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider",
                "hibernate.javax.cache.missing_cache_strategy",
                "create");
    }

    @Test
    void find_secondTime_isAnsweredByTheCache() {
        Country france = saved("FR", "France");
        find(france);

        assertThat(statementsOf(() -> assertThat(find(france).name).isEqualTo("France")))
                .isZero();
        assertThat(statistics().getSecondLevelCacheHitCount()).isPositive();
    }

    @Test
    void update_thenFind_givesTheNewValue() {
        Country france = saved("FR", "France");
        find(france);

        inTransaction(session -> session.find(Country.class, france.id).name = "République");

        assertThat(find(france).name).isEqualTo("République");
    }

    @Test
    void update_rolledBack_givesTheOldValue() {
        Country france = saved("FR", "France");
        find(france);

        inTransaction(session -> {
            session.find(Country.class, france.id).name = "never";
            session.flush();
            session.getTransaction().markRollbackOnly();
        });

        assertThat(find(france).name).isEqualTo("France");
    }

    @Test
    void bulkUpdate_thenFind_givesTheNewValue() {
        Country france = saved("FR", "France");
        find(france);

        inTransaction(session ->
                session.createMutationQuery("update Country set name = 'bulk'").executeUpdate());

        assertThat(find(france).name).isEqualTo("bulk");
    }

    @Test
    void nativeUpdate_thenFind_givesTheNewValue() {
        Country france = saved("FR", "France");
        find(france);

        inTransaction(session -> session.createNativeMutationQuery("update country set name = 'native'")
                .executeUpdate());

        assertThat(find(france).name).isEqualTo("native");
    }

    @Test
    void remove_thenFind_givesNull() {
        Country france = saved("FR", "France");
        find(france);

        inTransaction(session -> session.remove(session.find(Country.class, france.id)));

        assertThat(find(france)).isNull();
    }

    @Test
    void collection_secondTime_isAnsweredByTheCacheAndFollowsChanges() {
        Country france = saved("FR", "France", "Alsace", "Corse");
        assertThat(regions(france)).hasSize(2);
        assertThat(statementsOf(() -> assertThat(regions(france)).hasSize(2))).isZero();

        inTransaction(session -> session.find(Country.class, france.id).regions.remove(0));

        assertThat(regions(france)).containsExactly("Corse");
    }

    @Test
    void naturalId_secondTime_isAnsweredByTheCache() {
        saved("FR", "France");
        byCode("FR");

        assertThat(statementsOf(() -> assertThat(byCode("FR").name).isEqualTo("France")))
                .isZero();
    }

    @Test
    void queryCache_secondTime_isAnsweredAndInvalidatedByWrites() {
        saved("FR", "France");
        assertThat(cachedNames()).containsExactly("France");
        assertThat(statementsOf(() -> assertThat(cachedNames()).containsExactly("France")))
                .isZero();

        saved("IT", "Italia");
        assertThat(cachedNames()).containsExactly("France", "Italia");
    }

    @Test
    void queryCache_nativeWrite_invalidates() {
        saved("FR", "France");
        cachedNames();

        inTransaction(session ->
                session.createNativeMutationQuery("delete from country").executeUpdate());

        assertThat(cachedNames()).isEmpty();
    }

    @Test
    void evict_find_asksTheDatabaseAgain() {
        Country france = saved("FR", "France");
        find(france);
        factory().getCache().evict(Country.class, france.id);

        assertThat(statementsOf(() -> find(france))).isEqualTo(1);
    }

    private Statistics statistics() {
        return factory().getStatistics();
    }

    private Country saved(String code, String name, String... regions) {
        Country country = new Country(code, name);
        for (String region : regions) {
            country.regions.add(new Region(region));
        }
        save(country);
        return country;
    }

    private List<String> regions(Country country) {
        return fromTransaction(session -> session.find(Country.class, country.id).regions.stream()
                .map(r -> r.name)
                .toList());
    }

    private Country byCode(String code) {
        return fromTransaction(session -> session.find(Country.class, code, KeyType.NATURAL));
    }

    private List<String> cachedNames() {
        return fromTransaction(
                session -> session.createSelectionQuery("select c.name from Country c order by c.name", String.class)
                        .setCacheable(true)
                        .getResultList());
    }

    @Entity(name = "Country")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "country")
    @NaturalIdCache(region = "country-code")
    static class Country {
        @Id
        @GeneratedValue
        Long id;

        @NaturalId
        String code;

        String name;

        @OneToMany(cascade = CascadeType.ALL)
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "country-regions")
        @jakarta.persistence.OrderColumn
        List<Region> regions = new ArrayList<>();

        Country() {}

        Country(String code, String name) {
            this.code = code;
            this.name = name;
        }
    }

    @Entity(name = "Region")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE, region = "region")
    static class Region {
        @Id
        @GeneratedValue
        Long id;

        String name;

        Region() {}

        Region(String name) {
            this.name = name;
        }
    }
}
