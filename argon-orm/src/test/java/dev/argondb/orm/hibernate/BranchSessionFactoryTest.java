package dev.argondb.orm.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.BranchScope;
import dev.argondb.Commit;
import dev.argondb.ConflictException;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.UnknownRefException;
import dev.argondb.UnsupportedException;
import dev.argondb.orm.hibernate.Shop.Category;
import dev.argondb.orm.hibernate.Shop.Product;
import dev.argondb.orm.jdbc.ArgonDataSource;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.TenantId;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.Test;

/** Sessions on branches and past moments. */
class BranchSessionFactoryTest extends ShopTest {

    @Test
    void inTransaction_onABranch_isSeenOnlyThere() {
        Product lamp = product("main", "lamp", 10);
        argon.createBranch("feature", "main");

        reprice("feature", lamp, 12);

        assertThat(price("main", lamp)).isEqualTo(10);
        assertThat(price("feature", lamp)).isEqualTo(12);
    }

    @Test
    void fromTransaction_exception_rollsBack() {
        assertThatThrownBy(() -> factory.fromTransaction("main", session -> {
                    session.persist(new Product("lamp", 10));
                    session.flush();
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(count("main", Product.class)).isZero();
    }

    @Test
    void at_lsn_showsThatMoment() {
        Product lamp = product("main", "lamp", 10);
        Lsn then = head("main");
        reprice("main", lamp, 99);

        int priceThen = factory.at(then).fromTransaction(session -> session.find(Product.class, lamp.id).price);

        assertThat(priceThen).isEqualTo(10);
        assertThat(price("main@" + then, lamp)).isEqualTo(10);
        assertThat(price("main", lamp)).isEqualTo(99);
    }

    @Test
    void at_lsnOfABranch_runsOnIntoItsParent() {
        Product lamp = product("main", "lamp", 10);
        Lsn then = head("main");
        argon.createBranch("feature", "main");
        reprice("feature", lamp, 12);

        int priceThen = factory.branch("feature")
                .at(then)
                .fromTransaction(session -> session.find(Product.class, lamp.id).price);

        assertThat(priceThen).isEqualTo(10);
    }

    @Test
    void asOf_time_joinsEntitiesAsTheyWereThen() {
        Category light = factory.fromTransaction("main", session -> {
            Category category = new Category("light");
            session.persist(category);
            session.persist(new Product("lamp", 10).in(category));
            return category;
        });
        Instant then = lastCommit("main").time();
        awaitLaterThan(then);
        factory.inTransaction("main", session -> {
            session.find(Category.class, light.id).name = "dark";
            session.createMutationQuery("update Product set price = 99").executeUpdate();
        });

        assertThat(report(factory.asOf(then))).containsExactly("light lamp 10");
        assertThat(report(factory.main())).containsExactly("dark lamp 99");
    }

    @Test
    void at_tag_showsTheTaggedCommit() {
        Product lamp = product("main", "lamp", 10);
        argon.createTag("v1", Ref.parse("main"));
        reprice("main", lamp, 99);

        assertThat(price("tag:v1", lamp)).isEqualTo(10);
    }

    @Test
    void at_ofAMoment_refused() {
        BranchSessions past = factory.at(head("main"));

        assertThatThrownBy(() -> past.at(new Lsn(1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("`" + past.ref() + "` already names a past moment; start from a branch");
    }

    @Test
    void commit_saysWhoAndWhy() {
        factory.main().as("ann").saying("first lamp").inTransaction(session -> session.persist(new Product("lamp", 1)));
        assertThat(lastCommit("main"))
                .extracting(Commit::author, Commit::message)
                .containsExactly("ann", "first lamp");

        try (Session session = factory.openSession("main")) {
            session.setProperty(BranchSessionFactory.AUTHOR, "bob");
            session.setProperty(BranchSessionFactory.MESSAGE, "second lamp");
            session.inTransaction(transaction -> session.persist(new Product("lamp", 2)));
        }
        assertThat(lastCommit("main"))
                .extracting(Commit::author, Commit::message)
                .containsExactly("bob", "second lamp");
    }

    @Test
    void commit_afterASessionThatSaidWho_isNobodys() {
        factory.main().as("ann").saying("why").inTransaction(session -> session.persist(new Product("lamp", 1)));
        product("main", "chair", 2);

        assertThat(lastCommit("main"))
                .extracting(Commit::author, Commit::message)
                .containsExactly("", "");
    }

    @Test
    void sessionFactory_noScope_opensOnMain() {
        Product lamp = product("main", "lamp", 10);
        argon.createBranch("feature", "main");
        reprice("feature", lamp, 12);

        assertThat(plainPrice(factory.sessionFactory(), lamp)).isEqualTo(10);
        assertThat(BranchScope.call("feature", () -> plainPrice(factory.sessionFactory(), lamp)))
                .isEqualTo(12);
        assertThat(plainPrice(factory.sessionFactory(), lamp)).isEqualTo(10);
    }

    @Test
    void branchScope_nested_restoresTheOuterOne() {
        BranchScope.run("a", () -> {
            BranchScope.run("b", () -> assertThat(BranchScope.current()).hasToString("b"));
            assertThat(BranchScope.current()).hasToString("a");
        });
        assertThat(BranchScope.current()).hasToString("main");
    }

    @Test
    void boundSessionFactory_anyThread_worksOnItsBranch() {
        Product lamp = product("main", "lamp", 10);
        argon.createBranch("feature", "main");
        SessionFactory bound = factory.branch("feature").sessionFactory();

        CompletableFuture.runAsync(
                        () -> bound.inTransaction(session -> session.find(Product.class, lamp.id).price = 12))
                .join();
        bound.runInTransaction(em -> em.persist(new Product("chair", 5)));
        bound.inStatelessTransaction(session -> session.insert(new Product("table", 7)));
        bound.close();

        assertThat(count("feature", Product.class)).isEqualTo(3);
        assertThat(count("main", Product.class)).isEqualTo(1);
        assertThat(price("main", lamp)).isEqualTo(10);
        assertThat(plainPrice(bound, lamp)).isEqualTo(12);
    }

    @Test
    void openSession_unknownBranch_namesIt() {
        assertThatThrownBy(() -> factory.openSession("featur"))
                .isInstanceOf(UnknownRefException.class)
                .hasMessageContaining("`featur`");
    }

    @Test
    void tenantWithoutEpoch_refused() {
        try (Session session = factory.sessionFactory()
                .withOptions()
                .tenantIdentifier((Object) "main")
                .openSession()) {
            assertThatThrownBy(session::beginTransaction)
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage(
                            "tenant `main` carries no epoch, so a cache could mix states before and after a reset; open the"
                                    + " session through `BranchSessionFactory` or within a `BranchScope`");
        }
    }

    @Test
    void of_configuredSessionFactory_bindsIt() {
        Configuration configuration = new Configuration().addAnnotatedClasses(Shop.ENTITIES);
        BranchSessionFactory.settings(argon).forEach(configuration.getProperties()::put);
        try (SessionFactory plain = configuration.buildSessionFactory()) {
            BranchSessionFactory wrapped = BranchSessionFactory.of(plain);
            argon.createBranch("feature", "main");

            wrapped.inTransaction("feature", session -> session.persist(new Product("lamp", 1)));

            assertThat(count("feature", Product.class)).isEqualTo(1);
            assertThat(count("main", Product.class)).isZero();
        }
    }

    @Test
    void settings_likeADataSource_giveItsAuthorAndRefToSessions() {
        argon.createBranch("feature", "main");
        ArgonDataSource template = ArgonDataSource.of(argon, Ref.parse("feature"));
        template.setAuthor("ada");
        Configuration configuration = new Configuration().addAnnotatedClasses(Shop.ENTITIES);
        BranchSessionFactory.settings(argon, template).forEach(configuration.getProperties()::put);
        try (SessionFactory plain = configuration.buildSessionFactory()) {
            plain.inTransaction(session -> session.persist(new Product("lamp", 1)));
        }
        assertThat(count("feature", Product.class)).isEqualTo(1);
        assertThat(count("main", Product.class)).isZero();
        assertThat(argon.commits(Ref.parse("feature"), 1).get(0).author()).isEqualTo("ada");
    }

    @Test
    void of_sessionFactoryOfPlainUrl_refused() {
        Configuration configuration =
                new Configuration().setProperty("hibernate.connection.url", "jdbc:argon:" + argon.location());
        try (SessionFactory plain = configuration.buildSessionFactory()) {
            assertThatThrownBy(() -> BranchSessionFactory.of(plain))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("is not bound to branches; build it with the settings of")
                    .hasMessageContaining("BranchSessionFactory.settings(argon)");
        }
    }

    @Test
    void openSession_branchResetMeanwhile_refusesTheNextTransaction() {
        Product lamp = product("main", "lamp", 10);
        Lsn then = head("main");
        reprice("main", lamp, 11);
        try (Session session = factory.openSession("main")) {
            session.inTransaction(transaction -> session.find(Product.class, lamp.id));
            argon.resetBranch("main", then);

            assertThatThrownBy(session::beginTransaction)
                    .isInstanceOf(ConflictException.class)
                    .hasMessage("`main` was reset or made anew after this session was opened; open a new session");
        }
    }

    @Test
    void openSession_branchResetMeanwhile_refusesReadsOutsideTransactionsToo() {
        Product lamp = product("main", "lamp", 10);
        Lsn then = head("main");
        reprice("main", lamp, 11);
        try (Session session = factory.openSession("main")) {
            session.find(Product.class, lamp.id);
            argon.resetBranch("main", then);
            session.clear();

            assertThatThrownBy(() -> session.find(Product.class, lamp.id))
                    .hasStackTraceContaining("was reset or made anew after this session was opened");
        }
    }

    @Test
    void sequence_twoBranches_neverGivesTheSameId() {
        argon.createBranch("feature", "main");
        List<Long> ids = new java.util.ArrayList<>();
        for (int i = 0; i < 120; i++) {
            ids.add(product(i % 2 == 0 ? "main" : "feature", "p" + i, i).id);
        }
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void sameLsn_slowCommitter_showsTheSameState() {
        Product lamp = product("main", "lamp", 10);
        try (Session slow = factory.openSession("main")) {
            slow.beginTransaction();
            slow.persist(new Product("slow", 1));
            slow.flush();
            reprice("main", lamp, 20);
            Lsn moment = head("main");
            long before = count("main@" + moment, Product.class);

            slow.getTransaction().commit();

            assertThat(count("main@" + moment, Product.class)).isEqualTo(before).isEqualTo(1);
            assertThat(count("main", Product.class)).isEqualTo(2);
            assertThat(head("main")).isGreaterThan(moment);
        }
    }

    @Entity(name = "Owned")
    static class Owned {

        @Id
        long id = 1;

        @TenantId
        String owner;
    }

    @Test
    void tenantColumn_withBranches_isRefusedBeforeAnythingIsMade() {
        Lsn before = head("main");
        assertThatThrownBy(
                        () -> BranchSessionFactory.of(argon, Map.of("hibernate.hbm2ddl.auto", "create"), Owned.class))
                .isInstanceOf(UnsupportedException.class)
                .hasMessageStartingWith(
                        "`Owned` has a `@TenantId`, but on branches the tenant of a session is its branch");
        assertThat(head("main")).isEqualTo(before);
    }

    @Test
    void tenantColumn_byUrlAlone_isTheApplicationsOwn() {
        Configuration plain = new Configuration().addAnnotatedClasses(Owned.class);
        plain.setProperty("hibernate.connection.url", "jdbc:argon:" + argon.location());
        plain.setProperty("hibernate.hbm2ddl.auto", "update");
        plain.setProperty("hibernate.cache.use_second_level_cache", "false");
        try (SessionFactory sessions = plain.buildSessionFactory();
                Session session =
                        sessions.withOptions().tenantIdentifier((Object) "ann").openSession()) {
            session.beginTransaction();
            session.persist(new Owned());
            session.getTransaction().commit();
            session.clear();
            assertThat(session.find(Owned.class, 1L).owner).isEqualTo("ann");
        }
    }

    private static List<String> report(BranchSessions sessions) {
        String query = "select c.name || ' ' || p.name || ' ' || p.price from Product p join p.category c";
        return sessions.fromTransaction(
                session -> session.createSelectionQuery(query, String.class).getResultList());
    }

    private Commit lastCommit(String branch) {
        return argon.commits(Ref.parse(branch), 1).get(0);
    }

    private static int plainPrice(SessionFactory sessions, Product product) {
        return sessions.fromTransaction(session -> session.find(Product.class, product.id).price);
    }

    private static void awaitLaterThan(Instant time) {
        while (!Instant.now().isAfter(time.plusMillis(2))) {
            Thread.onSpinWait();
        }
    }
}
