package dev.argondb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.spring.autoconfigure.audited.Account;
import dev.argondb.spring.autoconfigure.audited.Accounts;
import dev.argondb.spring.autoconfigure.audited.AuditedApplication;
import jakarta.persistence.EntityManagerFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.hibernate.envers.AuditReader;
import org.hibernate.envers.AuditReaderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Envers writes its revisions where the changes are, and reads them there. */
class EnversTest {

    @TempDir
    private Path directory;

    private static long save(ConfigurableApplicationContext context, Account account) {
        return Objects.requireNonNull(
                context.getBean(Accounts.class).save(account).getId());
    }

    private static void change(ConfigurableApplicationContext context, long id, int balance) {
        Account account = context.getBean(Accounts.class).findById(id).orElseThrow();
        account.setBalance(balance);
        context.getBean(Accounts.class).save(account);
    }

    private static List<Integer> balances(ConfigurableApplicationContext context, long id) {
        return context.getBean(EntityManagerFactory.class).callInTransaction(entities -> {
            AuditReader reader = AuditReaderFactory.get(entities);
            return reader.getRevisions(Account.class, id).stream()
                    .map(revision -> reader.find(Account.class, id, revision).getBalance())
                    .toList();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"mem", "file"})
    void revisions_areOfTheBranch(String kind) {
        String url = kind.equals("mem") ? "argon.url=mem:envers-test" : "argon.url=file:" + directory;
        try (var context = Applications.run(AuditedApplication.class, url)) {
            long id = save(context, new Account(10));
            context.getBean(Argon.class).createBranch("feature", "main");
            BranchScope.run("feature", () -> change(context, id, 20));
            change(context, id, 30);
            change(context, id, 40);

            assertThat(balances(context, id)).containsExactly(10, 30, 40);
            BranchScope.run("feature", () -> assertThat(balances(context, id)).containsExactly(10, 20));
        }
    }

    @Test
    void revisions_afterRestart_goOn() {
        long id;
        try (var context = Applications.run(AuditedApplication.class, "argon.url=file:" + directory)) {
            id = save(context, new Account(10));
        }
        try (var context = Applications.run(AuditedApplication.class, "argon.url=file:" + directory)) {
            change(context, id, 20);
            assertThat(balances(context, id)).containsExactly(10, 20);
        }
    }

    @Test
    void revisions_ofRolledBackTransaction_areNotThere() {
        try (var context = Applications.run(AuditedApplication.class, "argon.url=mem:envers-rollback")) {
            long id = save(context, new Account(10));
            context.getBean(EntityManagerFactory.class).runInTransaction(entities -> {
                entities.find(Account.class, id).setBalance(99);
                entities.flush();
                entities.getTransaction().setRollbackOnly();
            });
            assertThat(balances(context, id)).containsExactly(10);
        } catch (jakarta.persistence.RollbackException e) {
            throw new AssertionError(e);
        }
    }
}
