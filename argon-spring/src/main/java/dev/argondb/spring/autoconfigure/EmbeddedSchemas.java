package dev.argondb.spring.autoconfigure;

import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.jdbc.init.DatabaseInitializationProperties;
import org.springframework.boot.sql.init.DatabaseInitializationMode;

/**
 * Lets the tables of Spring Batch, Session, Quartz and Integration be made in a database in memory without being asked for, as Boot does
 * in every embedded database: it knows those of others by their URLs.
 *
 * <p>Confined to start-up.
 */
final class EmbeddedSchemas implements BeanPostProcessor {

    private final ObjectProvider<ArgonConnectionDetails> details;
    private final ListableBeanFactory beans;

    EmbeddedSchemas(ObjectProvider<ArgonConnectionDetails> details, ListableBeanFactory beans) {
        this.details = details;
        this.beans = beans;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof DatabaseInitializationProperties properties
                && properties.getInitializeSchema() == DatabaseInitializationMode.EMBEDDED
                && isInMemory()) {
            properties.setInitializeSchema(DatabaseInitializationMode.ALWAYS);
        }
        return bean;
    }

    /** With a second data source, which of them the tables are for is not known here. */
    private boolean isInMemory() {
        return beans.getBeanNamesForType(DataSource.class, true, false).length == 1
                && ConnectionProperties.toUrl(details.getObject().url()).startsWith("jdbc:argon:mem:");
    }
}
