package dev.argondb.orm.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.ColumnRole;
import dev.argondb.Commit;
import dev.argondb.Lsn;
import dev.argondb.MergeConflict;
import dev.argondb.MergeConflict.Kind;
import dev.argondb.MergePlan;
import dev.argondb.Resolution;
import dev.argondb.orm.hibernate.Shop.Category;
import dev.argondb.orm.hibernate.Shop.Product;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.annotations.UpdateTimestamp;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Merges of entities: versions, update times, associations, collections, and sessions on what was merged. */
class EntityMergeTest extends ShopTest {

    private Commit merge(MergePlan plan) {
        assertThat(plan.conflicts()).isEmpty();
        return factory.merge(plan, "ann", "").orElseThrow();
    }

    private Product find(String ref, Product product) {
        return factory.fromTransaction(ref, session -> {
            Product found = session.find(Product.class, product.id);
            assertThat(found.tags).isNotNull();
            return found;
        });
    }

    @Test
    void attributes_changedOnBothBranches_areBothThereAndTheVersionIsAbove() {
        Product lamp = product("main", "lamp", 10);
        argon.createBranch("sale", "main");
        reprice("sale", lamp, 8);
        reprice("sale", lamp, 7);
        factory.inTransaction("main", session -> session.find(Product.class, lamp.id).name = "big lamp");
        Product detached = find("main", lamp);

        Commit commit = merge(factory.planMerge("sale", "main"));

        List<String> found = factory.fromTransaction("main", session -> session.createSelectionQuery(
                        "select name from Product where price = 7 and version = 3", String.class)
                .getResultList());
        assertThat(found).containsExactly("big lamp");
        assertThat(commit.mergeParent()).isEqualTo(argon.branch("sale").headLsn());
        assertThatThrownBy(() -> factory.inTransaction("main", session -> {
                    detached.price = 1;
                    session.merge(detached);
                }))
                .isInstanceOf(OptimisticLockException.class);
    }

    @Test
    void attribute_changedDifferently_conflictsButItsVersionDoesNot() {
        Product lamp = product("main", "lamp", 10);
        argon.createBranch("sale", "main");
        reprice("sale", lamp, 8);
        reprice("main", lamp, 9);

        MergePlan plan = factory.planMerge("sale", "main");

        assertThat(plan.conflicts()).extracting(MergeConflict::field).containsExactly("price");
        merge(plan.resolveAll(Resolution.Side.THEIRS));
        assertThat(find("main", lamp).price).isEqualTo(8);
        assertThat(find("main", lamp).version).isEqualTo(2);
        assertThat(factory.planMerge("sale", "main").isAlreadyMerged()).isTrue();
    }

    @Test
    void rowsOfACollection_addedAndRemovedOnBothBranches_areMerged() {
        Product lamp = factory.fromTransaction("main", session -> {
            Product product = new Product("lamp", 10);
            product.tags.addAll(List.of("old", "red"));
            session.persist(product);
            return product;
        });
        argon.createBranch("sale", "main");
        factory.inTransaction("sale", session -> {
            Product found = session.find(Product.class, lamp.id);
            found.tags.remove("old");
            found.tags.add("cheap");
        });
        factory.inTransaction(
                "main", session -> session.find(Product.class, lamp.id).tags.add("big"));

        merge(factory.planMerge("sale", "main"));

        List<String> tags = factory.fromTransaction("main", session -> session.createSelectionQuery(
                        "select t from Product p join p.tags t order by t", String.class)
                .getResultList());
        assertThat(tags).containsExactly("big", "cheap", "red");
    }

