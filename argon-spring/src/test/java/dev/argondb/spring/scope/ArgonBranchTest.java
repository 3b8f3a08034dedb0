package dev.argondb.spring.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.argondb.BranchScope;
import dev.argondb.InvalidRequestException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** {@code @ArgonBranch} on services and repositories of an application. */
class ArgonBranchTest extends ScopeTest {

    @Autowired
    private SaleService sale;

    @Autowired
    private SaleProducts saleProducts;

    @Autowired
    private Where where;

    @Test
    void service_isOnItsBranch() {
        assertThat(sale.price("lamp")).isEqualTo(30);
        assertThat(price()).isEqualTo(40);
    }

    @Test
    void transactionalMethod_commitsOnItsBranch() {
        sale.reprice("lamp", 25);
        assertThat(sale.price("lamp")).isEqualTo(25);
        assertThat(price()).isEqualTo(40);
    }

    @Test
    void method_goesBeforeItsClass() {
        assertThat(sale.otherPrice("lamp")).isEqualTo(20);
    }

    @Test
    void placeholder_isResolved() {
        assertThat(sale.configured()).hasToString("sale");
        assertThat(sale.previewPrice("lamp")).isEqualTo(30);
    }

    @Test
    void composedAnnotation_namesItsAlias() {
        assertThat(sale.composed()).hasToString("other");
    }

    @Test
    void interface_namesTheBranchOfItsImplementations() {
        assertThat(where.ref()).hasToString("sale");
        assertThat(where.otherRef()).hasToString("other");
    }

    @Test
    void repository_isOnItsBranch() {
        assertThat(saleProducts.findByName("lamp").orElseThrow().getPrice()).isEqualTo(30);
        assertThat(saleProducts.findByNameIgnoreCase("LAMP").orElseThrow().getPrice())
                .isEqualTo(20);
        saleProducts.deleteAll();
        assertThat(saleProducts.count()).isZero();
        assertThat(products.count()).isOne();
    }

    @Test
    void method_inTransactionOnOtherRef_isRefused() {
        inTransaction(() -> assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> sale.reprice("lamp", 1))
                .withMessageStartingWith(
                        "a transaction on `main` is open in this thread, so no scope of `sale` can be"));
        inTransaction(() -> assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> saleProducts.count())
                .withMessageStartingWith(
                        "a transaction on `main` is open in this thread, so no scope of `sale` can be"));
    }

    @Test
    void method_inTransactionOfItsRef_joinsIt() {
        BranchScope.run(
                "sale",
                () -> inTransaction(() -> {
                    sale.reprice("lamp", 1);
                    assertThat(price()).isOne();
                    assertThat(saleProducts.count()).isOne();
                }));
    }

    @Test
    void requiresNew_inTransactionOnOtherRef_suspendsIt() {
        inTransaction(() -> {
            products.findByName("lamp").orElseThrow().setPrice(41);
            sale.repriceAnyhow("lamp", 29);
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isTrue();
            assertThat(price()).isEqualTo(41);
            assertThat(priceByJdbc()).isEqualTo(41);
        });
        assertThat(sale.price("lamp")).isEqualTo(29);
        assertThat(price()).isEqualTo(41);
    }

    @Test
    void requiresNew_thatFails_leavesTheTransactionAround() {
        inTransaction(() -> {
            assertThatExceptionOfType(java.util.NoSuchElementException.class)
                    .isThrownBy(() -> sale.repriceAnyhow("nothing", 1));
            products.findByName("lamp").orElseThrow().setPrice(42);
        });
        assertThat(price()).isEqualTo(42);
    }

    @Test
    void notSupported_inTransactionOnOtherRef_suspendsIt() {
        inTransaction(() -> {
            assertThat(sale.priceAnyhow("lamp")).isEqualTo(30);
            assertThat(price()).isEqualTo(40);
        });
    }

    /** The transaction that is open is another manager's, which that of the method cannot suspend. */
    @Test
    void requiresNew_ofForeignManagerInTransactionOnOtherRef_isRefused() {
        inTransaction(() -> assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> sale.priceInForeignTransaction("lamp"))
                .withMessageStartingWith(
                        "a transaction on `main` is open in this thread, so no scope of `sale` can be"));
        assertThat(sale.priceInForeignTransaction("lamp")).isEqualTo(30);
    }

    @Test
    void async_isInTheScopeWhereItRuns() throws Exception {
        assertThat(sale.priceInBackground("lamp").get(30, TimeUnit.SECONDS)).isEqualTo(30);
    }

    @Test
    void async_calledInTransactionOnOtherRef_isNotInIt() {
        inTransaction(() -> assertThat(sale.priceInBackground("lamp")
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join())
                .isEqualTo(30));
    }
}
