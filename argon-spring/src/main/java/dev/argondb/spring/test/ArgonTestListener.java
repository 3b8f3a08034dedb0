package dev.argondb.spring.test;

import dev.argondb.BranchScope;
import java.lang.reflect.Method;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.AbstractTestExecutionListener;
import org.springframework.util.ClassUtils;

/**
 * Puts each {@code @ArgonBranch} test within the scope of its branch, around its transaction and its scripts; and the scripts of a test
 * class within that of the class's branch.
 *
 * <p>Thread-safe: what it remembers is in the test context, of which each thread has its own.
 */
final class ArgonTestListener extends AbstractTestExecutionListener {

    /** After the context may have been closed and dependencies injected, before transactions begin (4000) and scripts run (5000). */
    static final int ORDER = 3500;

    private static final boolean HAS_JUNIT =
            ClassUtils.isPresent("dev.argondb.junit.ArgonBranch", ArgonTestListener.class.getClassLoader());

    private static final String OF_TEST = ArgonTestListener.class.getName() + ".test";
    private static final String OF_CLASS = ArgonTestListener.class.getName() + ".class";

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public void beforeTestClass(TestContext test) throws Exception {
        Class<?> type = test.getTestClass();
        if (TestContextAnnotationUtils.hasAnnotation(type, dev.argondb.spring.ArgonBranch.class)) {
            throw wrongAnnotation("`" + type.getName() + "`");
        }
        enterClass(test);
    }

    @Override
    public void beforeTestMethod(TestContext test) throws Exception {
        Method method = test.getTestMethod();
        if (AnnotatedElementUtils.hasAnnotation(method, dev.argondb.spring.ArgonBranch.class)) {
            throw wrongAnnotation("`" + test.getTestClass().getName() + "." + method.getName() + "`");
        }
        if (HAS_JUNIT && (BranchedTests.isAnnotated(method) || BranchedTests.isAnnotated(test.getTestClass()))) {
            test.setAttribute(OF_TEST, BranchedTests.enterTest(test));
        }
    }

    @Override
    public void afterTestMethod(TestContext test) {
        leave(test, OF_TEST);
    }

    /** Usually left already, by {@link AfterClassScripts}. */
    @Override
    public void afterTestClass(TestContext test) {
        leave(test, OF_CLASS);
    }

    /** Enters the scope of the class's branch, where the class has scripts. */
    static void enterClass(TestContext test) throws Exception {
        Class<?> type = test.getTestClass();
        if (HAS_JUNIT && BranchedTests.isAnnotated(type) && BranchedTests.hasClassScripts(type)) {
            test.setAttribute(OF_CLASS, BranchedTests.enterClass(test));
        }
    }

    /** Leaves the scope of the class's branch, between its scripts and its tests. */
    static void leaveClass(TestContext test) {
        leave(test, OF_CLASS);
    }

    private static void leave(TestContext test, String attribute) {
        if (test.removeAttribute(attribute) instanceof BranchScope scope) {
            scope.unwind();
        }
    }

    private static IllegalStateException wrongAnnotation(String where) {
        return new IllegalStateException(
                where + " has the @ArgonBranch of beans, `dev.argondb.spring.ArgonBranch`; a test gets a branch of"
                        + " its own by the one of tests, `dev.argondb.junit.ArgonBranch`, and works on another by `BranchScope.run`");
    }
}