    @Test
    void reference_toWhatTheOtherBranchRemoved_conflicts() {
        Category lights = factory.fromTransaction("main", session -> {
            Category category = new Category("lights");
            session.persist(category);
            return category;
        });
        argon.createBranch("sale", "main");
        factory.inTransaction(
                "sale",
                session -> session.persist(new Product("lamp", 10).in(session.find(Category.class, lights.id))));
        factory.inTransaction("main", session -> session.remove(session.find(Category.class, lights.id)));

        MergePlan plan = factory.planMerge("sale", "main");

        assertThat(plan.conflicts()).extracting(MergeConflict::kind).containsExactly(Kind.FOREIGN_KEY);
        merge(plan.resolve(plan.conflicts().get(0), Resolution.THEIRS));
        assertThat(count("main", Category.class)).isEqualTo(1);
        assertThat(count("main", Product.class)).isEqualTo(1);
    }

    @Test
    void entities_bornOnBothBranches_neverShareAnId() {
        product("main", "first", 1);
        argon.createBranch("sale", "main");
        for (int i = 0; i < 60; i++) {
            product(i % 2 == 0 ? "main" : "sale", "p" + i, i);
        }

        merge(factory.planMerge("sale", "main"));

        assertThat(count("main", Product.class)).isEqualTo(61);
    }

    @Test
    void undoneCommit_ofAnEntity_keepsLaterWorkAndRaisesTheVersion() {
        Product lamp = product("main", "lamp", 10);
        Lsn wrong = commit("main", session -> session.find(Product.class, lamp.id).price = 0);
        factory.inTransaction("main", session -> session.find(Product.class, lamp.id).name = "big lamp");

        merge(factory.planRevert("main", wrong));

        Product now = find("main", lamp);
        assertThat(now.price).isEqualTo(10);
        assertThat(now.name).isEqualTo("big lamp");
        assertThat(now.version).isEqualTo(3);
    }

    @Test
    void session_openBeforeAMerge_goesOn() {
        Product lamp = product("main", "lamp", 10);
        argon.createBranch("sale", "main");
        reprice("sale", lamp, 8);
        try (Session session = factory.openSession("main")) {
            assertThat(session.<Integer>fromTransaction(any -> session.find(Product.class, lamp.id).price))
                    .isEqualTo(10);
            merge(factory.planMerge("sale", "main"));
            session.clear();
            assertThat(session.<Integer>fromTransaction(any -> session.find(Product.class, lamp.id).price))
                    .isEqualTo(8);
        }
    }

    @Test
    void mergePolicy_ofTheEntities_knowsVersionsAndUpdateTimes() {
        String location = "mem:merge-policy";
        try (Argon other = Argon.open(location);
                BranchSessionFactory notes =
                        BranchSessionFactory.of(other, Map.of("hibernate.hbm2ddl.auto", "create"), Note.class)) {
            assertThat(notes.mergePolicy().roles())
                    .isEqualTo(Map.of(
                            "my_notes", Map.of("revision", ColumnRole.VERSION, "changedat", ColumnRole.UPDATE_TIME)));
            notes.inTransaction("main", session -> session.persist(new Note()));
            other.createBranch("sale", "main");
            notes.inTransaction("main", session -> session.find(Note.class, 1L).title = "on main");
            notes.inTransaction("sale", session -> session.find(Note.class, 1L).text = "on sale");

            MergePlan plan = notes.planMerge("sale", "main");
            Instant later = notes.fromTransaction("sale", session -> session.find(Note.class, 1L).changedAt);

            assertThat(plan.conflicts()).isEmpty();
            notes.merge(plan, "ann", "");
            Note merged = notes.fromTransaction("main", session -> session.find(Note.class, 1L));
            assertThat(merged.title).isEqualTo("on main");
            assertThat(merged.text).isEqualTo("on sale");
            assertThat(merged.changedAt).isEqualTo(later);
        } finally {
            Argon.discard(location);
        }
    }

    /** With a time for its version, and one of its last update. */
    @Entity(name = "Note")
    @Table(name = "`My_Notes`")
    @NullUnmarked
    static class Note {
        @Id
        Long id = 1L;

        @Version
        Instant revision;

        @UpdateTimestamp
        Instant changedAt;

        String title;
        String text;

        Note() {}
    }
}
