package dev.argondb.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What `@ArgonBranch` promises in tests of a Boot application. */
class SpringBranchTest {

    @BeforeEach
    void forget() {
        Samples.IDS.clear();
    }

    @Test
    void committedData_everyKindOfTest_isIsolatedWithTheSameIds() {
        SampleRun.of(Samples.Committing.class).passed(8);

        assertThat(Samples.IDS).hasSize(8);
        assertThat(new HashSet<>(Samples.IDS)).as("the same id in each").hasSize(1);
    }

    @Test
    void annotations_inEitherOrder_shareOneBranch() {
        SampleRun.of(Samples.OtherOrder.class).passed(2);
    }

    @Test
    void transactions_rolledBackCommittedOrNone_areOnTheBranch() {
        SampleRun.of(Samples.InTransactions.class).passed(3);
    }

    @Test
    void scripts_ofClassAndMethod_runOnTheBranch() {
        SampleRun.of(Samples.Scripts.class, Samples.WithoutAnnotation.class).passed(7);
    }

    @Test
    void beforeTheClass_scriptsAndMethods_areOnABranchOfTheClass() {
        SampleRun.of(Samples.BeforeTheClass.class, Samples.WithoutAnnotation.class)
                .passed(6);

        assertThat(Samples.IDS).hasSize(3);
        assertThat(Samples.IDS.get(0)).isEqualTo(Samples.IDS.get(1));
    }

    @Test
    void perClassLifecycle_hasABranchForEachTest() {
        SampleRun.of(Samples.PerClass.class).passed(8);
        SampleRun.parallel(Samples.PerClass.class).passed(8);
    }

    @Test
    void nested_sharesTheBranchOfItsTest() {
        SampleRun.of(Samples.WithoutAnnotation.class, Samples.Outer.class).passed(5);
    }

    @ParameterizedTest
    @ValueSource(classes = {Samples.Parameters.class, Samples.AllByConstructor.class, Samples.Autowired2.class})
    void parameters_ofSpringAndArgon_areGivenByOneOfThem(Class<?> sample) {
        SampleRun.of(sample).passed(1);
    }

    @Test
    void rollbackTo_outsideOfTransactions_resetsRowsIdsAndCaches() {
        SampleRun.of(Samples.Rollback.class).passed(2);
    }

    @Test
    void parallel_oneContext_isIsolated() {
        int contexts = BranchShop.CONTEXTS.get();
        SampleRun.parallel(
                        Samples.Many.class,
                        Samples.Committing.class,
                        Samples.OtherOrder.class,
                        Samples.Scripts.class,
                        Samples.BeforeTheClass.class,
                        Samples.InTransactions.class)
                .passed(40 + 8 + 2 + 5 + 4 + 3);
        SampleRun.of(Samples.WithoutAnnotation.class).passed(2);

        assertThat(BranchShop.CONTEXTS.get() - contexts).isLessThanOrEqualTo(1);
    }

    @Test
    void timeout_inAnotherThread_worksOnTheBranch() {
        SampleRun.of(Samples.SlowInItsOwnThread.class).passed(2);
    }

    @Test
    void scopeThatATestForgets_isLeftWithTheTest() {
        SampleRun.of(Samples.Forgetful.class, Samples.WithoutAnnotation.class).passed(4);
    }

    @Test
    void dirtiesContext_isOnABranchOfEachContext() {
        SampleRun.of(Samples.Dirty.class).passed(4);
    }

    @ParameterizedTest
    @ValueSource(classes = {Samples.FailingKept.class, Samples.FailingAtCommit.class})
    void failure_keepOnFailure_keepsAndNamesTheBranch(Class<?> sample) {
        SampleRun run = SampleRun.of(sample);

        assertThat(run.failure().getSuppressed()).anySatisfy(kept -> assertThat(kept)
                .hasMessageContaining("the data of this test is kept on branch `test/"));
        assertThat(run.reported).hasSize(1).first().asString().startsWith("{argon.branch=test/");
    }

    @Test
    void failure_otherwise_leavesNoBranch() {
        assertThat(SampleRun.of(Samples.FailingDropped.class).failure()).hasMessage("no luck");
    }

    @Test
    void wrongSetUps_sayWhatToDo() {
        assertFailure(Samples.UnknownFixture.class, "`nowhere`");
        String beans =
                "has the @ArgonBranch of beans, `dev.argondb.spring.ArgonBranch`; a test gets a branch of its own by the"
                        + " one of tests, `dev.argondb.junit.ArgonBranch`, and works on another by `BranchScope.run`";
        assertFailure(Samples.WrongAnnotation.class, "$WrongAnnotation` " + beans);
        assertFailure(Samples.WrongAnnotationOnMethod.class, "$WrongAnnotationOnMethod.fails` " + beans);
        assertFailure(
                Samples.OwnListeners.class,
                "would not be on its branch: the framework around it does not know of @ArgonBranch");
        assertFailure(
                Samples.OtherDatabase.class,
                "leave out `url`, `database` and @ArgonDatabase to test the application, or the application to test the other");
        assertFailure(
                Samples.NotOnArgon.class,
                "has 0 `Argon` beans, @ArgonBranch needs one; set `argon.url`, or `spring.datasource.url` to a `jdbc:argon:` URL");
    }

    private static void assertFailure(Class<?> sample, String message) {
        assertThat(SampleRun.of(sample).failure()).hasMessageContaining(message);
    }
}
