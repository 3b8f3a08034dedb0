package dev.argondb.spring.autoconfigure;

import dev.argondb.spring.autoconfigure.ArgonProperties.SchemaManagement;
import dev.argondb.spring.jdbc.ScopedDataSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hibernate.cfg.SchemaToolingSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.hibernate.autoconfigure.HibernateProperties;
import org.springframework.boot.jdbc.SchemaManagementProvider;
import org.springframework.boot.jpa.autoconfigure.JpaProperties;

/**
 * What Hibernate does to the schema of a persistence unit when it starts: what {@code argon.schema.management} says; by default what the
 * application says to Hibernate or JPA, nothing where migrations own the schema or the unit is on a past moment, {@code create-drop}
 * in memory, as Boot does in every embedded database, and {@code update} on disk.
 *
 * <p>Confined to start-up.
 */
final class SchemaChoice {

    private static final String NONE = "none";
    private static final String MANAGEMENT = "argon.schema.management";

    private final SchemaManagement wished;
    private final ObjectProvider<JpaProperties> jpa;
    private final ObjectProvider<HibernateProperties> hibernate;
    private final ObjectProvider<SchemaManagementProvider> migrations;

    /** What the application says itself, and where. */
    private record Explicit(String property, String value) {}

    SchemaChoice(
            ArgonProperties properties,
            ObjectProvider<JpaProperties> jpa,
            ObjectProvider<HibernateProperties> hibernate,
            ObjectProvider<SchemaManagementProvider> migrations) {
        this.wished = properties.getSchema().getManagement();
        this.jpa = jpa;
        this.hibernate = hibernate;
        this.migrations = migrations;
    }

    /** Puts the choice into the settings of a persistence unit. */
    void apply(Map<String, Object> settings, DataSource source, ScopedDataSource scoped) {
        Optional<Explicit> explicit = explicit(settings);
        if (wished != SchemaManagement.AUTO) {
            explicit.ifPresent(this::requireSame);
            put(settings, wished.action());
        } else if (explicit.isEmpty()) {
            put(settings, byDefault(source, scoped));
        }
    }

    private static void put(Map<String, Object> settings, String action) {
        settings.put(SchemaToolingSettings.HBM2DDL_AUTO, action);
    }

    private String byDefault(DataSource source, ScopedDataSource scoped) {
        if (scoped.ref().isPast() || isMigrated(source)) {
            return NONE;
        }
        return scoped.isInMemory() ? "create-drop" : "update";
    }

    private boolean isMigrated(DataSource source) {
        return migrations.stream()
                .anyMatch(provider ->
                        provider.getSchemaManagement(source) == org.springframework.boot.jdbc.SchemaManagement.MANAGED);
    }

    private Optional<Explicit> explicit(Map<String, Object> settings) {
        Map<String, ?> properties = jpa.stream()
                .findFirst()
                .<Map<String, ?>>map(JpaProperties::getProperties)
                .orElse(Map.of());
        String ddlAuto = hibernate.stream()
                .findFirst()
                .map(HibernateProperties::getDdlAuto)
                .orElse(null);
        return Stream.of(
                        find("", settings, SchemaToolingSettings.HBM2DDL_AUTO),
                        find("", settings, SchemaToolingSettings.JAKARTA_HBM2DDL_DATABASE_ACTION),
                        find("spring.jpa.properties.", properties, SchemaToolingSettings.HBM2DDL_AUTO),
                        found("spring.jpa.hibernate.ddl-auto", ddlAuto))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Explicit> find(String prefix, Map<String, ?> properties, String key) {
        return found(prefix + key, properties.get(key));
    }

    private static Optional<Explicit> found(String property, @Nullable Object value) {
        return value == null ? Optional.empty() : Optional.of(new Explicit(property, value.toString()));
    }

    private void requireSame(Explicit explicit) {
        if (!explicit.value().equals(wished.action())) {
            throw new ArgonConfigurationException(
                    "`" + MANAGEMENT + "` is `" + wished.action() + "`, and `" + explicit.property() + "` is `"
                            + explicit.value() + "`: they say two different things about the schema.",
                    "Remove one of them.");
        }
    }
}
