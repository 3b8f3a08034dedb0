package dev.argondb.orm.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.Commit;
import dev.argondb.DocumentChange;
import dev.argondb.DocumentDiff;
import dev.argondb.EntityEvent;
import dev.argondb.Lsn;
import dev.argondb.MergeConflict;
import dev.argondb.MergePlan;
import dev.argondb.Operation;
import dev.argondb.Ref;
import dev.argondb.Resolution;
import dev.argondb.WalEntry;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.PersistenceConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs what `docs/hibernate.md` shows, and holds that it shows nothing else. */
class HibernateGuideTest {

    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    /** The entity of the guide. */
    @Entity(name = "Product")
    @NullUnmarked
    static class Product {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        String name;
        int price;

        Product() {}

        Product(String name, int price) {
            this.name = name;
            this.price = price;
        }
    }

    @AfterEach
    void discard() {
        Argon.discard("mem:guide");
    }

    @Test
    void urlAlone_runs() {
        EntityManagerFactory emf = new PersistenceConfiguration("shop")
                .property("jakarta.persistence.jdbc.url", "jdbc:argon:mem:guide?branch=main&author=ann")
                .property("hibernate.hbm2ddl.auto", "update")
                .managedClass(Product.class)
                .createEntityManagerFactory();
        try (emf) {
            emf.runInTransaction(em -> em.persist(new Product("lamp", 10)));
            assertThat(emf.<Object>callInTransaction(
                            em -> em.createQuery("select name from Product").getSingleResult()))
                    .isEqualTo("lamp");
        }
    }

    @Test
    void branches_run() {
        Argon argon = Argon.open("mem:guide");
        BranchSessionFactory factory =
                BranchSessionFactory.of(argon, Map.of("hibernate.hbm2ddl.auto", "update"), Product.class);

        factory.inTransaction("main", session -> session.persist(new Product("lamp", 10)));
        argon.createBranch("sale", "main");
        factory.inTransaction("sale", session -> session.createMutationQuery("update Product set price = price / 2")
                .executeUpdate());

        factory.branch("sale")
                .as("ann")
                .saying("spring sale")
                .inTransaction(session -> session.persist(new Product("sunshade", 30)));

        Lsn before = argon.resolve(Ref.parse("sale")).orElseThrow();
        factory.inTransaction("sale", session -> session.createMutationQuery("delete from Product")
                .executeUpdate());
        List<String> names = factory.branch("sale").at(before).fromTransaction(session -> session.createSelectionQuery(
                        "select name from Product order by name", String.class)
                .getResultList());
        assertThat(names).containsExactly("lamp", "sunshade");

        argon.resetBranch("sale", before);

        SessionFactory onSale = factory.branch("sale").sessionFactory();
        long products = onSale.fromTransaction(
                session -> session.createSelectionQuery("select count(*) from Product", Long.class)
                        .getSingleResult());
        assertThat(products).isEqualTo(2);

        int price = BranchScope.call(
                "sale", () -> factory.sessionFactory().fromTransaction(session -> session.createSelectionQuery(
                                "select max(price) from Product", Integer.class)
                        .getSingleResult()));
        assertThat(price).isEqualTo(30);

        Configuration configuration = new Configuration().addAnnotatedClass(Product.class);
        BranchSessionFactory.settings(argon).forEach(configuration.getProperties()::put);
        SessionFactory built = configuration.buildSessionFactory();
        BranchSessionFactory bound = BranchSessionFactory.of(built);
        long id = bound.<Long>fromTransaction(
                "main", session -> session.createSelectionQuery("select id from Product", Long.class)
                        .getSingleResult());

        factory.inTransaction("main", session -> session.find(Product.class, id).price = 11);
        Commit commit = argon.commits(Ref.parse("main"), 1).get(0);
        EntityEvent event = commit.events().get(0); // UPDATE Product 1 [price]
        WalEntry entry = argon.entries(Ref.parse("main")).get(0);
        Object was = entry.before().get("price"); // 10
        assertThat(event).isEqualTo(new EntityEvent(Operation.UPDATE, "Product", Long.toString(id), List.of("price")));
        assertThat(was).isEqualTo(10);

        bound.close();
        factory.close();
        argon.close();
    }

    @Test
    void compareAndMerge_runs() {
        Argon argon = Argon.open("mem:guide");
        BranchSessionFactory factory =
                BranchSessionFactory.of(argon, Map.of("hibernate.hbm2ddl.auto", "update"), Product.class);
        factory.inTransaction("main", session -> session.persist(new Product("lamp", 10)));
        long id = 1;

        argon.createBranch("spring", "main");
        factory.inTransaction("spring", session -> session.find(Product.class, id).price = 8);
        for (DocumentDiff diff : argon.diff("main", "spring")) {
            System.out.println(diff.collection() + " " + diff.documentId() + " " + diff.changedFields());
        }

        factory.inTransaction("main", session -> session.find(Product.class, id).price = 9);
        MergePlan plan = factory.planMerge("spring", "main");
        for (MergeConflict conflict : plan.conflicts()) {
            // `price` of document `1` of `product` is `9` on `main` and `8` on `spring`; it was `10`
            System.out.println(conflict.text());
            plan = plan.resolve(conflict, Resolution.THEIRS);
        }
        factory.merge(plan, "ann", "spring prices");
        assertThat(argon.entries(Ref.parse("main")).get(0).after()).containsEntry("price", 8);

        Lsn merged = argon.resolve(Ref.parse("main")).orElseThrow();
        factory.merge(factory.planRevert("main", merged), "ann", "too early");
        assertThat(argon.entries(Ref.parse("main")).get(0).after()).containsEntry("price", 9);

        for (DocumentChange change : argon.history("main", "product", id).changes()) {
            System.out.println(change.commit().author() + " " + change.entry().before());
        }
        assertThat(argon.history("main", "product", id).changes()).hasSize(4);
        factory.close();
        argon.close();
    }

    @Test
    void everySnippetOfTheGuide_isRunHere() throws IOException {
        String here =
                squeezed(Files.readString(Path.of("src/test/java/dev/argondb/orm/hibernate/HibernateGuideTest.java")));
        List<String> snippets = SNIPPET.matcher(Files.readString(Path.of("../docs/hibernate.md")))
                .results()
                .map(MatchResult::group)
                .map(text -> squeezed(text.substring("```java".length(), text.length() - "```".length())))
                .toList();

        assertThat(snippets).hasSizeGreaterThan(5).allSatisfy(snippet -> assertThat(here)
                .contains(snippet));
    }

    /** A text without what a formatter may change. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
