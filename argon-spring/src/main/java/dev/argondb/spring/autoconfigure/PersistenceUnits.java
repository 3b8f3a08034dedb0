package dev.argondb.spring.autoconfigure;

import dev.argondb.orm.hibernate.BranchSessionFactory;
import dev.argondb.spring.jdbc.ScopedDataSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.hibernate.cfg.MultiTenancySettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.orm.jpa.AbstractEntityManagerFactoryBean;

/**
 * Binds the sessions of each persistence unit whose data source is Argon's to branches, and chooses what is done to its schema; leaves all
 * other units alone. A property customizer of Boot's would not do: it is not told which data source a unit has.
 *
 * <p>Confined to start-up.
 */
final class PersistenceUnits implements BeanPostProcessor {

    private static final List<String> TENANCY = List.of(
            MultiTenancySettings.MULTI_TENANT_CONNECTION_PROVIDER,
            MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER,
            MultiTenancySettings.MULTI_TENANT_SCHEMA_MAPPER);

    private final ObjectProvider<SchemaChoice> schema;

    PersistenceUnits(ObjectProvider<SchemaChoice> schema) {
        this.schema = schema;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof AbstractEntityManagerFactoryBean unit) {
            Optional.ofNullable(unit.getDataSource()).ifPresent(source -> ScopedDataSource.behind(source)
                    .ifPresent(scoped -> bind(beanName, unit.getJpaPropertyMap(), source, scoped)));
        }
        return bean;
    }

    private void bind(String unit, Map<String, Object> settings, DataSource source, ScopedDataSource scoped) {
        requireNoTenants(unit, settings);
        settings.putAll(BranchSessionFactory.settings(scoped.argon(), scoped.connections()));
        schema.getObject().apply(settings, source, scoped);
    }

    private static void requireNoTenants(String unit, Map<String, Object> settings) {
        TENANCY.stream().filter(settings::containsKey).findFirst().ifPresent(setting -> {
            throw new ArgonConfigurationException(
                    "The persistence unit of bean `" + unit + "` works on Argon, and has `" + setting
                            + "` of its own: on Argon, the tenant of a session is its branch.",
                    "Remove `" + setting
                            + "`, and keep the application's tenants in its data or on branches; or give the unit"
                            + " another data source.");
        });
    }
}
