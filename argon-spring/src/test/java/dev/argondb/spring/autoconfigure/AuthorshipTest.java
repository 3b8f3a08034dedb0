package dev.argondb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.spring.CommitMessage;
import dev.argondb.spring.CommitMessageSource;
import dev.argondb.spring.autoconfigure.notes.Note;
import dev.argondb.spring.autoconfigure.notes.Notes;
import dev.argondb.spring.autoconfigure.notes.NotesApplication;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.domain.AuditorAware;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Commits are by the auditor, and say what the methods around them say. */
@SpringBootTest(
        classes = NotesApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "argon.url=mem:authorship-test",
            "argon.author=nobody",
            "spring.liquibase.enabled=false",
            "spring.flyway.enabled=false"
        })
@Import({
    AuthorshipTest.Beans.class,
    AuthorshipTest.Outer.class,
    AuthorshipTest.Inner.class,
    AuthorshipTest.Catalogue.class
})
class AuthorshipTest {

    private static Optional<User> user = Optional.empty();
    private static String reason = "";
    private static boolean auditorCommits;

    @Autowired
    private Notes notes;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Outer outer;

    @Autowired
    private Inner inner;

    @Autowired
    private Catalogue catalogue;

    record User(String name) {
        @Override
        public String toString() {
            return name;
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        AuditorAware<User> auditor(JdbcTemplate jdbc) {
            return () -> {
                if (auditorCommits) {
                    new org.springframework.transaction.support.TransactionTemplate(
                                    new org.springframework.jdbc.support.JdbcTransactionManager(
                                            java.util.Objects.requireNonNull(jdbc.getDataSource())),
                                    new org.springframework.transaction.support.DefaultTransactionDefinition(
                                            org.springframework.transaction.TransactionDefinition
                                                    .PROPAGATION_REQUIRES_NEW))
                            .executeWithoutResult(
                                    status -> jdbc.update("insert into note(id, text) values (-1, 'seen')"));
                }
                return user;
            };
        }

        @Bean
        CommitMessageSource source() {
            return () -> reason;
        }
    }

    @Component
    static class Inner {

        @Autowired
        private Notes notes;

        @Transactional
        @CommitMessage("inner")
        public void joined() {
            notes.save(new Note("joined"));
        }

        @Transactional
        @CommitMessage("second")
        public void joinedToo() {
            notes.save(new Note("joined too"));
        }

        @Transactional(propagation = Propagation.REQUIRES_NEW)
        @CommitMessage("alone")
        public void alone() {
            notes.save(new Note("alone"));
        }

        @Transactional(propagation = Propagation.REQUIRES_NEW)
        public void aloneSilently() {
            notes.save(new Note("alone"));
        }
    }

    @Component
    static class Outer {

        @Autowired
        private Notes notes;

        @Transactional
        @CommitMessage("outer")
        public void saying(Runnable work) {
            notes.save(new Note("outer"));
            work.run();
        }

        @Transactional
        public void silent(Runnable work) {
            notes.save(new Note("outer"));
            work.run();
        }

        @CommitMessage("around")
        public void withoutTransaction(Runnable work) {
            work.run();
        }

        @CommitMessage("failing")
        public void failing(Callable<?> work) throws Exception {
            work.call();
        }
    }

    /** What is said of a class holds for its methods, unless they say something themselves. */
    @Component
    @CommitMessage("catalogue")
    static class Catalogue {

        @Autowired
        private Notes notes;

        public void add() {
            notes.save(new Note("entry"));
        }

        @CommitMessage("catalogue, one")
        public void addOne() {
            notes.save(new Note("entry"));
        }
    }

    @AfterEach
    void forget() {
        user = Optional.empty();
        reason = "";
        auditorCommits = false;
    }

    private String last() {
        return last(0);
    }

