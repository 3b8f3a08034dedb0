package dev.argondb.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
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

    /**
     * Reads the annotations of a test method, its class and the classes around it: the innermost says most.
     *
     * @param frameworks who has a database for tests that name none
     * @param branches the branch that was made for a class, or null
     */
    static BranchPlan of(
            ExtensionContext test, List<TestDatabases> frameworks, Function<Class<?>, @Nullable ClassBranch> branches) {
        List<ArgonBranch> annotations = annotations(test);
        return new BranchPlan(
                source(test, annotations, frameworks),
                from(test, branches),
                annotations.get(0).keepOnFailure(),
                annotations.get(0).changesOnFailure());
    }

    private static Optional<String> from(ExtensionContext test, Function<Class<?>, @Nullable ClassBranch> branches) {
        Stream<Optional<String>> ofMethod = test.getTestMethod().stream()
                .map(method -> from(AnnotationSupport.findAnnotation(method, ArgonBranch.class)));
        Stream<Optional<String>> ofClasses = classes(test).stream()
                .map(type -> Optional.ofNullable(branches.apply(type))
                        .map(ClassBranch::name)
                        .or(() -> from(AnnotationSupport.findAnnotation(type, ArgonBranch.class))));
        return Stream.concat(ofMethod, ofClasses).flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> from(Optional<ArgonBranch> annotation) {
        return annotation.map(ArgonBranch::from).filter(text -> !text.isEmpty());
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

    private static DatabaseSource source(
            ExtensionContext test, List<ArgonBranch> annotations, List<TestDatabases> frameworks) {
        return named(annotations)
                .or(() -> declared(test))
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

    private static Optional<DatabaseSource> declared(ExtensionContext test) {
        return classes(test).stream()
                .map(DatabaseSource::declaredBy)
                .flatMap(source -> Optional.ofNullable(source).stream())
                .findFirst();
    }
}
