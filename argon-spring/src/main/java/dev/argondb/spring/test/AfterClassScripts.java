package dev.argondb.spring.test;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * Takes the thread out of the scope of a test class's branch after the scripts before the class, and puts it there again for those after
 * it: in between the thread may run tests of other classes.
 *
 * <p>Thread-safe.
 */
final class AfterClassScripts extends AbstractTestExecutionListener {

    /** After the scripts (5000). */
    static final int ORDER = 5500;

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public void beforeTestClass(TestContext test) {
        ArgonTestListener.leaveClass(test);
    }

    @Override
    public void afterTestClass(TestContext test) throws Exception {
        ArgonTestListener.enterClass(test);
    }
}
