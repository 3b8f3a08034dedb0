package dev.argondb.spring.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.argondb.BranchScope;
import dev.argondb.Lsn;
import dev.argondb.ReadOnlyException;
import dev.argondb.Ref;
import dev.argondb.spring.shop.Product;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** Scopes of past moments: all of repositories and JDBC to read with, nothing to write with. */
class PastScopeTest extends ScopeTest {

    private Lsn reprice(int price) {
        Lsn before = argon.resolve(Ref.MAIN).orElseThrow();
        jdbc.update("update product set price = ?", price);
        return before;
    }

    @Test
    void at_readsThePast() {
        Lsn before = reprice(50);
        try (BranchScope past = BranchScope.at("main", before)) {
            assertThat(price()).isEqualTo(40);
            assertThat(priceByJdbc()).isEqualTo(40);
            assertThat(products.findByPriceLessThan(45)).hasSize(1);
            assertThat(past.ref()).contains(new Ref.AtLsn("main", before));
        }
        assertThat(price()).isEqualTo(50);
    }

    @Test
    void asOf_readsThePast() {
        Lsn before = reprice(50);
        Instant time = argon.commits(new Ref.AtLsn("main", before), 1).get(0).time();
        try (BranchScope past = BranchScope.asOf("main", time)) {
            assertThat(price()).isEqualTo(40);
            assertThat(past).hasToString("scope of `main@" + time + "`");
        }
    }

    @Test
    void save_ofNewEntity_isRefused() {
        Lsn before = reprice(50);
        try (BranchScope past = BranchScope.at("main", before)) {
            assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
                    .isThrownBy(() -> products.save(new Product("chair", 10)))
                    .withMessage("persist of `Product` refused: this session is on `main@" + before
                            + "`, a past moment, which"
                            + " is read-only; branch off with `argon.createBranch(\"NAME\", \"main@" + before
                            + "\")` and write on the branch")
                    .withCauseInstanceOf(ReadOnlyException.class);
            assertThat(past.ref()).isPresent();
        }
    }

    @Test
    void save_ofLoadedEntity_isRefused() {
        Lsn before = reprice(50);
        try (BranchScope past = BranchScope.at("main", before)) {
            Product lamp = products.findByName("lamp").orElseThrow();
            lamp.setPrice(1);
            assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
                    .isThrownBy(() -> products.save(lamp))
                    .withMessageStartingWith("merge of `Product` refused: this session is on `main@" + before + "`");
            assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
                    .isThrownBy(() -> products.delete(lamp))
                    .withMessageContaining("refused: this session is on `main@" + before + "`");
            assertThat(past.ref()).isPresent();
        }
    }

    @Test
    void bulkDelete_isRefused() {
        Lsn before = reprice(50);
        try (BranchScope past = BranchScope.at("main", before)) {
            assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
                    .isThrownBy(products::deleteAllInBatch)
                    .withMessageStartingWith(
                            "`main@" + before + "` is a past moment and read-only; create a branch there");
            assertThat(past.ref()).isPresent();
        }
    }

    @Test
    void jdbcTemplate_thatWrites_isRefused() {
        Lsn before = reprice(50);
        try (BranchScope past = BranchScope.at("main", before)) {
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> jdbc.update("update product set price = 1"))
                    .isInstanceOf(InvalidDataAccessApiUsageException.class)
                    .withMessageContaining(
                            "`main@" + before + "` is a past moment and read-only; create a branch there");
            assertThat(past.ref()).isPresent();
        }
    }
}
