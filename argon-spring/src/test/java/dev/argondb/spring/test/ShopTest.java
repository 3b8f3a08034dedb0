package dev.argondb.spring.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.TestPropertySource;

/** A test of the whole application, which starts with two products and has its second-level cache on. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Inherited
@SpringBootTest(classes = BranchShop.class)
@TestPropertySource(
        properties = {
            "argon.url=mem:shop-test-${random.uuid}",
            "logging.level.root=warn",
            "spring.main.banner-mode=off",
            "spring.test.print-condition-evaluation-report=false",
            ShopTest.CREATE,
            ShopTest.NO_FLYWAY,
            ShopTest.NO_LIQUIBASE,
            ShopTest.INIT,
            ShopTest.FIXTURE,
            ShopTest.DEFERRED,
            "spring.jpa.properties.hibernate.cache.use_second_level_cache=true",
            "spring.jpa.properties.hibernate.cache.region.factory_class=jcache",
            "spring.jpa.properties.hibernate.javax.cache.missing_cache_strategy=create",
            "spring.jpa.properties.hibernate.generate_statistics=true",
            "spring.jpa.properties.jakarta.persistence.sharedCache.mode=ALL"
        })
@interface ShopTest {
    String CREATE = "spring.jpa.hibernate.ddl-auto=create";
    String NO_FLYWAY = "spring.flyway.enabled=false";
    String NO_LIQUIBASE = "spring.liquibase.enabled=false";
    String INIT = "spring.sql.init.mode=always";
    String FIXTURE = "spring.sql.init.data-locations=classpath:dev/argondb/spring/test/fixture.sql";
    String DEFERRED = "spring.jpa.defer-datasource-initialization=true";
}
