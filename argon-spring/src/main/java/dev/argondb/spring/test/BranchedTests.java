package dev.argondb.spring.test;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.junit.ArgonBranch;
import dev.argondb.junit.ArgonFixture;
import dev.argondb.junit.ClassBranch;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.test.context.MethodInvoker;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.jdbc.Sql;
import org.springframework.test.context.jdbc.Sql.ExecutionPhase;

/**
 * The tests with {@code @ArgonBranch}, and their branches as Jupiter's extension gives them: asked for as the parameter of a method,
 * which Spring has Jupiter call for the test that is about to run. So the extension is the only one that makes branches.
 */
final class BranchedTests {

    private BranchedTests() {}

    /** Returns whether an element has the annotation; a class also by a class around it that Jupiter looks at. */
    static boolean isAnnotated(AnnotatedElement element) {
        if (AnnotationSupport.isAnnotated(element, ArgonBranch.class)) {
            return true;
        }
        return element instanceof Class<?> type
                && type.getEnclosingClass() != null
                && !Modifier.isStatic(type.getModifiers())
                && isAnnotated(type.getEnclosingClass());
    }

    /** Returns whether a class has scripts that run once, before or after its tests. */
    static boolean hasClassScripts(Class<?> type) {
        Set<Sql> scripts = TestContextAnnotationUtils.getMergedRepeatableAnnotations(type, Sql.class);
        return scripts.stream()
                .map(Sql::executionPhase)
                .anyMatch(
                        phase -> phase == ExecutionPhase.BEFORE_TEST_CLASS || phase == ExecutionPhase.AFTER_TEST_CLASS);
    }

    /** Enters the scope of a test's branch; returns null where the test is about another database than the application's. */
    static @Nullable BranchScope enterTest(TestContext test) throws Exception {
        Given given = Given.to(test, Given.FIXTURE);
        ArgonFixture fixture = Objects.requireNonNull(given.fixture);
        Argon application =
                test.getApplicationContext().getBeanProvider(Argon.class).getIfUnique();
        if (application == null) {
            return null;
        }
        if (!application.location().equals(fixture.argon().location())) {
            throw new IllegalStateException(
                    "`" + test.getTestClass().getName() + "` is on `"
                            + fixture.argon().location() + "` by its annotations, the application under test on `"
                            + application.location()
                            + "`; leave out `url`, `database` and @ArgonDatabase to test the application, or the application to test the other");
        }
        return fixture.enter();
    }

    /** Enters the scope of the branch of a test class. */
    static BranchScope enterClass(TestContext test) throws Exception {
        return Objects.requireNonNull(Given.to(test, Given.CLASS_BRANCH).classBranch)
                .enter();
    }

    /** What Jupiter gave as a parameter. */
    private static final class Given {

        static final Method FIXTURE = method("fixture", ArgonFixture.class);
        static final Method CLASS_BRANCH = method("classBranch", ClassBranch.class);

        private @Nullable ArgonFixture fixture;
        private @Nullable ClassBranch classBranch;

        @SuppressWarnings("UnusedMethod") // Jupiter calls it
        void fixture(ArgonFixture given) {
            fixture = given;
        }

        @SuppressWarnings("UnusedMethod") // Jupiter calls it
        void classBranch(ClassBranch given) {
            classBranch = given;
        }

        static Given to(TestContext test, Method method) throws Exception {
            MethodInvoker jupiter = test.getMethodInvoker();
            if (jupiter == MethodInvoker.DEFAULT_INVOKER) {
                throw new IllegalStateException("`" + test.getTestClass().getName()
                        + "` has @ArgonBranch, which works in tests of JUnit Jupiter; let Jupiter run it");
            }
            Given given = new Given();
            try {
                jupiter.invoke(method, given);
            } catch (ParameterResolutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
            return given;
        }

        private static Method method(String name, Class<?> parameter) {
            try {
                return Given.class.getDeclaredMethod(name, parameter);
            } catch (NoSuchMethodException e) {
                throw new AssertionError(e);
            }
        }
    }
}
