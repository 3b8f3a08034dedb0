package dev.argondb.spring.autoconfigure;

import dev.argondb.Argon;
import dev.argondb.Authorship;
import dev.argondb.orm.jdbc.ArgonDataSource;
import dev.argondb.spring.jdbc.ScopedDataSource;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/** Opens the database, and makes it the application's data source. */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@Conditional(OnArgonCondition.class)
@EnableConfigurationProperties(ArgonProperties.class)
public final class ArgonAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ArgonConnectionDetails argonConnectionDetails(ArgonProperties properties, Environment environment) {
        String url = properties.getUrl();
        return () -> url != null ? url : environment.getProperty("spring.datasource.url", ArgonProperties.DEFAULT_URL);
    }

    /** Closing the last handle closes the database: the application's data source holds it as well. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Argon argon(ArgonConnectionDetails details, ArgonProperties properties) {
        try (ArgonDataSource source = ConnectionProperties.dataSource(details.url(), properties)) {
            return Argon.open(source.location());
        }
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(DataSource.class)
    ScopedDataSource dataSource(
            ArgonConnectionDetails details, ArgonProperties properties, Argon argon, Authorship authorship) {
        ArgonDataSource source = ConnectionProperties.dataSource(details.url(), properties);
        source.setAuthorship(authorship);
        return new ScopedDataSource(source);
    }

    @Bean
    @ConditionalOnMissingBean
    Authorship argonAuthorship() {
        return Authorship.NONE;
    }
}
