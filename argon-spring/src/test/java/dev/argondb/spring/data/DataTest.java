package dev.argondb.spring.data;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/** A test of the warehouse, all of which share one context. */
@SpringBootTest(
        classes = DataApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "argon.url=mem:data-test",
            "spring.jpa.hibernate.ddl-auto=update",
            "spring.liquibase.enabled=false",
            "spring.flyway.enabled=false"
        })
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface DataTest {}
