package dev.argondb.spring.scope;

import java.lang.reflect.Method;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/**
 * Suspends the transaction that is open around a method, by the transaction manager which the method's own {@code @Transactional}
 * names.
 *
 * <p>Thread-safe.
 */
final class SuspendedTransactions extends TransactionAspectSupport {

    private final TransactionAttributeSource declared;

    /** What is done meanwhile. */
    @FunctionalInterface
    interface Work {
        @Nullable
        Object proceed() throws Throwable;
    }

    /**
     * Suspends as an interceptor of the application begins.
     *
     * @param interceptor the application's; null for the defaults
     */
    SuspendedTransactions(BeanFactory beans, @Nullable TransactionInterceptor interceptor) {
        TransactionAttributeSource own = interceptor == null ? null : interceptor.getTransactionAttributeSource();
        declared = own != null ? own : new AnnotationTransactionAttributeSource(false);
        setBeanFactory(beans);
        setTransactionManager(interceptor == null ? null : interceptor.getTransactionManager());
        setTransactionAttributeSource((method, type) -> withoutTransaction(attribute(method, type)));
    }

    /** Returns what the method declares; null for nothing. */
    @Nullable
    TransactionAttribute attribute(Method method, @Nullable Class<?> type) {
        return declared.getTransactionAttribute(method, type);
    }

    /** Runs work while the transaction around is suspended. */
    @Nullable
    Object around(MethodInvocation invocation, Work work) throws Throwable {
        Object target = invocation.getThis();
        return invokeWithinTransaction(
                invocation.getMethod(), target == null ? null : target.getClass(), work::proceed);
    }

    private static @Nullable TransactionAttribute withoutTransaction(@Nullable TransactionAttribute attribute) {
        if (attribute == null) {
            return null;
        }
        DefaultTransactionAttribute plain =
                new DefaultTransactionAttribute(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        plain.setQualifier(attribute.getQualifier());
        return plain;
    }
}
