package dev.argondb.junit;

import dev.argondb.Argon;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What the annotations around a test say about its branch.
 *
 * <p>Immutable.
 *
 * @param source where the database comes from
 * @param from the ref to make the branch from
 * @param keepOnFailure whether to keep the branch of a failed test
 */
record BranchPlan(DatabaseSource source, String from, boolean keepOnFailure) {

    /** Reads the annotations of a test method, its class and the classes around it: the innermost says most. */
    static BranchPlan of(ExtensionContext test) {
        List<ArgonBranch> annotations = annotations(test);
        return new BranchPlan(
                source(test, annotations),
                annotations.stream()
                        .map(ArgonBranch::from)
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse(Argon.MAIN),
                annotations.get(0).keepOnFailure());
    }

    private static List<ArgonBranch> annotations(ExtensionContext test) {
        List<ArgonBranch> found = new ArrayList<>();
        test.getTestMethod()
                .flatMap(method -> AnnotationSupport.findAnnotation(method, ArgonBranch.class))
                .ifPresent(found::add);
        for (Class<?> type : classes(test)) {
            AnnotationSupport.findAnnotation(type, ArgonBranch.class).ifPresent(found::add);
        }
        return found;
    }

    /** The test class and those around it, innermost first. */
    private static List<Class<?>> classes(ExtensionContext test) {
        List<Class<?>> classes = new ArrayList<>();
        classes.add(test.getRequiredTestClass());
        List<Class<?>> enclosing = test.getEnclosingTestClasses();
        for (int i = enclosing.size() - 1; i >= 0; i--) {
            classes.add(enclosing.get(i));
        }
        return classes;
    }

    private static DatabaseSource source(ExtensionContext test, List<ArgonBranch> annotations) {
        for (ArgonBranch annotation : annotations) {
            if (!annotation.url().isEmpty()) {
                return DatabaseSource.ofUrl(annotation.url());
            }
            if (annotation.database() != void.class) {
                return Optional.ofNullable(DatabaseSource.declaredBy(annotation.database()))
                        .orElseThrow(() -> new ExtensionConfigurationException(
                                "`" + annotation.database().getName() + "` has no static @ArgonDatabase member"));
            }
        }
        return classes(test).stream()
                .map(DatabaseSource::declaredBy)
                .flatMap(source -> Optional.ofNullable(source).stream())
                .findFirst()
                .orElseThrow(() -> new ExtensionConfigurationException("@ArgonBranch on `"
                        + test.getRequiredTestClass().getName() + "` names no database; give `url`, or add a static"
                        + " @ArgonDatabase member"));
    }
}
