package dev.argondb.orm.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.EntityEvent;
import dev.argondb.Ref;
import dev.argondb.orm.hibernate.Shop.Label;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.hibernate.cfg.Configuration;
import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JPA by URL alone, and schema export both so and with branches. */
class PlainBootstrapTest {

    private Argon argon;

    @BeforeEach
    void open() {
        argon = Argon.open("mem:plain-" + UUID.randomUUID());
    }

    @AfterEach
    void discard() {
        String location = argon.location();
        argon.close();
        Argon.discard(location);
    }

    @Test
    void urlAlone_persistsAndNamesTheCommit() {
        try (EntityManagerFactory jpa = jpa("", "create")) {
            jpa.runInTransaction(em -> em.persist(new Label("a", "text")));
            assertThat(jpa.<String>callInTransaction(em -> em.find(Label.class, "a").text))
                    .isEqualTo("text");
        }
        assertThat(argon.commits(Ref.parse("main"), 1).get(0).events())
                .extracting(EntityEvent::entityName, EntityEvent::entityId)
                .containsExactly(org.assertj.core.api.Assertions.tuple("Sticker", "a"));
    }

    @Test
    void urlWithBranch_worksOnIt() {
        jpa("", "create").close();
        argon.createBranch("feature", "main");
        try (EntityManagerFactory feature = jpa("?branch=feature&author=ann", "validate");
                EntityManagerFactory main = jpa("", "validate")) {
            feature.runInTransaction(em -> em.persist(new Label("a", "text")));

            assertThat(feature.<Object>callInTransaction(em -> em.find(Label.class, "a")))
                    .isNotNull();
            assertThat(main.<Object>callInTransaction(em -> em.find(Label.class, "a")))
                    .isNull();
        }
        assertThat(argon.commits(Ref.parse("feature"), 1).get(0).author()).isEqualTo("ann");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void schemaExport_createThenUpdateThenValidate_works(boolean branches) {
        Map<String, Object> settings = branches ? BranchSessionFactory.settings(argon) : url();
        export(settings, "create", Label.class);
        assertThatThrownBy(() -> export(settings, "validate", Shop.ENTITIES))
                .isInstanceOf(SchemaManagementException.class)
                .hasMessageContaining("missing table");
        export(settings, "update", Shop.ENTITIES);
        export(settings, "validate", Shop.ENTITIES);
        export(settings, "update", Shop.ENTITIES);
        export(settings, "create-drop", Shop.ENTITIES);
        assertThatThrownBy(() -> export(settings, "validate", Shop.ENTITIES))
                .isInstanceOf(SchemaManagementException.class);
    }

    private Map<String, Object> url() {
        return Map.of("jakarta.persistence.jdbc.url", "jdbc:argon:" + argon.location());
    }

    private static void export(Map<String, Object> settings, String action, Class<?>... entities) {
        Configuration configuration = new Configuration().addAnnotatedClasses(entities);
        settings.forEach(configuration.getProperties()::put);
        configuration.getProperties().put("hibernate.hbm2ddl.auto", action);
        configuration.buildSessionFactory().close();
    }

    private EntityManagerFactory jpa(String parameters, String export) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("jakarta.persistence.jdbc.url", "jdbc:argon:" + argon.location() + parameters);
        properties.put("hibernate.hbm2ddl.auto", export);
        properties.put("hibernate.cache.use_second_level_cache", false);
        PersistenceConfiguration configuration = new PersistenceConfiguration("plain").properties(properties);
        for (Class<?> entity : Shop.ENTITIES) {
            configuration.managedClass(entity);
        }
        return configuration.createEntityManagerFactory();
    }
}
