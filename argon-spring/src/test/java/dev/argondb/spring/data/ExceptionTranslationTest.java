package dev.argondb.spring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.ConflictException;
import dev.argondb.ReadOnlyException;
import dev.argondb.Ref;
import dev.argondb.UnknownRefException;
import dev.argondb.spring.autoconfigure.ArgonAutoConfiguration;
import dev.argondb.spring.autoconfigure.ArgonExceptionAutoConfiguration;
import dev.argondb.spring.jdbc.ScopedDataSource;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** What Spring makes of Argon's exceptions, through JPA and through JDBC. */
@DataTest
class ExceptionTranslationTest {

    private static final AtomicInteger BRANCHES = new AtomicInteger();

    @Autowired
    private Items items;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Argon argon;

    private String branch = "";

    @BeforeEach
    void fork() {
        branch = "errors-" + BRANCHES.incrementAndGet();
        argon.createBranch(branch, "main");
        items.<Items>onBranch(branch).save(new Item("lamp", 1));
    }

    private void onBranch(Runnable work) {
        BranchScope.run(branch, () -> transaction.executeWithoutResult(status -> work.run()));
    }

    private String past() {
        return branch + "@" + argon.resolve(Ref.parse(branch)).orElseThrow();
    }

    private static void inOtherThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void conflict_ofEntities_isAnOptimisticLockingFailure() {
        assertThatThrownBy(() -> onBranch(() -> {
                    items.require("lamp").setPrice(2);
                    inOtherThread(() -> onBranch(() -> items.require("lamp").setPrice(3)));
                }))
                .isInstanceOf(OptimisticLockingFailureException.class)
                .hasMessageContaining("changed on `" + branch + "`");
    }

    @Test
    void conflict_ofStaleCopy_isAnOptimisticLockingFailure() {
        Items there = items.onBranch(branch);
        Item stale = there.require("lamp");
        onBranch(() -> items.require("lamp").setPrice(3));
        stale.setPrice(2);
        assertThatThrownBy(() -> there.save(stale)).isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void conflict_ofBulkJpqlAndJdbc_isAnOptimisticLockingFailure() {
        assertThatThrownBy(() -> onBranch(() -> {
                    items.mark("%", Item.State.SOLD);
                    inOtherThread(() -> onBranch(() -> items.require("lamp").setPrice(3)));
                }))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThatThrownBy(() -> onBranch(() -> {
                    jdbc.update("update item set state = 'SOLD'");
                    inOtherThread(() -> onBranch(() -> items.require("lamp").setPrice(4)));
                }))
                .isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void conflict_isRetriedAsUsual() {
        AtomicInteger attempts = new AtomicInteger();
        while (true) {
            try {
                onBranch(() -> {
                    Item lamp = items.require("lamp");
                    lamp.setPrice(lamp.getPrice() + 10);
                    if (attempts.incrementAndGet() == 1) {
                        inOtherThread(() -> onBranch(() -> items.require("lamp").setPrice(5)));
                    }
                });
                break;
            } catch (ConcurrencyFailureException e) {
                assertThat(attempts).hasValue(1);
            }
        }
        assertThat(items.<Items>onBranch(branch).require("lamp").getPrice()).isEqualTo(15);
    }

    @Test
    void uniqueKey_isADuplicateKey() {
        Items there = items.onBranch(branch);
        assertThatThrownBy(() -> there.save(new Item("lamp", 2)))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageContaining("Unique index or primary key violation");
        assertThatThrownBy(() -> BranchScope.run(
                        branch, () -> jdbc.update("insert into category values ('a', 'A'), ('a', 'B')")))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void uniqueKey_foundByTheCommit_isADataIntegrityViolation() {
        assertThatThrownBy(() -> onBranch(() -> {
                    items.saveAndFlush(new Item("torch", 2));
                    inOtherThread(() -> onBranch(() -> items.save(new Item("torch", 3))));
                }))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void foreignKey_isADataIntegrityViolation() {
        assertThatThrownBy(() -> BranchScope.run(branch, () -> jdbc.update("update item set category_code = 'none'")))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void writeOnPast_isMisuse() {
        assertThatThrownBy(() -> BranchScope.run(past(), () -> jdbc.update("delete from item")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasRootCauseInstanceOf(ReadOnlyException.class)
                .hasMessageContaining("past moment");
        assertThatThrownBy(() -> items.<Items>onBranch(past()).save(new Item("x", 1)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasRootCauseInstanceOf(ReadOnlyException.class);
    }

    @Test
    void unknownRef_cannotBeginATransactionOrGetAConnection() {
        assertThatThrownBy(() -> items.<Items>onBranch("nowhere").count())
                .isInstanceOf(CannotCreateTransactionException.class)
                .hasRootCauseInstanceOf(UnknownRefException.class);
        assertThatThrownBy(() -> BranchScope.run("nowhere", () -> jdbc.queryForObject("select 1", Integer.class)))
                .isInstanceOf(CannotGetJdbcConnectionException.class)
                .hasRootCauseInstanceOf(UnknownRefException.class);
    }

    @Test
    void argonInSql_isTranslated() {
        assertThatThrownBy(() -> jdbc.queryForObject("call argon_create_branch('x', 'nowhere')", String.class))
                .isInstanceOf(InvalidDataAccessResourceUsageException.class)
                .hasMessageContaining("`nowhere`");
        assertThatThrownBy(() -> jdbc.queryForObject("call argon_create_branch('main')", String.class))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("`main`");
    }

    @Test
    void othersThanArgons_areTranslatedAsEver() {
        assertThatThrownBy(() -> jdbc.queryForList("select nothing from nowhere"))
                .isInstanceOf(BadSqlGrammarException.class);
    }

    @Test
    void withoutJpa_conflictsAtCommitAndClosedDatabase_areTranslated() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ArgonAutoConfiguration.class,
                        ArgonExceptionAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        TransactionManagerCustomizationAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class))
                .withPropertyValues("argon.url=mem:errors-jdbc")
                .run(context -> {
                    JdbcTemplate template = context.getBean(JdbcTemplate.class);
                    TransactionTemplate inTransaction = context.getBean(TransactionTemplate.class);
                    template.execute("create table note(id int primary key, text varchar)");
                    template.update("insert into note values (1, 'a')");
                    assertThatThrownBy(() -> inTransaction.executeWithoutResult(status -> {
                                template.update("update note set text = 'b'");
                                inOtherThread(() -> template.update("update note set text = 'c'"));
                            }))
                            .isInstanceOf(OptimisticLockingFailureException.class)
                            .hasRootCauseInstanceOf(ConflictException.class);
                    context.getBean(ScopedDataSource.class).close();
                    assertThatThrownBy(() -> template.queryForList("select * from note"))
                            .isInstanceOf(DataAccessResourceFailureException.class)
                            .cause()
                            .isInstanceOf(SQLException.class);
                });
    }
}
