package dev.argondb.junit;

import static dev.argondb.junit.SampleShop.add;
import static dev.argondb.junit.SampleShop.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.Branch;
import dev.argondb.Lsn;
import dev.argondb.orm.hibernate.BranchSessionFactory;
import dev.argondb.orm.hibernate.BranchSessions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test classes that the tests of the extension run. */
@NullUnmarked
final class Samples {

    /** The ids that tests were given, in the order they ran. */
    static final List<Long> IDS = new CopyOnWriteArrayList<>();

    private Samples() {}

    @ArgonBranch(database = SampleShop.class)
    static class Committing {
        @Test
        void first(SessionFactory sessions) {
            addThird(sessions);
        }

        @Test
        void second(SessionFactory sessions) {
            addThird(sessions);
        }

        @RepeatedTest(3)
        void repeated(SessionFactory sessions) {
            addThird(sessions);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "b"})
        void parameterized(String name, SessionFactory sessions) {
            addThird(sessions);
            assertThat(name).isIn("a", "b");
        }
    }

    static void addThird(SessionFactory sessions) {
        assertThat(count(sessions)).isEqualTo(2);
        IDS.add(add(sessions, "third").id);
        assertThat(count(sessions)).isEqualTo(3);
    }

    @ArgonBranch(database = SampleShop.class, from = "fixture")
    static class FromFixture {
        @Test
        void sees_three(SessionFactory sessions) {
            assertThat(count(sessions)).isEqualTo(3);
        }

        @Test
        @ArgonBranch(from = "main")
        void method_overrides(SessionFactory sessions) {
            assertThat(count(sessions)).isEqualTo(2);
        }
    }

    @ArgonBranch(database = SampleShop.class)
    static class Ddl {
        @Test
        void first(Connection connection) throws SQLException {
            createTable(connection);
        }

        @Test
        void second(Connection connection) throws SQLException {
            createTable(connection);
        }

        private static void createTable(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table extra (id int primary key)");
                statement.execute("alter table item add column color varchar(10)");
                statement.execute("insert into extra values (1)");
            }
        }
    }

    @ArgonBranch(database = SampleShop.class)
    static class Threads {
        @Test
        void first(SessionFactory sessions, DataSource dataSource) {
            addInThreads(sessions, dataSource);
        }

        @Test
        void second(SessionFactory sessions, DataSource dataSource) {
            addInThreads(sessions, dataSource);
        }

        private static void addInThreads(SessionFactory sessions, DataSource dataSource) {
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(() -> add(sessions, "a")),
                            CompletableFuture.runAsync(() -> add(sessions, "b")))
                    .join();
            assertThat(CompletableFuture.supplyAsync(() -> rows(dataSource)).join())
                    .isEqualTo(4);
        }
    }

    static int rows(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return rows(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static int rows(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from item")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @ArgonBranch(database = SampleShop.class)
    static class Injected {
        private final Branch atConstruction;

        @OnBranch
        private SessionFactory field;

        @OnBranch
        private EntityManager em;

        Injected(Branch branch) {
            atConstruction = branch;
        }

        @BeforeEach
        void before(Connection connection) throws SQLException {
            assertThat(rows(connection)).isEqualTo(2);
            add(field, "before");
        }

        @Test
        void all(
                ArgonFixture fixture,
                Argon argon,
                Branch branch,
                DataSource dataSource,
                Connection connection,
                SessionFactory sessions,
                EntityManagerFactory emf,
                Session session,
                EntityManager sameEm,
                BranchSessionFactory factory,
                BranchSessions branchSessions)
                throws SQLException {
            assertThat(branch.name())
                    .isEqualTo(atConstruction.name())
                    .isEqualTo(fixture.branch().name())
                    .startsWith("test/Injected.all/");
            assertThat(branch.hasPrivateSequences()).isTrue();
            assertThat(argon).isSameAs(fixture.argon());
            assertThat(rows(connection)).isEqualTo(3);
            assertThat(rows(dataSource)).isEqualTo(3);
            assertThat(count(sessions)).isEqualTo(3);
            assertThat(factory.<Long>fromTransaction(branch.name(), s -> count(s.getSessionFactory())))
                    .as("the shared factory")
                    .isEqualTo(2);
            assertThat(branchSessions.ref()).hasToString(branch.name());
            emf.runInTransaction(other -> other.persist(new Item("by emf")));
            em.getTransaction().begin();
            em.persist(new Item("by em"));
            em.getTransaction().commit();
            assertThat(session.createSelectionQuery("select count(*) from Item", Long.class)
                            .getSingleResult())
                    .isEqualTo(5);
            assertThat(sameEm.unwrap(Session.class)).isSameAs(session.unwrap(Session.class));
        }

        @AfterEach
        void after() {
            assertThat(count(field)).isGreaterThanOrEqualTo(3);
        }
    }

    @ArgonBranch(database = SampleShop.class)
    static class Outer {
        @OnBranch
        SessionFactory sessions;

        @Test
        void outer() {
            addThird(sessions);
        }

        @Nested
        class Inner {
            @OnBranch
            SessionFactory own;

            @BeforeEach
            void before() {
                add(sessions, "outer instance, same branch");
            }

            @Test
            void inner() {
                assertThat(count(own)).isEqualTo(3);
            }

            @Nested
            @ArgonBranch(from = "fixture")
            class Innermost {
                @Test
                void innermost() {
                    assertThat(count(own)).isEqualTo(4);
                }
            }
        }
    }

    static class Heir extends Committing {
        @Test
        void ownOfHeir(SessionFactory sessions) {
            addThird(sessions);
        }
    }

    @ArgonBranch(database = SampleShop.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class PerClass {
        @OnBranch
        SessionFactory sessions;

        @Test
        void first() {
            addThird(sessions);
        }

        @Test
        void second() {
            addThird(sessions);
        }
    }

    @ArgonBranch(database = SampleShop.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @Execution(ExecutionMode.CONCURRENT)
    static class PerClassConcurrent {
        @OnBranch
        SessionFactory sessions;

        @Test
        @Execution(ExecutionMode.CONCURRENT)
        void first() {}
    }

    @ArgonBranch(database = SampleShop.class)
    static class Many {
        @RepeatedTest(40)
        void repeated(SessionFactory sessions, Connection connection) throws SQLException {
            addThird(sessions);
            assertThat(rows(connection)).isEqualTo(3);
        }
    }

    @ArgonBranch(database = SampleShop.class, keepOnFailure = true)
    static class FailingKept {
        @Test
        void fails(SessionFactory sessions) {
            add(sessions, "evidence");
            throw new AssertionError("no luck");
        }

        @Test
        void passes() {}
    }

    @ArgonBranch(database = SampleShop.class, keepOnFailure = true)
    static class FailingAfterEach {
        @Test
        void passes() {}

        @AfterEach
        void fail() {
            throw new AssertionError("late");
        }
    }

    /** Another extension fails after all callbacks of Argon's. */
    @ExtendWith(FailingExtension.class)
    @ArgonBranch(database = SampleShop.class, keepOnFailure = true)
    static class FailingInAnotherExtension {
        @Test
        void passes() {}
    }

    static final class FailingExtension implements AfterEachCallback {
        @Override
        public void afterEach(ExtensionContext test) {
            throw new AssertionError("later");
        }
    }

    @ArgonBranch(database = SampleShop.class)
    static class FailingWithChanges {
        @Test
        void fails(SessionFactory sessions) {
            sessions.inTransaction(session -> {
                session.createSelectionQuery("from Item where name = 'lamp'", Item.class)
                        .getSingleResult()
                        .name = "bulb";
                session.remove(session.createSelectionQuery("from Item where name = 'chair'", Item.class)
                        .getSingleResult());
                session.persist(new Item("x".repeat(120)));
            });
            throw new AssertionError("no luck");
        }
    }

    @ArgonBranch(database = SampleShop.class)
    static class FailingWithManyChanges {
        @Test
        void fails(SessionFactory sessions) {
            sessions.inTransaction(session -> {
                for (int i = 0; i < 60; i++) {
                    session.persist(new Item("item " + i));
                }
            });
            throw new AssertionError("no luck");
        }
    }

    @ArgonBranch(database = SampleShop.class)
    static class FailingIdle {
        @Test
        void fails(SessionFactory sessions) {
            assertThat(count(sessions)).isEqualTo(2);
            throw new AssertionError("no luck");
        }
    }

    @ArgonBranch(database = SampleShop.class, changesOnFailure = false)
    static class FailingSilently {
        @Test
        void fails(SessionFactory sessions) {
            add(sessions, "evidence");
            throw new AssertionError("no luck");
        }
    }

    @ArgonBranch(database = SampleShop.class)
    static class FailingDropped {
        @Test
        void fails(SessionFactory sessions) {
            add(sessions, "evidence");
            throw new AssertionError("no luck");
        }
    }

    static class OnlyOneMethod {
        @Test
        @ArgonBranch(database = SampleShop.class)
        void with(SessionFactory sessions) {
            addThird(sessions);
        }

        @Test
        void without() {}
    }

    static class None {
        @Test
        void without() {}
    }

    @ArgonBranch(database = SampleShop.class)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Rollback {
        @Test
        void rows_sequences_caches(ArgonFixture fixture, SessionFactory sessions, EntityManager em) {
            Item lamp =
                    em.createQuery("from Item where name = 'lamp'", Item.class).getSingleResult();
            Lsn mark = fixture.mark();
            Long id = add(sessions, "dropped").id;
            sessions.inTransaction(session -> session.find(Item.class, lamp.id).name = "bulb");
            assertThat(name(sessions, lamp)).isEqualTo("bulb");
            assertThat(name(sessions, lamp)).isEqualTo("bulb");

            fixture.rollbackTo(mark);

            assertThat(count(sessions)).isEqualTo(2);
            assertThat(em.contains(lamp)).isFalse();
            assertThat(em.find(Item.class, lamp.id).name).isEqualTo("lamp");
            assertThat(name(sessions, lamp)).isEqualTo("lamp");
            assertThat(add(sessions, "again").id).isEqualTo(id);
            fixture.rollbackTo(mark);
            assertThat(count(sessions)).isEqualTo(2);
            assertThat(add(sessions, "and again").id).isEqualTo(id);
        }

        @Test
        void schema_and_open_connection(ArgonFixture fixture, Connection connection) throws SQLException {
            connection.setAutoCommit(false);
            assertThat(rows(connection)).isEqualTo(2);
            Lsn mark = fixture.mark();
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table extra (id int primary key)");
                statement.execute("delete from item");
            }
            connection.commit();
            assertThat(rows(connection)).isZero();

            fixture.rollbackTo(mark);

            assertThat(rows(connection)).isEqualTo(2);
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table extra (id int primary key)");
            }
        }

        private static String name(SessionFactory sessions, Item item) {
            return sessions.fromTransaction(session -> session.find(Item.class, item.id).name);
        }
    }

    @ArgonBranch(database = SampleShop.class)
    static class RollbackInTransaction {
        @Test
        void fails(ArgonFixture fixture, EntityManager em) {
            Lsn mark = fixture.mark();
            em.getTransaction().begin();
            fixture.rollbackTo(mark);
        }
    }

    @ArgonBranch
    static class NoDatabase {
        @Test
        void fails() {}
    }

    @ArgonBranch(database = None.class)
    static class DatabaseWithoutMember {
        @Test
        void fails() {}
    }

    @ArgonBranch(url = "jdbc:argon:mem:sample-url?branch=x")
    static class UrlWithParameters {
        @Test
        void fails() {}
    }

    @ArgonBranch(url = "jdbc:argon:mem:sample-url")
    static class UrlOnly {
        @Test
        void works(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table t (id int primary key)");
            }
        }

        @Test
        void isolated(Connection connection) throws SQLException {
            works(connection);
        }
    }

    @ArgonBranch(url = "mem:sample-url")
    static class UrlWithoutSessionFactory {
        @Test
        void fails(EntityManager em) {}
    }

    @ArgonBranch(database = SampleShop.class, from = "nowhere")
    static class UnknownFixture {
        @Test
        void fails() {}
    }

    @ArgonBranch(database = SampleShop.class)
    static class InBeforeAll {
        @BeforeAll
        static void prepare(DataSource dataSource) {}

        @Test
        void never() {}
    }

    @ArgonBranch
    static class NotStatic {
        @ArgonDatabase
        Argon argon() {
            throw new AssertionError("never called");
        }

        @Test
        void fails() {}
    }

    @ArgonBranch
    static class OwnMember {
        @ArgonDatabase
        static final Argon ARGON = Argon.open("mem:sample-own");

        @Test
        void works(Argon argon) {
            assertThat(argon).isSameAs(ARGON);
        }
    }
}
