package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Transient;
import java.sql.Connection;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.CacheMode;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** Transactions: flush modes, rollback, savepoints, and the states of an entity. */
@OnPages
class TransactionTest extends JpaFeatureTest {
    TransactionTest() {
        super(Memo.class);
    }

    @Test
    void rollback_afterFlush_leavesNothing() {
        Memo kept = saved("kept");

        inTransaction(session -> {
            Memo memo = new Memo("gone");
            memo.tags.add("t");
            session.persist(memo);
            session.find(Memo.class, kept.id).text = "changed";
            session.flush();
            session.createNativeMutationQuery("insert into memo (id, text) values (-1, 'native')")
                    .executeUpdate();
            session.createMutationQuery("update Memo set text = 'bulk'").executeUpdate();
            session.getTransaction().markRollbackOnly();
        });

        assertThat(list("select m.text from Memo m", String.class)).containsExactly("kept");
        assertThat(nativeValue("select count(*) from memo_tags", Long.class)).isZero();
    }

    @Test
    void exception_insideTransaction_rollsBack() {
        assertThatThrownBy(() -> inTransaction(session -> {
                    session.persist(new Memo("gone"));
                    session.flush();
                    throw new IllegalStateException("stop");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("stop");

        assertThat(count(Memo.class)).isZero();
    }

    @Test
    void uncommitted_otherSession_seesNothing() {
        inTransaction(session -> {
            session.persist(new Memo("hidden"));
            session.flush();
            assertThat(count(Memo.class)).isZero();
        });

        assertThat(count(Memo.class)).isEqualTo(1);
    }

    @Test
    void oneSession_severalTransactions_eachCommitsItsOwn() {
        try (Session session = factory().openSession()) {
            for (String text : List.of("one", "two", "three")) {
                session.beginTransaction();
                session.persist(new Memo(text));
                if (text.equals("two")) {
                    session.flush();
                    session.getTransaction().rollback();
                    session.clear();
                } else {
                    session.getTransaction().commit();
                }
            }
        }

        assertThat(list("select m.text from Memo m order by m.id", String.class))
                .containsExactly("one", "three");
    }

    @Test
    void flushModeAuto_query_seesPendingChanges() {
        inTransaction(session -> {
            session.persist(new Memo("a"));
            assertThat(session.createSelectionQuery("from Memo", Memo.class).getResultList())
                    .hasSize(1);
        });
    }

    @Test
    void flushModeCommit_query_doesNotSeePendingChanges() {
        inTransaction(session -> {
            session.setFlushMode(FlushModeType.COMMIT);
            session.persist(new Memo("a"));
            assertThat(session.createSelectionQuery("from Memo", Memo.class).getResultList())
                    .isEmpty();
        });

        assertThat(count(Memo.class)).isEqualTo(1);
    }

    @Test
    void flushModeManual_withoutFlush_writesNothing() {
        inTransaction(session -> {
            session.setHibernateFlushMode(FlushMode.MANUAL);
            session.persist(new Memo("a"));
        });

        assertThat(count(Memo.class)).isZero();
    }

    @Test
    void savepoint_rollbackTo_keepsWhatWasBefore() {
        inTransaction(session -> {
            session.persist(new Memo("before"));
            session.flush();
            session.doWork(connection -> {
                Savepoint savepoint = connection.setSavepoint("here");
                insert(connection, -1, "undone");
                connection.rollback(savepoint);
                insert(connection, -2, "after");
            });
        });

        assertThat(list("select m.text from Memo m order by m.id", String.class))
                .containsExactly("after", "before");
    }

    @Test
    void savepoints_nestedReleasedAndReused_undoExactly() {
        inTransaction(session -> session.doWork(connection -> {
            Savepoint outer = connection.setSavepoint();
            insert(connection, 1, "one");
            Savepoint inner = connection.setSavepoint();
            insert(connection, 2, "two");
            connection.rollback(inner);
            insert(connection, 3, "three");
            connection.rollback(inner);
            insert(connection, 4, "four");
            connection.releaseSavepoint(inner);
            assertThat(outer.getSavepointId()).isNotEqualTo(-1);
        }));

        assertThat(list("select m.text from Memo m order by m.id", String.class))
                .containsExactly("one", "four");
    }

    @Test
    void readOnlySession_changedEntity_isNotWritten() {
        Memo memo = saved("a");

        inTransaction(session -> {
            session.setDefaultReadOnly(true);
            session.find(Memo.class, memo.id).text = "b";
        });

        assertThat(find(memo).text).isEqualTo("a");
    }

    @Test
    void entityStates_persistDetachMergeRemove_follow() {
        Memo memo = saved("a");
        inTransaction(session -> {
            Memo managed = session.find(Memo.class, memo.id);
            assertThat(session.find(Memo.class, memo.id)).isSameAs(managed);
            session.detach(managed);
            managed.text = "detached";
            assertThat(session.contains(managed)).isFalse();
        });
        assertThat(find(memo).text).isEqualTo("a");

        memo.text = "merged";
        inTransaction(session -> assertThat(session.merge(memo)).isNotSameAs(memo));
        assertThat(find(memo).text).isEqualTo("merged");

        inTransaction(session -> {
            Memo managed = session.find(Memo.class, memo.id);
            session.remove(managed);
            session.persist(managed);
        });
        assertThat(find(memo)).isNotNull();
    }

    @Test
    void refresh_afterNativeChange_rereads() {
        Memo memo = saved("a");

        inTransaction(session -> {
            Memo managed = session.find(Memo.class, memo.id);
            session.createNativeMutationQuery("update memo set text = 'native'").executeUpdate();
            assertThat(managed.text).isEqualTo("a");
            session.refresh(managed);
            assertThat(managed.text).isEqualTo("native");
        });
    }

    @Test
    void callbacks_ofEntity_areCalled() {
        Memo memo = saved("a");
        assertThat(memo.events).containsExactly("persisted");

        Memo changed = fromTransaction(session -> {
            Memo managed = session.find(Memo.class, memo.id);
            managed.text = "b";
            return managed;
        });

        assertThat(changed.events).containsExactly("loaded", "updating");
    }

    @Test
    void entityManager_plainJpa_worksTheSame() {
        try (EntityManager manager = factory().createEntityManager()) {
            manager.getTransaction().begin();
            Memo memo = new Memo("jpa");
            manager.persist(memo);
            manager.getTransaction().commit();
            manager.clear();

            assertThat(manager.find(Memo.class, memo.id).text).isEqualTo("jpa");
            assertThat(manager.createQuery("select count(m) from Memo m", Long.class)
                            .getSingleResult())
                    .isEqualTo(1);
            assertThat(manager.unwrap(Session.class).getCacheMode()).isEqualTo(CacheMode.NORMAL);
        }
    }

    private static void insert(Connection connection, int id, String text) throws java.sql.SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into memo (id, text) values (" + id + ", '" + text + "')");
        }
    }

    private Memo saved(String text) {
        Memo memo = new Memo(text);
        save(memo);
        return memo;
    }

    @Entity(name = "Memo")
    static class Memo {
        @Id
        @GeneratedValue
        Long id;

        String text;

        @ElementCollection
        @jakarta.persistence.CollectionTable(name = "memo_tags")
        Set<String> tags = new HashSet<>();

        @Transient
        List<String> events = new ArrayList<>();

        Memo() {}

        Memo(String text) {
            this.text = text;
        }

        @PostPersist
        void persisted() {
            events.add("persisted");
        }

        @PostLoad
        void loaded() {
            events.add("loaded");
        }

        @PreUpdate
        void updating() {
            events.add("updating");
        }
    }
}
