package dev.argondb.examples.shop;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The clock. */
@Configuration(proxyBeanMethods = false)
class ShopConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
