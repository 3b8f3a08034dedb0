package dev.argondb.spring.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.InvalidRefException;
import dev.argondb.InvalidRequestException;
import dev.argondb.Ref;
import dev.argondb.orm.jdbc.ArgonConnection;
import dev.argondb.spring.ArgonBranch;
import dev.argondb.spring.autoconfigure.ArgonAutoConfiguration;
import dev.argondb.spring.autoconfigure.ArgonScopeAutoConfiguration;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;

/** The order of the proxies' advisors, and what stops the start. */
class ArgonBranchAdvisorTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ArgonAutoConfiguration.class,
                    ArgonScopeAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    TransactionAutoConfiguration.class))
            .withPropertyValues("argon.url=mem:advisor-test", "argon.ref=main");

    @ArgonBranch("main")
    static class Plain {

        @Transactional
        public String where() {
            return BranchScope.find().map(Ref::toString).orElse("none")
                    + (TransactionSynchronizationManager.isActualTransactionActive() ? " in transaction" : "");
        }

        @ArgonBranch("${absent:main}@7")
        public Ref withDefault() {
            return BranchScope.current();
        }
    }

    static class Inherited extends Plain {}

    @Configuration(proxyBeanMethods = false)
    static class Plains {

        @Bean
        Plain plain() {
            return new Inherited();
        }

        @Bean
        Where where() {
            return new Here();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(order = 0, proxyTargetClass = true)
    static class EarlyTransactions {}

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(order = Ordered.HIGHEST_PRECEDENCE)
    static class EarliestTransactions {}

    @ArgonBranch("main@")
    static class Malformed {
        public void work() {}
    }

    @ArgonBranch("main")
    static class Reactive {
        public Mono<String> work() {
            return Mono.just("late");
        }
    }

    @Test
    void classes_areProxiedAndInherited() {
        application
                .withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
                .withUserConfiguration(Plains.class)
                .run(context -> {
                    Plain plain = context.getBean(Plain.class);
                    assertThat(plain.where()).isEqualTo("main in transaction");
                    assertThat(plain.withDefault()).hasToString("main@7");
                    assertThat(AopUtils.isCglibProxy(context.getBean(Where.class)))
                            .isTrue();
                    assertThat(context.getBean(Where.class).ref()).hasToString("sale");
                });
    }

    @Test
    void interfaces_withoutClassProxies_areProxied() {
        application
                .withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
                .withPropertyValues("spring.aop.proxy-target-class=false")
                .withUserConfiguration(Plains.class)
                .run(context -> {
                    Where where = context.getBean(Where.class);
                    assertThat(AopUtils.isJdkDynamicProxy(where)).isTrue();
                    assertThat(where.ref()).hasToString("sale");
                    assertThat(where.otherRef()).hasToString("other");
                });
    }

    @Test
    void proxies_withoutAnyOtherReason_areMade() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(ArgonAutoConfiguration.class, ArgonScopeAutoConfiguration.class))
                .withPropertyValues("argon.url=mem:advisor-test")
                .withUserConfiguration(Plains.class)
                .run(context -> assertThat(context.getBean(Where.class).ref()).hasToString("sale"));
    }

    @Test
    void argon_off_leavesBeansAlone() {
        application
                .withPropertyValues("argon.enabled=false", "spring.datasource.url=jdbc:h2:mem:advisor-test")
                .withUserConfiguration(Plains.class)
                .run(context -> {
                    assertThat(context).doesNotHaveBean(ArgonBranchAdvisor.class);
                    assertThat(context).doesNotHaveBean(ScopeTaskDecorator.class);
                    assertThat(context.getBean(Plain.class).where()).isEqualTo("none in transaction");
                });
    }

    @Test
    void advisor_ofTheApplication_goesBefore() {
        application.withBean("own", ArgonBranchAdvisor.class).run(context -> assertThat(context)
                .hasSingleBean(ArgonBranchAdvisor.class)
                .hasBean("own"));
    }

    /** With the order of the annotations the other way round, the transaction would be on the wrong branch. */
    @Test
    void scope_isAroundTransactionsOfWhateverOrder() {
        application.withUserConfiguration(EarlyTransactions.class, Plains.class).run(context -> {
            assertThat(context.getBean(Plain.class).where()).isEqualTo("main in transaction");
            assertThat(context.getBean(ArgonBranchAdvisor.class).getOrder()).isEqualTo(-1);
        });
        application.withUserConfiguration(Plains.class).run(context -> assertThat(
                        context.getBean(ArgonBranchAdvisor.class).getOrder())
                .isEqualTo(ArgonBranchAdvisor.DEFAULT_ORDER));
    }

    @Test
    void transactions_thatGoBeforeAll_stopTheStart() {
        application
                .withUserConfiguration(EarliestTransactions.class, Plains.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessage(
                                "transactions have the highest precedence, so no scope of `@ArgonBranch` fits around"
                                        + " them; give `@EnableTransactionManagement` an order above"
                                        + " `Ordered.HIGHEST_PRECEDENCE`"));
    }

    @Test
    void defaultRef_isThatOfAllOutsideOfScopes() {
        try (Argon argon = Argon.open("mem:default-ref-test")) {
            argon.createBranch("feature", "main");
        }
        application
                .withPropertyValues("argon.url=mem:default-ref-test", "argon.ref=feature")
                .run(context -> {
                    DataSource connections = context.getBean(DataSource.class);
                    assertThat(ref(connections)).hasToString("feature");
                    assertThat(BranchScope.callChecked("main", () -> ref(connections)))
                            .hasToString("main");
                });
    }

    private static Ref ref(DataSource connections) throws SQLException {
        try (Connection connection = connections.getConnection()) {
            return connection.unwrap(ArgonConnection.class).ref();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {

        @Bean
        ConcurrentMapCacheManager cacheManager() {
            return new ConcurrentMapCacheManager("refs");
        }

        @Bean
        Cached cached() {
            return new Cached();
        }
    }

    static class Cached {

        int calls;

        @Cacheable(cacheNames = "refs", key = "T(dev.argondb.BranchScope).current() + #name")
        public String where(String name) {
            calls++;
            return BranchScope.current() + name;
        }
    }

    /** As the guide says it. */
    @Test
    void cache_withTheRefInItsKey_keepsRefsApart() {
        application.withUserConfiguration(Caching.class).run(context -> {
            Cached cached = context.getBean(Cached.class);
            for (int i = 0; i < 2; i++) {
                assertThat(cached.where("!")).isEqualTo("main!");
                assertThat(BranchScope.call("main@7", () -> cached.where("!"))).isEqualTo("main@7!");
            }
            assertThat(((Cached) AopProxyUtils.getSingletonTarget(cached)).calls)
                    .isEqualTo(2);
        });
    }

    @Test
    void annotation_thatNamesNoRef_stopsTheStart() {
        application.withBean(Malformed.class).run(context -> assertThat(context)
                .getFailure()
                .cause()
                .isInstanceOf(InvalidRefException.class)
                .hasMessageStartingWith("`@ArgonBranch(\"main@\")` of `Malformed.work`: ref `main@` has `` after `@`"));
    }

    @Test
    void annotation_ofReactiveMethod_stopsTheStart() {
        application.withBean(Reactive.class).run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("`Reactive.work` returns a publisher, which works after the method has returned and its"
                        + " `@ArgonBranch` scope is left; annotate the blocking method that it calls"));
    }
}
