package dev.argondb.junit;

import java.lang.reflect.Method;
import java.util.ServiceLoader;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;

/**
 * A framework around tests that has a database for those that name none: Spring's application context, say. Found by
 * {@link ServiceLoader}.
 *
 * <p>A framework whose tests these are {@linkplain ArgonFixture#enter enters} the branch in the thread of each test before anything
 * works on data there, and leaves it after everything did; a test whose branch was never entered is refused.
 *
 * <p>Thread-safe.
 */
public interface TestDatabases {

    /** Returns whether a test, or a test class, is one of this framework's. Loads nothing. */
    boolean isFor(ExtensionContext test);

    /** Returns the database of a test, or of a test class, of this framework. */
    TestDatabase of(ExtensionContext test);

    /** Returns whether the framework itself gives a parameter, so that Argon must not. */
    boolean resolves(ParameterContext parameter, ExtensionContext test);

    /** Returns whether a {@code @BeforeAll} or {@code @AfterAll} method is given something that works on the database. */
    boolean worksOnData(Method lifecycle, ExtensionContext testClass);
}
