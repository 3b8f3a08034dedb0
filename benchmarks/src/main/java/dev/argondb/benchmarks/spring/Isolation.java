package dev.argondb.benchmarks.spring;

import static org.springframework.test.annotation.DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD;

import dev.argondb.junit.ArgonBranch;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestExecutionListeners;
import org.springframework.test.context.TestExecutionListeners.MergeMode;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.jdbc.Sql;
import org.springframework.transaction.annotation.Transactional;

/**
 * One test, isolated in different ways: five saves, an update by load and save, and a count. It fails if it sees what another one
 * left.
 */
@SpringBootTest(classes = ItemApplication.class)
@TestPropertySource(
        properties = {
            "spring.jpa.hibernate.ddl-auto=create",
            "logging.level.root=warn",
            "spring.main.banner-mode=off",
            "spring.jpa.open-in-view=false"
        })
public abstract class Isolation {

    private static volatile int tests = 1;
    private static volatile int rows = 1_000;
    private static volatile boolean idle;

    @Autowired
    private Items items;

    /** Sets how many times a class runs its test, over how many rows, and whether the test does nothing at all. */
    public static void scale(int newTests, int newRows, boolean isIdle) {
        tests = newTests;
        rows = newRows;
        idle = isIdle;
    }

    static int rows() {
        return rows;
    }

    static IntStream tests() {
        return IntStream.range(0, tests);
    }

    @ParameterizedTest
    @MethodSource("tests")
    void test(int number) {
        if (idle) {
            return;
        }
        for (int i = 0; i < 5; i++) {
            items.save(new Item("new item", "test", number));
        }
        Item seventh = items.findById(7L).orElseThrow();
        int before = seventh.getPrice();
        seventh.setPrice(10);
        items.save(seventh);
        long found = items.countByOwner("test");
        if (found != 5 || before != 1) {
            throw new IllegalStateException(
                    "a test sees what another one left: " + found + " rows instead of 5, price " + before);
        }
    }

    /** Commits on a branch. */
    @ArgonBranch
    @TestPropertySource(properties = "argon.url=mem:isolation-${random.uuid}")
    public static class OnBranch extends Isolation {}

    /** Hides its commits. On the method: an annotation of the class does not reach methods that it inherits. */
    @TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:rollback;DB_CLOSE_DELAY=-1")
    public static class RolledBack extends Isolation {

        @Override
        @Transactional
        @ParameterizedTest
        @MethodSource("tests")
        void test(int number) {
            super.test(number);
        }
    }

    /** Commits, and undoes by hand what the test is known to change. */
    @Sql(
            statements = {
                "delete from item where owner = 'test'",
                "delete from item where id = 7",
                "insert into item (id, name, owner, price) values (7, 'item 7', 'owner 7', 1)"
            })
    @TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:clean-up;DB_CLOSE_DELAY=-1")
    public static class CleanedUp extends Isolation {}

    /** Is isolated by nothing, so it must do nothing. */
    @TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:nothing;DB_CLOSE_DELAY=-1")
    public static class NotIsolated extends Isolation {}

    /** Commits in an application of its own. */
    @DirtiesContext(classMode = AFTER_EACH_TEST_METHOD)
    @TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:dirties-${random.uuid}")
    public static class FreshContext extends Isolation {}

    /** Commits in a copy of a PostgreSQL database. */
    @Import(PostgresTemplates.class)
    @TestExecutionListeners(listeners = PostgresTemplates.Copies.class, mergeMode = MergeMode.MERGE_WITH_DEFAULTS)
    public static class OnPostgresCopy extends Isolation {}
}
