package dev.argondb.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.argondb.Argon;
import dev.argondb.Branch;
import dev.argondb.BranchScope;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.junit.ArgonBranch;
import dev.argondb.junit.ArgonFixture;
import dev.argondb.junit.OnBranch;
import dev.argondb.spring.jdbc.ScopedDataSource;
import dev.argondb.spring.shop.Product;
import dev.argondb.spring.shop.Products;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.Commit;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestExecutionListeners;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.jdbc.Sql;
import org.springframework.test.context.jdbc.Sql.ExecutionPhase;
import org.springframework.test.context.jdbc.SqlMergeMode;
import org.springframework.test.context.support.DependencyInjectionTestExecutionListener;
import org.springframework.test.context.transaction.AfterTransaction;
import org.springframework.test.context.transaction.BeforeTransaction;
import org.springframework.test.context.transaction.TestTransaction;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Test classes that the tests run. */
@NullUnmarked
final class Samples {

    static final String TABLE = "/dev/argondb/spring/test/table.sql";
    static final String ADD_STOOL = "insert into product (id, version, name, price) values (-4, 0, 'stool', 20)";

    /** The ids that tests were given, in the order they ran. */
    static final List<Long> IDS = new CopyOnWriteArrayList<>();

    private Samples() {}

    static void addThird(Products products) {
        assertThat(products.count()).isEqualTo(2);
        IDS.add(products.save(new Product("third", 1)).getId());
        assertThat(products.count()).isEqualTo(3);
    }

    static String branch() {
        return BranchScope.find().map(Ref::toString).orElse("none");
    }

    @ShopTest
    @ArgonBranch
    static class Committing {
        @Autowired
        Products products;

        @Test
        void first() {
            addThird(products);
        }

        @Test
        void second() {
            addThird(products);
        }

        @RepeatedTest(3)
        void repeated() {
            addThird(products);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "b"})
        void parameterized(String name) {
            addThird(products);
            assertThat(name).isIn("a", "b");
        }

