package dev.argondb.spring.test;

import dev.argondb.spring.autoconfigure.ArgonAutoConfiguration;
import dev.argondb.spring.autoconfigure.ArgonConnectionDetails;
import java.util.UUID;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Role;

/**
 * The database of tests with {@code @AutoConfigureTestDatabase}, as {@code @DataJpaTest} and {@code @JdbcTest} have it: an application on
 * Argon gets a fresh one in memory where another one would get an embedded H2, and keeps its own in the same cases.
 *
 * <p>Listed for that annotation alone.
 */
@AutoConfiguration(before = ArgonAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "argon.enabled", matchIfMissing = true)
final class ArgonTestDatabaseAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static KeepArgon argonKeepsItsDataSource() {
        return new KeepArgon();
    }

    /** The one in memory: a name that no other context has, as Boot does it with H2. */
    @Bean
    @Conditional(OnReplacedDatabase.class)
    @ConditionalOnMissingBean
    ArgonConnectionDetails argonTestConnectionDetails() {
        String url = "mem:test-" + UUID.randomUUID();
        return () -> url;
    }
}
