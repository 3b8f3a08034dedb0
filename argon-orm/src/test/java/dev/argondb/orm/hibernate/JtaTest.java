package dev.argondb.orm.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import dev.argondb.Argon;
import dev.argondb.Commit;
import dev.argondb.EntityEvent;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.UnsupportedException;
import dev.argondb.orm.hibernate.Shop.Label;
import dev.argondb.orm.jdbc.ArgonConnection;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.PersistenceUnitTransactionType;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.TransactionException;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Hibernate under JTA, over a pool that makes a connection of Argon's a local resource of the transaction; with branches it is
 * refused.
 */
class JtaTest {

    private static final TransactionManager TRANSACTIONS = com.arjuna.ats.jta.TransactionManager.transactionManager();

    private Argon argon;
    private AgroalDataSource pool;
    private SessionFactory factory;

    @BeforeEach
    void open() throws SQLException {
        argon = Argon.open("mem:jta-" + UUID.randomUUID());
        pool = AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(connections -> connections
                        .maxSize(2)
                        .transactionIntegration(new NarayanaTransactionIntegration(
                                TRANSACTIONS, new TransactionSynchronizationRegistryImple()))
                        .connectionFactoryConfiguration(connection ->
                                connection.jdbcUrl("jdbc:argon:" + argon.location() + "?author=ann&message=stock"))));
        Configuration configuration = new Configuration().addAnnotatedClasses(Shop.ENTITIES);
        configuration
                .getProperties()
                .putAll(Map.of(
                        "hibernate.connection.datasource", pool,
                        "hibernate.transaction.coordinator_class", "jta",
                        "hibernate.transaction.jta.platform", "Narayana",
                        "hibernate.cache.use_second_level_cache", false,
                        "hibernate.hbm2ddl.auto", "create"));
        factory = configuration.buildSessionFactory();
    }

    @AfterEach
    void discard() throws Exception {
        if (TRANSACTIONS.getStatus() != Status.STATUS_NO_TRANSACTION) {
            TRANSACTIONS.rollback();
        }
        factory.close();
        pool.close();
        String location = argon.location();
        argon.close();
        Argon.discard(location);
    }

    @Test
    void commit_makesOneCommitByTheAuthorOfTheUrl() throws Exception {
        Lsn before = head();
        TRANSACTIONS.begin();
        try (Session session = factory.openSession()) {
            session.persist(new Label("a", "first"));
            session.flush();
            session.persist(new Label("b", "second"));
            session.flush();
            assertThat(head()).isEqualTo(before);
        }
        TRANSACTIONS.commit();

        Commit commit = lastCommit();
        assertThat(commit.parent()).contains(before);
        assertThat(commit.author()).isEqualTo("ann");
        assertThat(commit.message()).isEqualTo("stock");
        assertThat(commit.events()).extracting(EntityEvent::entityId).containsExactly("a", "b");
        assertThat(texts()).containsExactly("first", "second");
    }

    @Test
    void rollback_leavesNothing() throws Exception {
        Lsn before = head();
        TRANSACTIONS.begin();
        try (Session session = factory.openSession()) {
            session.persist(new Label("a", "text"));
            session.flush();
        }
        TRANSACTIONS.rollback();

        assertThat(head()).isEqualTo(before);
        assertThat(texts()).isEmpty();
    }

    @Test
    void sameRow_secondCommitter_getsRollbackException() throws Exception {
        factory.inTransaction(session -> session.persist(new Label("a", "first")));
        TRANSACTIONS.begin();
        try (Session slow = factory.openSession()) {
            slow.find(Label.class, "a").text = "slow";
            slow.persist(new Label("b", "slow"));
            changeMeanwhile("a");

            assertThatThrownBy(TRANSACTIONS::commit)
                    .isInstanceOf(RollbackException.class)
                    .hasNoCause()
                    .satisfies(JtaTest::isConflictBelowWhatItSuppresses);
        }
        assertThat(texts()).containsExactly("fast");
    }

    @Test
    void sameRow_secondCommitterThroughHibernate_getsTransactionException() throws Exception {
        factory.inTransaction(session -> session.persist(new Label("a", "first")));
        try (Session slow = factory.openSession()) {
            slow.beginTransaction();
            slow.find(Label.class, "a").text = "slow";
            slow.persist(new Label("b", "slow"));
            changeMeanwhile("a");

            assertThatThrownBy(slow.getTransaction()::commit)
                    .isInstanceOf(TransactionException.class)
                    .cause()
                    .isInstanceOf(RollbackException.class)
                    .hasNoCause()
                    .satisfies(JtaTest::isConflictBelowWhatItSuppresses);
        }
        assertThat(texts()).containsExactly("fast");
    }

    @Test
    void authorAsSessionProperty_isNotLookedAt() {
        factory.inTransaction(session -> {
            session.setProperty(BranchSessionFactory.AUTHOR, "bob");
            session.persist(new Label("a", "text"));
        });
        assertThat(lastCommit().author()).isEqualTo("ann");
    }

    @Test
    void authorOfTheConnectionsCommit_holdsForOneTransaction() {
        factory.inTransaction(session -> {
            session.doWork(
                    connection -> connection.unwrap(ArgonConnection.class).describeCommit("bob", "sale"));
            session.persist(new Label("a", "text"));
        });
        assertThat(lastCommit().author()).isEqualTo("bob");
        assertThat(lastCommit().message()).isEqualTo("sale");
        factory.inTransaction(session -> session.persist(new Label("b", "text")));
        assertThat(lastCommit().author()).isEqualTo("ann");
        assertThat(lastCommit().message()).isEqualTo("stock");
    }

    @Test
    void branchSessions_ofItsSessionFactory_areRefused() {
        assertThatThrownBy(() -> BranchSessionFactory.of(factory))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("is not bound to branches");
    }

    @Test
    void branches_areRefusedBeforeAnythingIsMade() {
        Lsn before = head();
        assertThatThrownBy(() -> BranchSessionFactory.of(
                        argon,
                        Map.of("hibernate.transaction.coordinator_class", "jta", "hibernate.hbm2ddl.auto", "create"),
                        Label.class))
                .isInstanceOf(UnsupportedException.class)
                .hasMessage("sessions on branches take no part in JTA's transactions, so that each statement would be"
                        + " committed by itself; set `hibernate.transaction.coordinator_class` to `jdbc`, or a"
                        + " persistence unit's transaction type to `RESOURCE_LOCAL`");
        assertThat(head()).isEqualTo(before);
    }

    @Test
    void branches_inPersistenceUnitUnderJta_areRefused() {
        PersistenceConfiguration unit = new PersistenceConfiguration("jta")
                .transactionType(PersistenceUnitTransactionType.JTA)
                .properties(BranchSessionFactory.settings(argon))
                .managedClass(Label.class);
        assertThatThrownBy(unit::createEntityManagerFactory)
                .isInstanceOf(PersistenceException.class)
                .hasCauseInstanceOf(UnsupportedException.class);
    }

    private void changeMeanwhile(String code) throws Exception {
        Transaction slow = TRANSACTIONS.suspend();
        factory.inTransaction(session -> session.find(Label.class, code).text = "fast");
        TRANSACTIONS.resume(slow);
    }

    private static void isConflictBelowWhatItSuppresses(Throwable failure) {
        assertThat(failure.getSuppressed())
                .singleElement()
                .extracting(Throwable::getCause)
                .isInstanceOfSatisfying(SQLException.class, cause -> assertThat(cause.getSQLState())
                        .isEqualTo("40001"));
    }

    private List<String> texts() {
        return factory.fromTransaction(
                session -> session.createSelectionQuery("select text from Sticker order by code", String.class)
                        .getResultList());
    }

    private Lsn head() {
        return argon.resolve(new Ref.Head("main")).orElseThrow();
    }

    private Commit lastCommit() {
        return argon.commits(Ref.parse("main"), 1).get(0);
    }
}
