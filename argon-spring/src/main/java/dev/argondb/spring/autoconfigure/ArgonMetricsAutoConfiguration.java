package dev.argondb.spring.autoconfigure;

import dev.argondb.Argon;
import dev.argondb.spring.actuate.ArgonMeters;
import dev.argondb.spring.actuate.ArgonObservations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Meters and observations {@code argon.*}, where the application has a registry for them. */
@AutoConfiguration(
        after = ArgonAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnSingleCandidate(Argon.class)
public final class ArgonMetricsAutoConfiguration {

    /** Gauges and counters. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static final class Meters {

        @Bean(destroyMethod = "close")
        @ConditionalOnMissingBean
        ArgonMeters argonMeters(Argon argon) {
            return new ArgonMeters(argon);
        }
    }

    /** Timers and spans. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    @ConditionalOnBean(ObservationRegistry.class)
    static final class Observations {

        @Bean(destroyMethod = "close")
        @ConditionalOnMissingBean
        ArgonObservations argonObservations(Argon argon, ObservationRegistry registry) {
            return new ArgonObservations(argon, registry);
        }
    }
}
