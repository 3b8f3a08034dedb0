package dev.argondb.spring.test;

import dev.argondb.junit.TestDatabase;
import dev.argondb.junit.TestDatabases;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.springframework.util.ClassUtils;

/**
 * Supplies the database of the application context to Spring's tests. Public for the {@code ServiceLoader}.
 *
 * <p>Thread-safe.
 */
public final class SpringTestDatabases implements TestDatabases {

    private static final boolean HAS_SPRING_TEST = ClassUtils.isPresent(
            "org.springframework.test.context.junit.jupiter.SpringExtension",
            SpringTestDatabases.class.getClassLoader());

    /** Called by the {@code ServiceLoader}. */
    public SpringTestDatabases() {}

    @Override
    public boolean isFor(ExtensionContext test) {
        return HAS_SPRING_TEST && SpringTests.isFor(test);
    }

    @Override
    public TestDatabase of(ExtensionContext test) {
        return SpringTests.database(test);
    }

    @Override
    public boolean resolves(ParameterContext parameter, ExtensionContext test) {
        return SpringTests.resolves(parameter, test);
    }

    @Override
    public boolean worksOnData(Method lifecycle, ExtensionContext testClass) {
        return SpringTests.worksOnData(lifecycle, testClass);
    }
}
