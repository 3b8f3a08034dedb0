package dev.argondb.spring.autoconfigure;

import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.sql.autoconfigure.init.ApplicationScriptDatabaseInitializer;
import org.springframework.boot.sql.autoconfigure.init.ConditionalOnSqlInitialization;
import org.springframework.boot.sql.autoconfigure.init.SqlInitializationProperties;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.jdbc.datasource.init.DatabasePopulator;

/** Makes a database in memory what Boot takes for embedded: scripts run in it without being asked for. */
@AutoConfiguration(
        after = {ArgonAutoConfiguration.class, DataSourceAutoConfiguration.class},
        before = DataSourceInitializationAutoConfiguration.class)
@ConditionalOnClass(DatabasePopulator.class)
@Conditional(OnArgonDataSourceCondition.class)
public final class ArgonSqlInitializationAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static EmbeddedSchemas argonEmbeddedSchemas(
            ObjectProvider<ArgonConnectionDetails> details, ListableBeanFactory beans) {
        return new EmbeddedSchemas(details, beans);
    }

    /** The application's own scripts. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(ApplicationScriptDatabaseInitializer.class)
    @ConditionalOnSqlInitialization
    @EnableConfigurationProperties(SqlInitializationProperties.class)
    @Import(DatabaseInitializationDependencyConfigurer.class)
    static class Scripts {

        @Bean
        ScriptInitializer dataSourceScriptDatabaseInitializer(
                DataSource dataSource, SqlInitializationProperties properties) {
            return new ScriptInitializer(dataSource, properties);
        }
    }
}
