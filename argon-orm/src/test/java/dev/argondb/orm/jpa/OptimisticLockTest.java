package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.annotations.OptimisticLock;
import org.hibernate.annotations.OptimisticLockType;
import org.hibernate.annotations.OptimisticLocking;
import org.junit.jupiter.api.Test;

/** Versions: how they rise, and what a writer with a stale one is told. */
@OnPages
class OptimisticLockTest extends JpaFeatureTest {
    OptimisticLockTest() {
        super(Article.class, Stamped.class, Unversioned.class, Shelf.class);
    }

    @Test
    void version_insertUpdateNoChange_risesOnlyWithChanges() {
        Article article = new Article("a");
        save(article);
        assertThat(find(article).version).isZero();

        inTransaction(session -> session.find(Article.class, article.id).text = "b");
        inTransaction(session -> session.find(Article.class, article.id).text = "b");

        assertThat(find(article).version).isEqualTo(1);
    }

    @Test
    void staleDetached_merged_isRefused() {
        Article article = new Article("a");
        save(article);
        Article stale = find(article);
        inTransaction(session -> session.find(Article.class, article.id).text = "newer");

        stale.text = "lost";
        assertThatThrownBy(() -> inTransaction(session -> session.merge(stale)))
                .satisfies(e -> assertThat(Rivalry.isConcurrencyFailure(e)).isTrue());

        assertThat(find(article).text).isEqualTo("newer");
        assertThat(find(article).version).isEqualTo(1);
    }

    @Test
    void staleDetached_removed_isRefused() {
        Article article = new Article("a");
        save(article);
        Article stale = find(article);
        inTransaction(session -> session.find(Article.class, article.id).text = "newer");

        assertThatThrownBy(() -> inTransaction(session -> session.remove(session.merge(stale))))
                .isInstanceOf(OptimisticLockException.class);
        assertThat(count(Article.class)).isEqualTo(1);
    }

    @Test
    void twoSessions_changeTheSameRow_secondCommitFails() {
        Article article = new Article("a");
        save(article);

        try (Session first = factory().openSession();
                Session second = factory().openSession()) {
            first.beginTransaction();
            second.beginTransaction();
            first.find(Article.class, article.id).text = "first";
            second.find(Article.class, article.id).text = "second";

            first.getTransaction().commit();
            assertThatThrownBy(() -> second.getTransaction().commit())
                    .satisfies(e -> assertThat(Rivalry.isConcurrencyFailure(e)).isTrue());
        }

        assertThat(find(article).text).isEqualTo("first");
        assertThat(find(article).version).isEqualTo(1);
    }

    @Test
    void twoSessions_oneRemoves_otherUpdateFails() {
        Article article = new Article("a");
        save(article);

        try (Session second = factory().openSession()) {
            second.beginTransaction();
            second.find(Article.class, article.id).text = "second";
            inTransaction(session -> session.remove(session.find(Article.class, article.id)));

            assertThatThrownBy(() -> second.getTransaction().commit())
                    .satisfies(e -> assertThat(Rivalry.isConcurrencyFailure(e)).isTrue());
        }

        assertThat(count(Article.class)).isZero();
    }

    @Test
    void twoSessions_differentRows_bothCommit() {
        Article one = new Article("one");
        Article two = new Article("two");
        save(one, two);

        try (Session first = factory().openSession();
                Session second = factory().openSession()) {
            first.beginTransaction();
            second.beginTransaction();
            first.find(Article.class, one.id).text = "ONE";
            second.find(Article.class, two.id).text = "TWO";
            first.getTransaction().commit();
            second.getTransaction().commit();
        }

        assertThat(list("select a.text from Article a order by a.id", String.class))
                .containsExactly("ONE", "TWO");
    }

    @Test
    void forceIncrement_readRow_raisesItsVersion() {
        Article article = new Article("a");
        save(article);

        inTransaction(session -> session.find(Article.class, article.id, LockModeType.OPTIMISTIC_FORCE_INCREMENT));
        assertThat(find(article).version).isEqualTo(1);

        inTransaction(session -> session.find(Article.class, article.id, LockModeType.PESSIMISTIC_FORCE_INCREMENT));
        assertThat(find(article).version).isEqualTo(2);
    }

    @Test
    void optimisticLock_untouchedRow_commits() {
        Article article = new Article("a");
        save(article);

        inTransaction(session -> session.lock(session.find(Article.class, article.id), LockModeType.OPTIMISTIC));

        assertThat(find(article).version).isZero();
    }

    @Test
    void excludedAttribute_changed_keepsTheVersion() {
        Article article = new Article("a");
        save(article);

        inTransaction(session -> session.find(Article.class, article.id).reads++);

        assertThat(find(article).reads).isEqualTo(1);
        assertThat(find(article).version).isZero();
    }

    @Test
    void ownedCollection_changed_raisesTheVersion() {
        Shelf shelf = new Shelf();
        Article article = new Article("a");
        save(shelf, article);

        inTransaction(session ->
                session.find(Shelf.class, shelf.id).articles.add(session.getReference(Article.class, article.id)));

        assertThat(find(shelf).version).isEqualTo(1);
    }

    @Test
    void timestampVersion_update_isChecked() {
        Stamped row = new Stamped();
        row.text = "a";
        save(row);
        Stamped stale = find(row);
        inTransaction(session -> session.find(Stamped.class, row.id).text = "newer");

        stale.text = "lost";
        assertThatThrownBy(() -> inTransaction(session -> session.merge(stale)))
                .isInstanceOf(OptimisticLockException.class);
        assertThat(find(row).text).isEqualTo("newer");
    }

    @Test
    void versionlessDirtyCheck_attributeChangedElsewhere_isRefused() {
        Unversioned row = new Unversioned();
        row.text = "a";
        save(row);

        try (Session second = factory().openSession()) {
            second.beginTransaction();
            second.find(Unversioned.class, row.id).text = "second";
            inTransaction(session -> session.find(Unversioned.class, row.id).text = "first");

            assertThatThrownBy(() -> second.getTransaction().commit())
                    .satisfies(e -> assertThat(Rivalry.isConcurrencyFailure(e)).isTrue());
        }

        assertThat(find(row).text).isEqualTo("first");
    }

    @Test
    void versionedHqlUpdate_raisesTheVersion() {
        Article article = new Article("a");
        save(article);

        inTransaction(session -> session.createMutationQuery("update versioned Article set text = 'b'")
                .executeUpdate());

        assertThat(find(article).version).isEqualTo(1);
    }

    @Entity(name = "Article")
    static class Article {
        @Id
        @GeneratedValue
        Long id;

        @Version
        int version;

        String text;

        @OptimisticLock(excluded = true)
        int reads;

        Article() {}

        Article(String text) {
            this.text = text;
        }
    }

    @Entity(name = "Shelf")
    static class Shelf {
        @Id
        @GeneratedValue
        Long id;

        @Version
        long version;

        @OneToMany
        List<Article> articles = new ArrayList<>();
    }

    @Entity(name = "Stamped")
    static class Stamped {
        @Id
        @GeneratedValue
        Long id;

        @Version
        Instant changed;

        String text;
    }

    @Entity(name = "Unversioned")
    @OptimisticLocking(type = OptimisticLockType.DIRTY)
    @org.hibernate.annotations.DynamicUpdate
    static class Unversioned {
        @Id
        @GeneratedValue
        Long id;

        String text;
    }
}