        @TestFactory
        List<DynamicTest> factory() {
            return List.of(DynamicTest.dynamicTest("dynamic", () -> addThird(products)));
        }
    }

    /** The same with the annotations in the other order, and a field that Jupiter's extension fills first. */
    @ArgonBranch
    @ShopTest
    static class OtherOrder {
        @OnBranch
        Branch branch;

        @Autowired
        Products products;

        @BeforeEach
        void before() {
            assertThat(Samples.branch()).isEqualTo(branch.name()).startsWith("test/OtherOrder.");
            addThird(products);
        }

        @Test
        void first() {
            assertThat(products.count()).isEqualTo(3);
        }

        @Test
        @Transactional
        void second() {
            assertThat(products.count()).isEqualTo(3);
        }

        @AfterEach
        void after() {
            assertThat(Samples.branch()).isEqualTo(branch.name());
            assertThat(products.count()).isEqualTo(3);
        }
    }

    @ShopTest
    @ArgonBranch
    @Transactional
    static class InTransactions {
        @Autowired
        Products products;

        @Autowired
        JdbcTemplate jdbc;

        @OnBranch
        ArgonFixture fixture;

        Lsn before;

        @BeforeTransaction
        void beforeTransaction(ArgonFixture given) {
            before = given.mark();
            assertThat(branch()).isEqualTo(given.branch().name());
        }

        @Test
        void rollsBack(EntityManager em) {
            Product table = new Product("table", 3);
            em.persist(table);
            em.flush();
            assertThat(em.contains(table)).isTrue();
            assertThat(products.count()).isEqualTo(3);
            assertThat(jdbc.queryForObject("select count(*) from product", Integer.class))
                    .isEqualTo(3);
        }

        @Test
        @Commit
        void commits() {
            addThird(products);
        }

        @Test
        @Transactional(propagation = Propagation.NOT_SUPPORTED)
        void without() {
            addThird(products);
        }

        @AfterTransaction
        void afterTransaction() {
            long expected = TestTransaction.isActive() ? -1 : products.count();
            assertThat(expected).isIn(2L, 3L);
            assertThat(fixture.mark().equals(before)).isEqualTo(expected == 2);
        }
    }

    @ShopTest
    @ArgonBranch
    @Sql(TABLE)
    static class Scripts {
        @Autowired
        Products products;

        @Test
        void ofClass() {
            assertThat(products.findByName("table")).isPresent();
        }

        @Test
        @Transactional
        void inTransaction() {
            assertThat(products.count()).isEqualTo(3);
        }

        @Test
        @Sql(statements = ADD_STOOL)
        void ofMethod() {
            assertThat(products.findByName("table")).isEmpty();
            assertThat(products.findByName("stool")).isPresent();
        }

        @Test
        @Sql(statements = ADD_STOOL)
        @SqlMergeMode(SqlMergeMode.MergeMode.MERGE)
        void merged() {
            assertThat(products.count()).isEqualTo(4);
        }

        @Test
        @Sql(statements = "delete from product", executionPhase = ExecutionPhase.AFTER_TEST_METHOD)
        void after() {
            assertThat(products.count()).isEqualTo(2);
        }
    }

    @ShopTest
    @ArgonBranch
    @Sql(scripts = TABLE, executionPhase = ExecutionPhase.BEFORE_TEST_CLASS)
    @Sql(statements = "delete from product where id = -3", executionPhase = ExecutionPhase.AFTER_TEST_CLASS)
    static class BeforeTheClass {
        @Autowired
        Products products;

        @BeforeAll
        static void add(@Autowired Products products) {
            assertThat(branch()).startsWith("test/BeforeTheClass/");
            assertThat(products.count()).isEqualTo(3);
            products.save(new Product("of the class", 1));
        }

        @Test
        void first() {
            addFifth();
        }

        @Test
        void second() {
            addFifth();
        }

        private void addFifth() {
            assertThat(products.count()).isEqualTo(4);
            IDS.add(products.save(new Product("fifth", 1)).getId());
        }

        @Test
        @ArgonBranch(from = "main")
        void fromMain() {
            assertThat(products.count()).isEqualTo(2);
        }

        @Nested
        @Sql(statements = ADD_STOOL, executionPhase = ExecutionPhase.BEFORE_TEST_CLASS)
        class Inner {
            @Test
            void onTopOfTheOuterClass() {
                assertThat(products.count()).isEqualTo(5);
            }
        }
    }

    @ShopTest
    @ArgonBranch
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class PerClass {
        @Autowired
        Products products;

        @BeforeAll
        void add() {
            products.save(new Product("of the class", 1));
        }

        @RepeatedTest(8)
        void repeated(ArgonFixture fixture) {
            assertThat(branch()).isEqualTo(fixture.branch().name());
            assertThat(products.count()).isEqualTo(3);
            products.save(new Product("one more", 1));
            assertThat(products.count()).isEqualTo(4);
        }
    }

    @ShopTest
    @ArgonBranch
    static class Outer {
        @Autowired
        Products products;

        @BeforeEach
        void outer() {
            addThird(products);
        }

        @Test
        void ofOuter() {}

        @Nested
        class Inner {
            @Autowired
            Products own;

            @Test
            void inner(ArgonFixture fixture) {
                assertThat(fixture.branch().name())
                        .startsWith("test/Inner.inner/")
                        .isEqualTo(branch());
                assertThat(own.count()).isEqualTo(3);
            }

            @Nested
            @ArgonBranch(from = "other")
            class Innermost {
                @BeforeEach
                void addedByOuter() {
                    assertThat(products.count()).isEqualTo(3);
                }

                @Test
                void innermost() {}
            }
        }
    }

    @ShopTest
    static class WithoutAnnotation {
        @Autowired
        Products products;

        @Autowired
        Argon argon;

        @BeforeEach
        void other() {
            if (argon.findBranch("other").isEmpty()) {
                argon.createBranch("other", "main");
            }
        }

        @Test
        void onMain() {
            assertThat(branch()).isEqualTo("none");
            assertThat(products.count()).isEqualTo(2);
            assertThat(argon.branches()).extracting(Branch::name).noneMatch(name -> name.startsWith("test/"));
        }

        @Test
        @ArgonBranch(from = "other")
        void onlyThisOne() {
            addThird(products);
            assertThat(argon.branch(branch()).parentId())
                    .hasValue(argon.branch("other").id());
        }
    }

    @ShopTest
    @ArgonBranch
    static class Parameters {
        private final Branch atConstruction;

        Parameters(Branch branch) {
            atConstruction = branch;
        }

        @Test
        void mixed(
                ArgonFixture fixture,
                Argon argon,
                Branch branch,
                DataSource own,
                Connection connection,
                SessionFactory sessions,
                EntityManagerFactory emf,
                EntityManager em,
                Session session,
                @Autowired DataSource application,
                @Autowired EntityManagerFactory applicationEmf,
                @Qualifier("dataSource") DataSource qualified,
                ApplicationContext context,
                @Autowired Products products)
                throws SQLException {
            assertThat(branch.name()).isEqualTo(atConstruction.name()).isEqualTo(branch());
            assertThat(argon.location()).isEqualTo(context.getBean(Argon.class).location());
            assertThat(application).isInstanceOf(ScopedDataSource.class).isSameAs(qualified);
            assertThat(own).isNotInstanceOf(ScopedDataSource.class);
            assertThat(applicationEmf).isSameAs(context.getBean(EntityManagerFactory.class));
            products.save(new Product("third", 1));
            String count = "select count(*) from product";
            assertThat(new JdbcTemplate(application).queryForObject(count, Integer.class))
                    .isEqualTo(3);
            assertThat(new JdbcTemplate(own).queryForObject(count, Integer.class))
                    .isEqualTo(3);
            assertThat(connection.isClosed()).isFalse();
            assertThat(count(em)).isEqualTo(3);
            assertThat(count(session)).isEqualTo(3);
            assertThat(CompletableFuture.supplyAsync(() -> sessions.fromTransaction(Samples::count))
                            .join())
                    .isEqualTo(3);
            assertThat(CompletableFuture.supplyAsync(() -> emf.callInTransaction(Samples::count))
                            .join())
                    .isEqualTo(3);
            assertThat(CompletableFuture.supplyAsync(() -> {
                                try (BranchScope scope = fixture.enter()) {
                                    return products.count();
                                }
                            })
                            .join())
                    .isEqualTo(3);
        }
    }

    static long count(EntityManager em) {
        return em.createQuery("select count(*) from Product", Long.class).getSingleResult();
    }

    @ShopTest
    @ArgonBranch
    @TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
    static class AllByConstructor {
        private final Products products;
        private final DataSource dataSource;

        AllByConstructor(Products products, DataSource dataSource) {
            this.products = products;
            this.dataSource = dataSource;
        }

        @Test
        void springs() {
            addThird(products);
            assertThat(dataSource).isInstanceOf(ScopedDataSource.class);
        }
    }

    @ShopTest
    @ArgonBranch
    static class Autowired2 {
        private final Products products;
        private final DataSource dataSource;

        @Autowired
        Autowired2(Products products, DataSource dataSource) {
            this.products = products;
            this.dataSource = dataSource;
        }

        @Test
        void springs() {
            addThird(products);
            assertThat(dataSource).isInstanceOf(ScopedDataSource.class);
        }
    }

    @ShopTest
    @ArgonBranch
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Rollback {
        @Autowired
        Products products;

        @Autowired
        EntityManagerFactory emf;

        @Autowired
        JdbcTemplate jdbc;

        @Test
        void rowsIdsAndCaches(ArgonFixture fixture) {
            Statistics statistics = emf.unwrap(SessionFactory.class).getStatistics();
            Lsn mark = fixture.mark();
            Long first = products.save(new Product("first try", 1)).getId();
            Product lamp = products.findById(-1L).orElseThrow();
            lamp.setPrice(7);
            products.save(lamp);
            statistics.clear();
            assertThat(price()).isEqualTo(7);
            assertThat(price()).isEqualTo(7);
            assertThat(statistics.getSecondLevelCacheHitCount())
                    .as("the cache is on")
                    .isPositive();

            fixture.rollbackTo(mark);

            assertThat(price()).isEqualTo(40);
            assertThat(jdbc.queryForObject("select price from product where id = -1", Integer.class))
                    .isEqualTo(40);
            assertThat(products.count()).isEqualTo(2);
            assertThat(products.save(new Product("second try", 1)).getId()).isEqualTo(first);
        }

        private int price() {
            return products.findById(-1L).orElseThrow().getPrice();
        }

        @Test
        @Transactional
        void transactionEnded(ArgonFixture fixture) {
            Lsn mark = fixture.mark();
            assertThatThrownBy(() -> fixture.rollbackTo(mark))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage(
                            "the test is inside a transaction of Spring's, which cannot be taken to another moment; end it"
                                    + " first (`TestTransaction.end()`), or leave out @Transactional: the test's branch isolates it");
            addThird(products);
            TestTransaction.flagForCommit();
            TestTransaction.end();
            assertThat(products.count()).isEqualTo(3);

            fixture.rollbackTo(mark);

            TestTransaction.start();
            assertThat(products.count()).isEqualTo(2);
        }
    }

    @ShopTest
    @ArgonBranch
    static class Many {
        @Autowired
        Products products;

        @RepeatedTest(30)
        void repeated() {
            addThird(products);
        }

        @RepeatedTest(10)
        @Transactional
        void transactional() {
            addThird(products);
        }
    }

    @ShopTest
    @ArgonBranch
    static class SlowInItsOwnThread {
        @Autowired
        Products products;

        @Test
        @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void works() {
            addThird(products);
        }

        @Test
        void sees_nothing_of_it() {
            assertThat(products.count()).isEqualTo(2);
        }
    }

    @ShopTest
    @ArgonBranch
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Forgetful {
        @Autowired
        Products products;

        @Test
        @SuppressWarnings("resource")
        void a_forgetsAScope() {
            BranchScope.enter("main");
            assertThat(products.count()).isEqualTo(2);
        }

        @Test
        void b_isOnItsOwnBranch(ArgonFixture fixture) {
            assertThat(branch()).isEqualTo(fixture.branch().name());
            addThird(products);
        }
    }

    /** Without the second-level cache: a context that closes would close the cache manager of all. */
    @ShopTest
    @ArgonBranch
    @TestPropertySource(properties = "spring.jpa.properties.hibernate.cache.use_second_level_cache=false")
    static class Dirty {
        @Autowired
        Products products;

        @RepeatedTest(2)
        @DirtiesContext
        void dirties() {
            addThird(products);
        }

        @RepeatedTest(2)
        @DirtiesContext(methodMode = DirtiesContext.MethodMode.BEFORE_METHOD)
        void needsAFreshOne(ArgonFixture fixture) {
            addThird(products);
            assertThat(fixture.branch().name()).isEqualTo(branch());
        }
    }

    @ShopTest
    @TestPropertySource(properties = "shop.context=failing")
    @ArgonBranch(keepOnFailure = true)
    static class FailingKept {
        @Autowired
        Products products;

        @Test
        void fails() {
            products.save(new Product("evidence", 1));
            fail("no luck");
        }
    }

    /** Fails when Spring commits, after Jupiter's extension of a test whose annotations stand the other way round. */
    @ShopTest
    @TestPropertySource(properties = "shop.context=failing")
    @ArgonBranch(keepOnFailure = true)
    @Transactional
    @Commit
    static class FailingAtCommit {
        @Autowired
        JdbcTemplate jdbc;

        @Test
        void fails() {
            jdbc.update("insert into product (id, version, name, price) values (-9, 0, 'evidence', 1)");
        }

        @AfterTransaction
        void after() {
            fail("late");
        }
    }

    @ShopTest
    @TestPropertySource(properties = "shop.context=failing")
    @ArgonBranch
    static class FailingDropped {
        @Autowired
        Products products;

        @Test
        void fails() {
            products.save(new Product("evidence", 1));
            fail("no luck");
        }
    }

    @ShopTest
    @ArgonBranch(from = "nowhere")
    static class UnknownFixture {
        @Test
        void fails() {}
    }

    @ShopTest
    @dev.argondb.spring.ArgonBranch("sale")
    static class WrongAnnotation {
        @Test
        void fails() {}
    }

    @ShopTest
    static class WrongAnnotationOnMethod {
        @Test
        @dev.argondb.spring.ArgonBranch("sale")
        void fails() {}
    }

    @ShopTest
    @ArgonBranch
    @TestExecutionListeners(DependencyInjectionTestExecutionListener.class)
    static class OwnListeners {
        @Test
        void fails() {}
    }

    @ShopTest
    @ArgonBranch(url = "mem:another")
    static class OtherDatabase {
        @Test
        void fails() {}
    }

    @ShopTest
    @ArgonBranch
    @TestPropertySource(properties = {"argon.enabled=false", "spring.datasource.url=jdbc:h2:mem:no-argon"})
    static class NotOnArgon {
        @Test
        void fails() {}
    }
}
