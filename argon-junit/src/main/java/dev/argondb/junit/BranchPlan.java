package dev.argondb.junit;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What the annotations around a test, or a test class, say about its branch.
 *
 * <p>Immutable.
 *
 * @param source where the database comes from
 * @param from the ref to make the branch from; empty for what the database says
 * @param keepOnFailure whether to keep the branch of a failed test
 * @param changesOnFailure whether a failure lists what the test changed
 */
record BranchPlan(DatabaseSource source, Optional<String> from, boolean keepOnFailure, boolean changesOnFailure) {

    /** Looking through a class for annotations takes longer than making a branch, and is asked for by each test. */
    private static final ClassValue<Optional<ArgonBranch>> OF_CLASS = new ClassValue<>() {
        @Override
        protected Optional<ArgonBranch> computeValue(Class<?> type) {
            return findAnnotation(type);
        }
    };

    /**
     * Reads the annotations of a test method, its class and the classes around it: the innermost says most.
     *
     * @param frameworks who has a database for tests that name none
     * @param branches the branch that was made for a class, or null
     */
    static BranchPlan of(
            ExtensionContext test, List<TestDatabases> frameworks, Function<Class<?>, @Nullable ClassBranch> branches) {
        Optional<ArgonBranch> ofMethod = test.getTestMethod().flatMap(method -> findAnnotation(method));
        List<Class<?>> classes = classes(test);
        List<ArgonBranch> annotations = new ArrayList<>();
        ofMethod.ifPresent(annotations::add);
        classes.forEach(type -> OF_CLASS.get(type).ifPresent(annotations::add));
        return new BranchPlan(
                source(test, annotations, classes, frameworks),
                from(ofMethod, classes, branches),
                annotations.get(0).keepOnFailure(),
                annotations.get(0).changesOnFailure());
    }

    private static Optional<ArgonBranch> findAnnotation(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, ArgonBranch.class);
    }

    private static Optional<String> from(
            Optional<ArgonBranch> ofMethod,
            List<Class<?>> classes,
            Function<Class<?>, @Nullable ClassBranch> branches) {
        Optional<String> from = from(ofMethod);
        for (int i = 0; i < classes.size() && from.isEmpty(); i++) {
            Class<?> type = classes.get(i);
            from = Optional.ofNullable(branches.apply(type))
                    .map(ClassBranch::name)
                    .or(() -> from(OF_CLASS.get(type)));
        }
        return from;
    }

    private static Optional<String> from(Optional<ArgonBranch> annotation) {
        return annotation.map(ArgonBranch::from).filter(text -> !text.isEmpty());
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

    private static DatabaseSource source(
            ExtensionContext test,
            List<ArgonBranch> annotations,
            List<Class<?>> classes,
            List<TestDatabases> frameworks) {
        return named(annotations)
                .or(() -> declared(classes))
                .or(() -> frameworks.stream()
                        .filter(framework -> framework.isFor(test))
                        .map(DatabaseSource.Framework::new)
                        .findFirst())
                .orElseThrow(() -> new ExtensionConfigurationException("@ArgonBranch on `"
                        + test.getRequiredTestClass().getName() + "` names no database; give `url`, or add a static"
                        + " @ArgonDatabase member"));
    }

    private static Optional<DatabaseSource> named(List<ArgonBranch> annotations) {
        for (ArgonBranch annotation : annotations) {
            if (!annotation.url().isEmpty()) {
                return Optional.of(DatabaseSource.ofUrl(annotation.url()));
            }
            if (annotation.database() != void.class) {
                return Optional.of(Optional.ofNullable(DatabaseSource.declaredBy(annotation.database()))
                        .orElseThrow(() -> new ExtensionConfigurationException(
                                "`" + annotation.database().getName() + "` has no static @ArgonDatabase member")));
            }
        }
        return Optional.empty();
    }

    private static Optional<DatabaseSource> declared(List<Class<?>> classes) {
        return classes.stream()
                .map(DatabaseSource::declaredBy)
                .flatMap(source -> Optional.ofNullable(source).stream())
                .findFirst();
    }
}
