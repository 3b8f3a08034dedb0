package dev.argondb.spring.scope;

import dev.argondb.BranchScope;
import dev.argondb.spring.shop.Product;
import dev.argondb.spring.shop.Products;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;

/** The application of these tests. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableAsync
@AutoConfigurationPackage(basePackageClasses = Product.class)
@EnableJpaRepositories(
        basePackageClasses = {Products.class, SaleProducts.class},
        considerNestedRepositories = true)
class ScopeShop {

    @Bean
    SaleService saleService(Products products) {
        return new SaleService(products);
    }

    @Bean
    Where where() {
        return new Here();
    }

    @Bean
    Background background() {
        return new Background();
    }

    /** Not Argon's: of a queue, say. */
    @Bean(defaultCandidate = false)
    AbstractPlatformTransactionManager foreignTransactionManager() {
        return new ForeignTransactions();
    }

    /** Works in other threads, on what it was called on. */
    static class Background {

        @Async
        public CompletableFuture<String> ref() {
            return CompletableFuture.completedFuture(
                    BranchScope.find().map(Object::toString).orElse("none"));
        }

        @Async
        public CompletableFuture<String> forgetsToLeave(String ref) {
            BranchScope.enter(ref);
            return ref();
        }
    }
}