    /** Returns author and message of a commit, so many before the last one. */
    private String last(int before) {
        return String.valueOf(jdbc.queryForObject(
                "select author || ': ' || coalesce(message, '') from argon.commits where entries > 0 order by lsn desc"
                        + " offset ? rows fetch next 1 row only",
                String.class,
                before));
    }

    @Test
    void author_isTheAuditor_ofJpaAndOfJdbc() {
        user = Optional.of(new User("ada"));
        notes.save(new Note("by ada"));
        assertThat(last()).isEqualTo("ada: ");

        user = Optional.of(new User("grace"));
        jdbc.update("update note set text = 'by grace'");
        assertThat(last()).isEqualTo("grace: ");
    }

    @Test
    void author_unknownToAuditor_isTheConfiguredOne() {
        notes.save(new Note("by nobody"));

        assertThat(last()).isEqualTo("nobody: ");
    }

    @Test
    void author_askedOfAuditorThatCommitsItself_isAskedOnce() {
        user = Optional.of(new User("ada"));
        auditorCommits = true;
        notes.save(new Note("by ada"));
        auditorCommits = false;

        assertThat(last()).isEqualTo("ada: ");
        assertThat(last(1)).isEqualTo("nobody: ");
        jdbc.update("delete from note where id = -1");
    }

    @Test
    void message_isOfTheSource_whereNoMethodSaysOne() {
        reason = "request 7";
        notes.save(new Note("asked for"));
        assertThat(last()).isEqualTo("nobody: request 7");

        jdbc.update("update note set text = 'asked for'");
        assertThat(last()).isEqualTo("nobody: request 7");

        outer.saying(() -> {});
        assertThat(last()).isEqualTo("nobody: outer");
    }

    @Test
    void message_ofOutermostMethod_holdsForWhatJoinsItsTransaction() {
        outer.saying(inner::joined);

        assertThat(last()).isEqualTo("nobody: outer");
    }

    @Test
    void message_ofMethodWithItsOwnTransaction_isOfThatTransaction() {
        outer.saying(inner::alone);

        assertThat(last()).isEqualTo("nobody: outer");
        assertThat(last(1)).isEqualTo("nobody: alone");
    }

    @Test
    void message_ofMethodThatJoinsSilentTransaction_isItsMessage() {
        outer.silent(() -> {
            inner.joined();
            inner.joinedToo();
        });

        assertThat(last()).isEqualTo("nobody: inner");
    }

    @Test
    void message_ofMethodWithItsOwnTransaction_isNotOfTheSilentOneAround() {
        outer.silent(inner::alone);

        assertThat(last()).isEqualTo("nobody: ");
        assertThat(last(1)).isEqualTo("nobody: alone");
    }

    @Test
    void message_notedForTransaction_isNotOfTheOneWithin() {
        outer.silent(() -> {
            inner.joined();
            inner.aloneSilently();
        });

        assertThat(last()).isEqualTo("nobody: inner");
        assertThat(last(1)).isEqualTo("nobody: ");
    }

    @Test
    void message_aroundTransactions_isOfAllThatSayNothing() {
        outer.withoutTransaction(() -> {
            inner.joined();
            inner.aloneSilently();
            jdbc.update("update note set text = 'x'");
        });

        assertThat(last()).isEqualTo("nobody: around");
        assertThat(last(1)).isEqualTo("nobody: around");
        assertThat(last(2)).isEqualTo("nobody: inner");
    }

    @Test
    void message_ofClass_holdsForItsMethods() {
        catalogue.add();
        assertThat(last()).isEqualTo("nobody: catalogue");

        catalogue.addOne();
        assertThat(last()).isEqualTo("nobody: catalogue, one");
    }

    @Test
    void message_ofMethodThatFailed_isForgotten() {
        try {
            outer.failing(() -> {
                throw new IllegalStateException("on purpose");
            });
        } catch (Exception e) {
            assertThat(e).hasMessage("on purpose");
        }
        notes.save(new Note("after"));

        assertThat(last()).isEqualTo("nobody: ");
    }
}
