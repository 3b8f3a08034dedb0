package dev.argondb.junit;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What stands behind {@link ArgonBranch}. A test's branch is made when first needed (a constructor's parameter, else before the
 * first {@code @BeforeEach} method), and dropped or kept after the last {@code @AfterEach} method.
 *
 * <p>Thread-safe: all state is in the stores of Jupiter.
 */
final class ArgonExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(ArgonExtension.class);

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        ArgonFixture fixture = fixture(test);
        for (Object instance : test.getRequiredTestInstances().getAllInstances()) {
            inject(test, fixture, instance);
        }
    }

    @Override
    public void afterEach(ExtensionContext test) throws SQLException {
        ArgonFixture fixture = fixture(test);
        Throwable failure = test.getExecutionException().orElse(null);
        if (failure != null && fixture.isKeptOnFailure() && !isAborted(failure)) {
            String name = fixture.keep();
            test.publishReportEntry("argon.branch", name);
            failure.addSuppressed(new KeptBranch(fixture.argon().location(), name));
        }
        fixture.close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return ArgonFixture.provides(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        if (test.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(
                    "`" + parameter.getParameter().getName() + "` of `"
                            + parameter.getDeclaringExecutable().getName()
                            + "` cannot be given: a branch belongs to one test, and none"
                            + " is running; make the fixture in the @ArgonDatabase method");
        }
        return fixture(test).provide(parameter.getParameter().getType());
    }

    private static ArgonFixture fixture(ExtensionContext test) {
        return test.getStore(NAMESPACE).computeIfAbsent(ArgonFixture.class, type -> create(test), ArgonFixture.class);
    }

    private static ArgonFixture create(ExtensionContext test) {
        BranchPlan plan = BranchPlan.of(test);
        SharedDatabase database = test.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(plan.source(), SharedDatabase::open, SharedDatabase.class);
        String title = test.getRequiredTestClass().getSimpleName() + "."
                + test.getRequiredTestMethod().getName();
        return ArgonFixture.create(database, plan, title);
    }

    private static void inject(ExtensionContext test, ArgonFixture fixture, Object instance) {
        List<Field> fields = AnnotationSupport.findAnnotatedFields(instance.getClass(), OnBranch.class);
        if (!fields.isEmpty()) {
            refuseSharedInstance(test, instance);
        }
        for (Field field : fields) {
            set(field, instance, fixture);
        }
    }

    private static void refuseSharedInstance(ExtensionContext test, Object instance) {
        if (test.getTestInstanceLifecycle().orElse(Lifecycle.PER_METHOD) == Lifecycle.PER_CLASS
                && test.getExecutionMode() == ExecutionMode.CONCURRENT) {
            throw new ExtensionConfigurationException("the @OnBranch fields of `"
                    + instance.getClass().getName()
                    + "` would be shared by tests that run at the same time on one instance; take parameters instead");
        }
    }

    private static void set(Field field, Object instance, ArgonFixture fixture) {
        if (!ArgonFixture.provides(field.getType()) || Modifier.isStatic(field.getModifiers())) {
            throw new ExtensionConfigurationException("@OnBranch field `" + field.getName() + "` of `"
                    + instance.getClass().getName() + "` must not be static, and of a type that @ArgonBranch provides");
        }
        try {
            field.setAccessible(true);
            field.set(instance, fixture.provide(field.getType()));
        } catch (IllegalAccessException e) {
            throw new ExtensionConfigurationException("cannot set @OnBranch field `" + field.getName() + "`", e);
        }
    }

    private static boolean isAborted(Throwable failure) {
        return failure instanceof org.opentest4j.TestAbortedException;
    }
}
