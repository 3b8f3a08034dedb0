package dev.argondb.spring.autoconfigure;

import dev.argondb.spring.CommitMessage;
import java.lang.reflect.Method;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Lets the message of {@link CommitMessage} hold while a method runs: outside of the transaction that the method begins, so that it
 * still holds at the commit.
 *
 * <p>Thread-safe.
 */
final class CommitMessageAdvisor extends AbstractPointcutAdvisor implements MethodInterceptor {

    private static final long serialVersionUID = 1L;

    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 1000;

    private final transient CommitMessages messages;
    private final transient Pointcut pointcut;

    CommitMessageAdvisor(CommitMessages messages) {
        this.messages = messages;
        this.pointcut = new ComposablePointcut(new AnnotationMatchingPointcut(CommitMessage.class, true))
                .union((Pointcut) new AnnotationMatchingPointcut(null, CommitMessage.class, true));
        setOrder(ORDER);
    }

    @Override
    public Pointcut getPointcut() {
        return pointcut;
    }

    @Override
    public CommitMessageAdvisor getAdvice() {
        return this;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        CommitMessage message = messageOf(invocation);
        return message == null ? invocation.proceed() : messages.during(message.value(), invocation);
    }

    private static @Nullable CommitMessage messageOf(MethodInvocation invocation) {
        Object target = invocation.getThis();
        Class<?> type = target == null ? invocation.getMethod().getDeclaringClass() : AopUtils.getTargetClass(target);
        Method method = AopUtils.getMostSpecificMethod(invocation.getMethod(), type);
        CommitMessage own = AnnotatedElementUtils.findMergedAnnotation(method, CommitMessage.class);
        return own == null ? AnnotatedElementUtils.findMergedAnnotation(type, CommitMessage.class) : own;
    }
}
