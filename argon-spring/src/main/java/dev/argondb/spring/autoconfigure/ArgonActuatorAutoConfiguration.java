package dev.argondb.spring.autoconfigure;

import dev.argondb.Argon;
import dev.argondb.spring.actuate.ArgonEndpoint;
import dev.argondb.spring.actuate.ArgonHealthIndicator;
import dev.argondb.spring.actuate.ArgonInfoContributor;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The endpoint, health and info {@code argon}, where the application has an actuator. */
@AutoConfiguration(after = ArgonAutoConfiguration.class)
@ConditionalOnSingleCandidate(Argon.class)
public final class ArgonActuatorAutoConfiguration {

    /** The endpoint and the info. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({InfoContributor.class, ConditionalOnAvailableEndpoint.class})
    static final class Actuator {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        ArgonEndpoint argonEndpoint(Argon argon) {
            return new ArgonEndpoint(argon);
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnEnabledInfoContributor("argon")
        ArgonInfoContributor argonInfoContributor(Argon argon) {
            return new ArgonInfoContributor(argon);
        }
    }

    /** The health. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static final class HealthOfArgon {

        @Bean
        @ConditionalOnMissingBean(name = "argonHealthIndicator")
        @ConditionalOnEnabledHealthIndicator("argon")
        ArgonHealthIndicator argonHealthIndicator(Argon argon) {
            return new ArgonHealthIndicator(argon);
        }
    }
}
