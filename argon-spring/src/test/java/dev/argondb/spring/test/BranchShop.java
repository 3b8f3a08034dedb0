package dev.argondb.spring.test;

import dev.argondb.spring.shop.Product;
import dev.argondb.spring.shop.Products;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The application of these tests: products over HTTP. Counts its contexts. */
@SpringBootConfiguration
@EnableAutoConfiguration
@AutoConfigurationPackage(basePackageClasses = Product.class)
class BranchShop {

    static final AtomicInteger CONTEXTS = new AtomicInteger();

    BranchShop() {
        CONTEXTS.incrementAndGet();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Web {

        @Bean
        SecurityFilterChain open(HttpSecurity http) {
            return http.csrf(AbstractHttpConfigurer::disable)
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }

        @Bean
        ProductController productController(Products products) {
            return new ProductController(products);
        }
    }

    @RestController
    static class ProductController {

        private final Products products;

        ProductController(Products products) {
            this.products = products;
        }

        @GetMapping("/count")
        long count() {
            return products.count();
        }

        @GetMapping("/count-later")
        Callable<Long> countLater() {
            return products::count;
        }

        @PostMapping("/products")
        long add(@RequestParam String name) {
            return java.util.Objects.requireNonNull(
                    products.save(new Product(name, 1)).getId());
        }
    }
}
