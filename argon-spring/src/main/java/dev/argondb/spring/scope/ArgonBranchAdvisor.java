package dev.argondb.spring.scope;

import dev.argondb.InvalidRequestException;
import dev.argondb.spring.ArgonBranch;
import java.util.stream.Stream;
import org.aopalliance.aop.Advice;
import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.transaction.interceptor.BeanFactoryTransactionAttributeSourceAdvisor;

/**
 * Puts the methods of beans that {@link ArgonBranch @ArgonBranch} names into a scope: around their transaction, and inside of
 * {@code @Async}, so that the executing thread is in it.
 *
 * <p>Thread-safe.
 */
public final class ArgonBranchAdvisor extends AbstractPointcutAdvisor implements BeanFactoryAware {

    private static final long serialVersionUID = 1L;

    /** Where it stands among advisors, unless transactions are further out. */
    public static final int DEFAULT_ORDER = Ordered.LOWEST_PRECEDENCE - 100;

    private final transient ScopedMethods methods = new ScopedMethods(this::resolved);
    private final transient ScopeInterceptor interceptor = new ScopeInterceptor(methods);
    private transient BeanFactory beans = new StaticListableBeanFactory();

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        beans = beanFactory;
        interceptor.setBeanFactory(beanFactory);
    }

    private String resolved(String text) {
        String value = beans instanceof ConfigurableBeanFactory factory ? factory.resolveEmbeddedValue(text) : text;
        return value == null ? "" : value;
    }

    @Override
    public Pointcut getPointcut() {
        return methods;
    }

    @Override
    public Advice getAdvice() {
        return interceptor;
    }

    /** Asked when a bean's advisors are sorted, all of which exist then. */
    @Override
    public int getOrder() {
        return transactionOrders()
                .reduce(DEFAULT_ORDER, (order, transactions) -> Math.min(order, around(transactions)));
    }

    private Stream<Integer> transactionOrders() {
        return beans.getBeanProvider(BeanFactoryTransactionAttributeSourceAdvisor.class).stream()
                .map(BeanFactoryTransactionAttributeSourceAdvisor::getOrder);
    }

    private static int around(int transactions) {
        if (transactions == Ordered.HIGHEST_PRECEDENCE) {
            throw new InvalidRequestException(
                    "transactions have the highest precedence, so no scope of `@ArgonBranch` fits"
                            + " around them; give `@EnableTransactionManagement` an order above `Ordered.HIGHEST_PRECEDENCE`");
        }
        return transactions - 1;
    }
}
