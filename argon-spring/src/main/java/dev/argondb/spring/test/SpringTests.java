package dev.argondb.spring.test;

import dev.argondb.junit.TestDatabase;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.beans.factory.annotation.ParameterResolutionDelegate;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** What Jupiter knows about Spring's tests. */
final class SpringTests {

    private static final SpringExtension SPRING = new SpringExtension();

    private static final ClassValue<Boolean> IS_EXTENDED = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return AnnotationSupport.findRepeatableAnnotations(type, ExtendWith.class).stream()
                    .flatMap(annotation -> Arrays.stream(annotation.value()))
                    .anyMatch(SpringExtension.class::isAssignableFrom);
        }
    };

    private SpringTests() {}

    /** Returns whether Spring's extension is registered for a test by its class or one around it. */
    static boolean isFor(ExtensionContext test) {
        List<Class<?>> enclosing = test.getEnclosingTestClasses();
        return Stream.concat(test.getTestClass().stream(), enclosing.stream()).anyMatch(IS_EXTENDED::get);
    }

    static TestDatabase database(ExtensionContext test) {
        ApplicationContext context = SpringExtension.getApplicationContext(test);
        return SpringTestDatabase.of(context, test.getRequiredTestClass());
    }

    /** Asks Spring's own extension. */
    static boolean resolves(ParameterContext parameter, ExtensionContext test) {
        return SPRING.supportsParameter(parameter, test);
    }

    /** A static method without a bean among its parameters has none to work with; and for it the context need not be there yet. */
    static boolean worksOnData(Method lifecycle, ExtensionContext testClass) {
        return testClass.getTestInstanceLifecycle().orElse(Lifecycle.PER_METHOD) == Lifecycle.PER_CLASS
                || hasBean(lifecycle.getParameters());
    }

    private static boolean hasBean(Parameter[] parameters) {
        for (int i = 0; i < parameters.length; i++) {
            if (ApplicationContext.class.isAssignableFrom(parameters[i].getType())
                    || ParameterResolutionDelegate.isAutowirable(parameters[i], i)) {
                return true;
            }
        }
        return false;
    }
}
