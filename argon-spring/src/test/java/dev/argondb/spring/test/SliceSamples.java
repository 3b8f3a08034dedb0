package dev.argondb.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.junit.ArgonBranch;
import dev.argondb.junit.ArgonFixture;
import dev.argondb.spring.jdbc.ScopedDataSource;
import dev.argondb.spring.shop.Product;
import dev.argondb.spring.shop.Products;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.sql.DataSource;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase.Replace;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.boot.jpa.test.autoconfigure.TestEntityManager;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.Commit;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/** Test classes with a slice of an application. */
@NullUnmarked
final class SliceSamples {

    private SliceSamples() {}

    /** An application that has a directory, which its slices must not touch. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @ContextConfiguration(classes = BranchShop.class)
    @TestPropertySource(
            properties = {
                "argon.url=file:target/never-made",
                "logging.level.root=warn",
                "spring.main.banner-mode=off",
                "spring.test.print-condition-evaluation-report=false",
                ShopTest.CREATE,
                ShopTest.NO_FLYWAY,
                ShopTest.NO_LIQUIBASE,
                ShopTest.INIT,
                ShopTest.FIXTURE,
                ShopTest.DEFERRED
            })
    @interface OfDirectory {}

    @DataJpaTest
    @OfDirectory
    @ArgonBranch
    static class Jpa {
        @Autowired
        Products products;

        @Autowired
        TestEntityManager em;

        @Autowired
        DataSource dataSource;

        @Autowired
        Argon argon;

        @RepeatedTest(2)
        void isOnABranchInMemory(ArgonFixture fixture) {
            assertThat(dataSource).isInstanceOf(ScopedDataSource.class);
            assertThat(argon.location()).startsWith("mem:test-");
            Samples.addThird(products);
            em.persistAndFlush(new Product("fourth", 1));
            assertThat(products.count()).isEqualTo(4);
            assertThat(Samples.branch()).isEqualTo(fixture.branch().name());
        }

        @RepeatedTest(2)
        @Commit
        void commits() {
            Samples.addThird(products);
        }
    }

    /** The same context without a branch. */
    @DataJpaTest
    @OfDirectory
    static class JpaRolledBack {
        @Autowired
        Products products;

        @Autowired
        DataSource dataSource;

        @RepeatedTest(2)
        void isOnMain() {
            assertThat(dataSource).isInstanceOf(ScopedDataSource.class);
            Samples.addThird(products);
        }
    }

    @JdbcTest
    @ArgonBranch
    @ContextConfiguration(classes = BranchShop.class)
    @TestPropertySource(properties = {ShopTest.NO_FLYWAY, ShopTest.NO_LIQUIBASE})
    static class Jdbc {
        @Autowired
        JdbcTemplate jdbc;

        @Autowired
        Argon argon;

        @RepeatedTest(2)
        @Commit
        void isOnABranchInMemory() {
            assertThat(argon.location()).startsWith("mem:test-");
            jdbc.execute("create table note (id int primary key)");
            jdbc.update("insert into note values (1)");
        }
    }

    @DataJpaTest
    @OfDirectory
    @AutoConfigureTestDatabase(replace = Replace.ANY)
    @TestPropertySource(properties = "argon.url=mem:slice-any")
    @ArgonBranch
    static class Any {
        @Autowired
        Argon argon;

        @Autowired
        Products products;

        @Test
        void isFresh() {
            assertThat(argon.location()).startsWith("mem:test-");
            Samples.addThird(products);
        }
    }

    @DataJpaTest
    @OfDirectory
    @AutoConfigureTestDatabase(replace = Replace.AUTO_CONFIGURED)
    @ArgonBranch
    static class AutoConfigured {
        @Autowired
        Argon argon;

        @Autowired
        Products products;

        @Test
        void isFresh() {
            assertThat(argon.location()).startsWith("mem:test-");
            Samples.addThird(products);
        }
    }

    @DataJpaTest
    @OfDirectory
    @TestPropertySource(properties = "argon.url=mem:slice-kept")
    @ArgonBranch
    static class InMemory {
        @Autowired
        Argon argon;

        @Autowired
        Products products;

        @Test
        void isKept() {
            assertThat(argon.location()).isEqualTo("mem:slice-kept");
            Samples.addThird(products);
        }
    }

    @DataJpaTest
    @OfDirectory
    @TestPropertySource(properties = "argon.url=file:target/slice-none-${random.uuid}")
    @AutoConfigureTestDatabase(replace = Replace.NONE)
    @ArgonBranch
    static class None {
        @Autowired
        Argon argon;

        @Autowired
        Products products;

        @Test
        void isTheApplicationsOwn() {
            assertThat(argon.location()).startsWith("file:").contains("slice-none-");
            Samples.addThird(products);
        }
    }

    @DataJpaTest
    @OfDirectory
    @AutoConfigureTestDatabase(connection = EmbeddedDatabaseConnection.H2)
    static class OnH2 {
        @Autowired
        DataSource dataSource;

        @Autowired
        Products products;

        @Test
        void isWhatWasAskedFor() {
            assertThat(dataSource).isNotInstanceOf(ScopedDataSource.class);
            Samples.addThird(products);
        }
    }

    @DataJpaTest
    @OfDirectory
    @AutoConfigureTestDatabase(connection = EmbeddedDatabaseConnection.H2)
    @ArgonBranch
    static class OnH2WithBranch {
        @Test
        void fails() {}
    }
}
