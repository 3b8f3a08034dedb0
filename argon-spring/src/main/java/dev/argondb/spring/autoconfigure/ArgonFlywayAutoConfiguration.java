package dev.argondb.spring.autoconfigure;

import dev.argondb.spring.jdbc.ScopedDataSource;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Lets Flyway find the migrations for Argon: those for H2, whose SQL it speaks. Flyway itself asks the connection what it is, and gets
 * the same answer; Boot asks the URL, for the placeholder {@code {vendor}}.
 */
@AutoConfiguration(after = ArgonAutoConfiguration.class, before = FlywayAutoConfiguration.class)
@ConditionalOnClass({Flyway.class, FlywayAutoConfiguration.class})
@ConditionalOnBean(ScopedDataSource.class)
public final class ArgonFlywayAutoConfiguration {

    private static final String VENDOR = "{vendor}";

    @Bean
    FlywayConfigurationCustomizer argonFlywayVendor() {
        return configuration -> {
            if (ScopedDataSource.behind(configuration.getDataSource()).isPresent()) {
                useH2(configuration);
            }
        };
    }

    private static void useH2(FluentConfiguration configuration) {
        configuration.locations(Arrays.stream(configuration.getLocations())
                .map(Location::getDescriptor)
                .map(location -> location.replace(VENDOR, "h2"))
                .toArray(String[]::new));
    }
}
