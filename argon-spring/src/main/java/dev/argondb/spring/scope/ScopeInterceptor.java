package dev.argondb.spring.scope;

import dev.argondb.BranchScope;
import dev.argondb.Ref;
import java.util.Set;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.function.SingletonSupplier;

/**
 * Invokes a method within its scope. Where the method suspends the open transaction ({@code REQUIRES_NEW}, {@code NOT_SUPPORTED}), it
 * is suspended before the scope is entered, by the transaction manager of the method: so one on another ref is out of the way,
 * and one that the manager cannot suspend is refused as any other.
 *
 * <p>Thread-safe.
 */
final class ScopeInterceptor implements MethodInterceptor {

    private static final Set<Integer> SUSPENDING =
            Set.of(TransactionDefinition.PROPAGATION_REQUIRES_NEW, TransactionDefinition.PROPAGATION_NOT_SUPPORTED);

    private final ScopedMethods methods;
    private final SingletonSupplier<SuspendedTransactions> suspended =
            SingletonSupplier.of(this::suspendedTransactions);
    private BeanFactory beans = new StaticListableBeanFactory();

    ScopeInterceptor(ScopedMethods methods) {
        this.methods = methods;
    }

    void setBeanFactory(BeanFactory beanFactory) {
        beans = beanFactory;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Class<?> target = targetClass(invocation);
        Ref ref = methods.find(invocation.getMethod(), target)
                .orElseThrow(() -> new AssertionError("no @ArgonBranch on " + invocation.getMethod()));
        return suspends(invocation, target)
                ? suspended.obtain().around(invocation, () -> within(ref, invocation))
                : within(ref, invocation);
    }

    private static Class<?> targetClass(MethodInvocation invocation) {
        Object target = invocation.getThis();
        return target != null ? target.getClass() : invocation.getMethod().getDeclaringClass();
    }

    private static @Nullable Object within(Ref ref, MethodInvocation invocation) throws Throwable {
        BranchScope scope = BranchScope.enter(ref);
        try {
            return invocation.proceed();
        } finally {
            scope.unwind();
        }
    }

    private boolean suspends(MethodInvocation invocation, Class<?> target) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            return false;
        }
        TransactionAttribute attribute = suspended.obtain().attribute(invocation.getMethod(), target);
        return attribute != null && SUSPENDING.contains(attribute.getPropagationBehavior());
    }

    private SuspendedTransactions suspendedTransactions() {
        return new SuspendedTransactions(
                beans, beans.getBeanProvider(TransactionInterceptor.class).getIfUnique());
    }
}
