package dev.argondb.junit;

import dev.argondb.BranchScope;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What stands behind {@link ArgonBranch}. A test's branch is made when first needed (a constructor's parameter, a framework that
 * enters it, else before the first {@code @BeforeEach} method), and dropped or kept after all other extensions.
 *
 * <p>Thread-safe: all state is in the stores of Jupiter.
 */
final class ArgonExtension implements BeforeEachCallback, ParameterResolver, InvocationInterceptor {

    private static final Namespace NAMESPACE = Namespace.create(ArgonExtension.class);

    private static final List<TestDatabases> FRAMEWORKS =
            ServiceLoader.load(TestDatabases.class, ArgonExtension.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        for (Object instance : test.getRequiredTestInstances().getAllInstances()) {
            inject(test, instance);
        }
        if (framework(test).isEmpty()) {
            fixture(test);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return (type == ClassBranch.class || ArgonFixture.provides(type))
                && framework(test)
                        .filter(framework -> framework.resolves(parameter, test))
                        .isEmpty();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        if (parameter.getParameter().getType() == ClassBranch.class) {
            return classBranch(test);
        }
        if (test.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(
                    "`" + parameter.getParameter().getName() + "` of `"
                            + parameter.getDeclaringExecutable().getName()
                            + "` cannot be given: a branch belongs to one test, and none"
                            + " is running; make the fixture in the @ArgonDatabase method");
        }
        return fixture(test).provide(parameter.getParameter().getType());
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<@Nullable Void> method, ReflectiveInvocationContext<Method> call, ExtensionContext testClass)
            throws Throwable {
        onClassBranch(method, call, testClass);
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<@Nullable Void> method, ReflectiveInvocationContext<Method> call, ExtensionContext testClass)
            throws Throwable {
        onClassBranch(method, call, testClass);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<@Nullable Void> method, ReflectiveInvocationContext<Method> call, ExtensionContext test)
            throws Throwable {
        onBranch(method, test);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<@Nullable Void> method, ReflectiveInvocationContext<Method> call, ExtensionContext test)
            throws Throwable {
        onBranch(method, test);
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> method, ReflectiveInvocationContext<Method> call, ExtensionContext test)
            throws Throwable {
        onBranch(method, test);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> method, ReflectiveInvocationContext<Method> call, ExtensionContext test)
            throws Throwable {
        onBranch(method, test);
    }

    @Override
    public <T extends @Nullable Object> T interceptTestFactoryMethod(
            Invocation<T> method, ReflectiveInvocationContext<Method> call, ExtensionContext test) throws Throwable {
        return onBranch(method, test);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> method, DynamicTestInvocationContext call, ExtensionContext test)
            throws Throwable {
        onBranch(method, test);
    }

    private static void onClassBranch(
            Invocation<@Nullable Void> method, ReflectiveInvocationContext<Method> call, ExtensionContext testClass)
            throws Throwable {
        if (framework(testClass)
                .filter(framework -> framework.worksOnData(call.getExecutable(), testClass))
                .isEmpty()) {
            method.proceed();
            return;
        }
        within(classBranch(testClass).enter(), method);
    }

    /** Calls a method of a framework's test within the scope of its branch, also where a time-out moved it to a thread of its own. */
    private static <T extends @Nullable Object> T onBranch(Invocation<T> method, ExtensionContext test)
            throws Throwable {
        ArgonFixture fixture = fixture(test);
        if (!fixture.isEnteredAsNeeded()) {
            throw new ExtensionConfigurationException(
                    "`" + test.getRequiredTestClass().getName()
                            + "` would not be on its branch: the framework around it does not know of @ArgonBranch; put the annotation on"
                            + " the class that declares the test, and merge Spring's default listeners where the test names some");
        }
        return fixture.isToBeEntered() ? within(fixture.enter(), method) : method.proceed();
    }

    private static <T extends @Nullable Object> T within(BranchScope scope, Invocation<T> method) throws Throwable {
        try {
            return method.proceed();
        } finally {
            scope.unwind();
        }
    }

    /** Returns the framework that has the database of a test, or of a test class; empty where it names its own. */
    private static Optional<TestDatabases> framework(ExtensionContext test) {
        return FRAMEWORKS.stream().filter(framework -> framework.isFor(test)).findFirst();
    }

    private static ArgonFixture fixture(ExtensionContext test) {
        return test.getStore(NAMESPACE)
                .computeIfAbsent(TestBranch.class, type -> create(test), TestBranch.class)
                .fixture();
    }

    private static TestBranch create(ExtensionContext test) {
        BranchPlan plan = plan(test, type -> true);
        SharedDatabase database = database(plan, test);
        String title = test.getRequiredTestClass().getSimpleName() + "."
                + test.getRequiredTestMethod().getName();
        return new TestBranch(test, database, ArgonFixture.create(database, plan, title));
    }

    private static ClassBranch classBranch(ExtensionContext testClass) {
        return testClass
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        testClass.getRequiredTestClass(), type -> createForClass(testClass), ClassBranch.class);
    }

    private static ClassBranch createForClass(ExtensionContext testClass) {
        Class<?> beingMade = testClass.getRequiredTestClass();
        BranchPlan plan = plan(testClass, type -> type != beingMade);
        SharedDatabase database = database(plan, testClass);
        if (!database.isOfOneTest()) {
            throw new ParameterResolutionException(
                    "`" + testClass.getRequiredTestClass().getName()
                            + "` has no branch for the class; make the fixture in the @ArgonDatabase method");
        }
        String title = testClass.getRequiredTestClass().getSimpleName();
        return new ClassBranch(
                database, ArgonFixture.createBranch(database, plan, title).name());
    }

    private static BranchPlan plan(ExtensionContext test, Predicate<Class<?>> mayHaveBranch) {
        return BranchPlan.of(
                test,
                FRAMEWORKS,
                type -> mayHaveBranch.test(type) ? test.getStore(NAMESPACE).get(type, ClassBranch.class) : null);
    }

    private static SharedDatabase database(BranchPlan plan, ExtensionContext test) {
        if (plan.source() instanceof DatabaseSource.Framework framework) {
            return SharedDatabase.of(framework.databases().of(test));
        }
        DatabaseSource.OfRun source = (DatabaseSource.OfRun) plan.source();
        return test.getRoot().getStore(NAMESPACE).computeIfAbsent(source, SharedDatabase::open, SharedDatabase.class);
    }

    private static void inject(ExtensionContext test, Object instance) {
        List<Field> fields = AnnotationSupport.findAnnotatedFields(instance.getClass(), OnBranch.class);
        if (!fields.isEmpty()) {
            refuseSharedInstance(test, instance);
        }
        for (Field field : fields) {
            set(field, instance, fixture(test));
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
}
