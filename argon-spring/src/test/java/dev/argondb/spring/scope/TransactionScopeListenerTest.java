package dev.argondb.spring.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.argondb.BranchScope;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class TransactionScopeListenerTest extends ScopeTest {

    private static final String REFUSAL =
            "a transaction on `main` is open in this thread, so no scope of `sale` can be entered;"
                    + " enter the scope around the transaction, or give the method with `@ArgonBranch(\"sale\")` a"
                    + " `@Transactional(propagation = REQUIRES_NEW)`";

    @Autowired
    private DataSource dataSource;

    @Autowired
    private EntityManagerFactory factory;

    @Autowired
    @Qualifier("foreignTransactionManager")
    private PlatformTransactionManager foreign;

    @Test
    void scope_inJpaTransactionOnOtherRef_isRefused() {
        inTransaction(() -> assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> BranchScope.enter("sale"))
                .withMessage(REFUSAL));
    }

    @Test
    void scope_inJdbcTransactionOnOtherRef_isRefused() {
        inTransaction(
                new JdbcTransactionManager(dataSource),
                TransactionDefinition.PROPAGATION_REQUIRED,
                () -> assertThatExceptionOfType(InvalidRequestException.class)
                        .isThrownBy(() -> BranchScope.enter("sale"))
                        .withMessage(REFUSAL));
    }

    @Test
    void scope_inTransactionOfItsRef_isEntered() {
        BranchScope.run(
                "sale",
                () -> inTransaction(
                        () -> BranchScope.run("sale", () -> assertThat(price()).isEqualTo(30))));
    }

    @Test
    void scope_ofMainInTransactionOutsideOfScopes_isEntered() {
        inTransaction(() -> BranchScope.run("main", () -> assertThat(price()).isEqualTo(40)));
    }

    @Test
    void scope_ofSameMomentInTransaction_isEntered() {
        Lsn now = argon.resolve(Ref.parse("sale")).orElseThrow();
        BranchScope.run(
                "sale@" + Instant.now().plusSeconds(60),
                () -> inTransaction(() -> {
                    BranchScope.run("sale@" + now, () -> assertThat(price()).isEqualTo(30));
                    BranchScope.run("sale@" + (now.value() + 1), () -> assertThat(price())
                            .isEqualTo(30));
                }));
    }

    @Test
    void scope_inForeignTransaction_hasTransactionsOfItsOwn() {
        inTransaction(foreign, TransactionDefinition.PROPAGATION_REQUIRED, () -> {
            BranchScope.run(
                    "sale",
                    () -> inTransaction(() -> {
                        assertThat(price()).isEqualTo(30);
                        assertThat(priceByJdbc()).isEqualTo(30);
                    }));
            BranchScope.run("other", () -> assertThat(price()).isEqualTo(20));
        });
    }

    /** What reads without a transaction of its own keeps its connection until the foreign one ends: not out of its scope. */
    @Test
    void scope_inForeignTransaction_leavesNothingBound() {
        List<String> completed = new ArrayList<>();
        inTransaction(foreign, TransactionDefinition.PROPAGATION_REQUIRED, () -> {
            assertThat(priceByJdbc()).isEqualTo(40);
            BranchScope.run("sale", () -> {
                assertThat(priceByJdbc()).isEqualTo(30);
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        completed.add("of the foreign transaction");
                    }
                });
            });
            assertThat(priceByJdbc()).isEqualTo(40);
            assertThat(price()).isEqualTo(40);
            BranchScope.run("other", () -> assertThat(price()).isEqualTo(20));
            assertThat(completed).isEmpty();
        });
        assertThat(completed).containsExactly("of the foreign transaction");
    }

    @Test
    void scope_leftWithTransactionOpen_isRefused() {
        BranchScope scope = BranchScope.enter("sale");
        TransactionStatus open = transactions.getTransaction(null);
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(scope::close)
                .withMessage(
                        "the scope is left, but a transaction on `sale` that was begun within it is still open in this"
                                + " thread; end it in the scope it was begun in");
        assertThat(BranchScope.find()).isEmpty();
        transactions.rollback(open);
        assertThat(price()).isEqualTo(40);
    }

    /** What such a method reads with stays bound until it ends. */
    @Test
    void scope_inMethodThatSupportsTransactions_hasConnectionsOfItsOwn() {
        inTransaction(transactions, TransactionDefinition.PROPAGATION_SUPPORTS, () -> {
            assertThat(priceByJdbc()).isEqualTo(40);
            assertThat(price()).isEqualTo(40);
            BranchScope.run("sale", () -> {
                assertThat(priceByJdbc()).isEqualTo(30);
                assertThat(price()).isEqualTo(30);
                inTransaction(() -> assertThat(price()).isEqualTo(30));
            });
            assertThat(priceByJdbc()).isEqualTo(40);
            assertThat(price()).isEqualTo(40);
        });
    }

    @Test
    void scope_beforeFirstReadOfSuchMethod_leavesNothingBound() {
        inTransaction(transactions, TransactionDefinition.PROPAGATION_SUPPORTS, () -> {
            BranchScope.run("sale", () -> assertThat(priceByJdbc()).isEqualTo(30));
            assertThat(priceByJdbc()).isEqualTo(40);
        });
    }

    @Test
    void scope_withViewOnOtherRef_putsItAsideAndBack() {
        withView(view -> {
            assertThat(price()).isEqualTo(40);
            BranchScope.run("sale", () -> {
                assertThat(price()).isEqualTo(30);
                inTransaction(() -> assertThat(price()).isEqualTo(30));
            });
            assertThat(TransactionSynchronizationManager.getResource(factory)).isSameAs(view);
            assertThat(price()).isEqualTo(40);
        });
    }

    @Test
    void scope_withViewOnItsRef_usesIt() {
        BranchScope.run(
                "sale",
                () -> withView(view ->
                        BranchScope.run("sale", () -> assertThat(TransactionSynchronizationManager.getResource(factory))
                                .isSameAs(view))));
    }

    @Test
    void scope_inTransactionOfView_isRefused() {
        withView(view -> inTransaction(() -> assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> BranchScope.enter("sale"))
                .withMessage(REFUSAL)));
    }

    @Test
    void outside_withViewOfScope_putsItAsideAndBack() {
        BranchScope.run(
                "sale",
                () -> withView(view -> {
                    try (BranchScope outside = BranchScope.outside()) {
                        assertThat(outside.ref()).isEmpty();
                        assertThat(price()).isEqualTo(40);
                    }
                    assertThat(price()).isEqualTo(30);
                }));
    }

    @Test
    void outside_inTransaction_leavesItItsRef() {
        BranchScope.run(
                "sale",
                () -> inTransaction(() -> {
                    try (BranchScope outside = BranchScope.outside()) {
                        assertThat(outside).hasToString("step outside of all scopes");
                        assertThat(price()).isEqualTo(30);
                    }
                }));
    }

    @Test
    void unwind_withForgottenScopes_leavesAll() {
        BranchScope scope = BranchScope.enter("sale");
        BranchScope.enter("other");
        BranchScope.outside();
        scope.unwind();
        scope.unwind();
        assertThat(BranchScope.find()).isEmpty();
    }

    @Test
    void unwind_inOtherThread_isRefused() {
        BranchScope left = BranchScope.enter("sale");
        left.close();
        try (BranchScope scope = BranchScope.enter("sale")) {
            Thread thread = new Thread(
                    () -> assertThatExceptionOfType(InvalidRequestException.class)
                            .isThrownBy(scope::unwind)
                            .withMessage(
                                    "this thread is not within the scope of `sale`; unwind a scope in the thread that entered it"));
            failing(thread);
        }
    }

    private static void failing(Thread thread) {
        var failures = new ConcurrentLinkedQueue<Throwable>();
        thread.setUncaughtExceptionHandler((where, failure) -> failures.add(failure));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(failures).isEmpty();
    }

    /** As open-in-view does. */
    private void withView(Consumer<Object> work) {
        try (EntityManager view = factory.createEntityManager()) {
            EntityManagerHolder holder = new EntityManagerHolder(view);
            TransactionSynchronizationManager.bindResource(factory, holder);
            try {
                work.accept(holder);
            } finally {
                TransactionSynchronizationManager.unbindResource(factory);
            }
        }
    }
}
