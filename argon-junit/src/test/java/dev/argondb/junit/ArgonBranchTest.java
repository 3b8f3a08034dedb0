package dev.argondb.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.Branch;
import java.util.HashSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What `@ArgonBranch` promises. */
class ArgonBranchTest {

    @BeforeEach
    void forget() {
        Samples.IDS.clear();
        SampleShop.OPENED.set(0);
    }

    @Test
    void committedData_everyKindOfTest_isIsolatedWithTheSameIds() {
        SampleRun.of(Samples.Committing.class).passed(7);

        assertThat(Samples.IDS).hasSize(7);
        assertThat(new HashSet<>(Samples.IDS)).as("the same id in each").hasSize(1);
        assertBranches("fixture", "main");
        assertThat(SampleShop.OPENED).hasValue(1);
    }

    @Test
    void sequences_nextRun_giveTheSameIds() {
        SampleRun.of(Samples.Committing.class).passed(7);
        SampleRun.of(Samples.Committing.class).passed(7);

        assertThat(new HashSet<>(Samples.IDS)).hasSize(1);
    }

    @Test
    void from_namesTheFixture_methodOverridesClass() {
        SampleRun.of(Samples.FromFixture.class).passed(2);
    }

    @Test
    void ddl_isIsolated() {
        SampleRun.of(Samples.Ddl.class).passed(2);
    }

    @Test
    void threads_workOnTheBranch() {
        SampleRun.of(Samples.Threads.class).passed(2);
    }

    @Test
    void parametersFieldsAndConstructor_areGiven() {
        SampleRun.of(Samples.Injected.class).passed(1);
    }

    @Test
    void nested_sharesTheBranchOfItsTest() {
        SampleRun.of(Samples.Outer.class).passed(3);
    }

    @Test
    void inherited_works() {
        SampleRun.of(Samples.Heir.class).passed(8);
    }

    @Test
    void perClassLifecycle_hasABranchForEachTest() {
        SampleRun.of(Samples.PerClass.class).passed(2);
    }

    @Test
    void perClassLifecycleConcurrent_refusesFields() {
        assertThat(SampleRun.parallel(Samples.PerClassConcurrent.class).failure())
                .hasMessageContaining(
                        "would be shared by tests that run at the same time on one instance; take parameters");
    }

    @Test
    void parallel_fortyTests_areIsolated() {
        SampleRun.parallel(Samples.Many.class, Samples.Committing.class, Samples.Injected.class)
                .passed(48);

        assertThat(new HashSet<>(Samples.IDS)).hasSize(1);
        assertBranches("fixture", "main");
        assertThat(SampleShop.OPENED).as("one database for all").hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Samples.FailingKept.class,
                Samples.FailingAfterEach.class,
                Samples.FailingInAnotherExtension.class
            })
    void failure_keepOnFailure_keepsAndNamesTheBranch(Class<?> sample) {
        SampleRun run = SampleRun.of(sample);

        Throwable failure = run.failure();
        Throwable[] suppressed = failure.getSuppressed();
        assertThat(suppressed).hasSizeBetween(1, 2);
        try (Argon argon = Argon.open(SampleShop.LOCATION)) {
            String kept = argon.branches().stream()
                    .map(Branch::name)
                    .filter(name -> name.startsWith("test/"))
                    .reduce((a, b) -> {
                        throw new AssertionError("two kept: " + a + ", " + b);
                    })
                    .orElseThrow();
            assertThat(suppressed[suppressed.length - 1])
                    .hasMessage("the data of this test is kept on branch `" + kept
                            + "` of `mem:sample-shop`: look at it with" + " `jdbc:argon:mem:sample-shop?branch=" + kept
                            + "`, then delete the branch");
            assertThat(run.reported).containsExactly("{argon.branch=" + kept + "}");
        }
    }

    @Test
    void failure_withoutKeepOnFailure_dropsTheBranch() {
        Throwable failure = SampleRun.of(Samples.FailingDropped.class).failure();

        assertThat(failure).hasMessage("no luck");
        assertThat(failure.getSuppressed()).hasSize(1);
        assertBranches("fixture", "main");
    }

    @Test
    void failure_listsWhatTheTestCommitted() {
        Throwable failure = SampleRun.of(Samples.FailingWithChanges.class).failure();

        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0])
                .hasMessageMatching("what this test had committed on its branch:\n"
                        + "  item \\d+: version: 0 -> 1, name: lamp -> bulb\n"
                        + "  item \\d+: deleted, version: 0, id: \\d+, name: chair\n"
                        + "  item \\d+: inserted, version: 0, id: \\d+, name: x{100}\\.\\.\\.");
    }

    @Test
    void failure_manyChanges_areCut() {
        Throwable failure = SampleRun.of(Samples.FailingWithManyChanges.class).failure();

        assertThat(failure.getSuppressed()[0]).message().hasLineCount(52);
        assertThat(failure.getSuppressed()[0]).hasMessageEndingWith("\n  and 10 documents more");
    }

    @Test
    void failure_withoutChanges_orWithoutAskingForThem_listsNothing() {
        assertThat(SampleRun.of(Samples.FailingIdle.class).failure()).hasNoSuppressedExceptions();
        assertThat(SampleRun.of(Samples.FailingSilently.class).failure()).hasNoSuppressedExceptions();
    }

    @Test
    void methodAnnotation_onlyThatTest() {
        SampleRun.of(Samples.OnlyOneMethod.class).passed(2);
        assertThat(SampleShop.OPENED).hasValue(1);
    }

    @Test
    void noAnnotation_nothingOpened() {
        SampleRun.of(Samples.None.class).passed(1);
        assertThat(SampleShop.OPENED).hasValue(0);
    }

    @Test
    void rollbackTo_mark_resetsRowsSchemaSequencesAndCaches() {
        SampleRun.of(Samples.Rollback.class).passed(2);
    }

    @Test
    void rollbackTo_insideATransaction_refused() {
        assertThat(SampleRun.of(Samples.RollbackInTransaction.class).failure())
                .hasMessage("the test's session is inside a transaction; commit or roll back first");
    }

    @Test
    void url_aloneAndWithoutSessionFactory() {
        SampleRun.of(Samples.UrlOnly.class).passed(2);
        assertThat(SampleRun.of(Samples.UrlWithoutSessionFactory.class).failure())
                .hasMessageContaining("`EntityManager` needs a session factory: let the @ArgonDatabase member supply a"
                        + " `BranchSessionFactory`");
    }

    @Test
    void ownMember_field_isUsed() {
        SampleRun.of(Samples.OwnMember.class).passed(1);
    }

    @Test
    void wrongSetUps_sayWhatToDo() {
        assertFailure(Samples.NoDatabase.class, "names no database; give `url`, or add a static @ArgonDatabase member");
        assertFailure(Samples.DatabaseWithoutMember.class, "has no static @ArgonDatabase member");
        assertFailure(
                Samples.UrlWithParameters.class,
                "has parameters; give the database alone, and the branch to start from as");
        assertFailure(Samples.UnknownFixture.class, "`nowhere`");
        assertFailure(Samples.InBeforeAll.class, "a branch belongs to one test, and none is running");
        assertFailure(Samples.NotStatic.class, "must be a static field, or a static method without parameters");
    }

    private static void assertFailure(Class<?> sample, String message) {
        assertThat(SampleRun.of(sample).failure()).hasMessageContaining(message);
    }

    private static void assertBranches(String... names) {
        try (Argon argon = Argon.open(SampleShop.LOCATION)) {
            assertThat(argon.branches()).extracting(Branch::name).containsExactly(names);
        }
    }
}
