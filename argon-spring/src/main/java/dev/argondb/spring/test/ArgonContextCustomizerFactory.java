package dev.argondb.spring.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.util.ClassUtils;

/**
 * Readies every application context of a test run for branches, the same way for all test classes, annotated or not: so they share
 * their contexts, and a class that gets the annotation goes on with the one it had.
 *
 * <p>Thread-safe.
 */
final class ArgonContextCustomizerFactory implements ContextCustomizerFactory {

    private static final boolean HAS_JUNIT =
            ClassUtils.isPresent("dev.argondb.junit.ArgonBranch", ArgonContextCustomizerFactory.class.getClassLoader());

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return HAS_JUNIT ? ArgonContextCustomizer.INSTANCE : null;
    }
}
