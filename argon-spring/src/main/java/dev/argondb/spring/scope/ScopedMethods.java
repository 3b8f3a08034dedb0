package dev.argondb.spring.scope;

import dev.argondb.InvalidRefException;
import dev.argondb.InvalidRequestException;
import dev.argondb.Ref;
import dev.argondb.spring.ArgonBranch;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * The methods that {@code @ArgonBranch} names, and their refs: the annotation of the method itself, of one it overrides or
 * implements; else of the bean's class, its superclasses or interfaces.
 *
 * <p>Thread-safe.
 */
final class ScopedMethods extends StaticMethodMatcherPointcut {

    private static final String PUBLISHER = "org.reactivestreams.Publisher";

    private final UnaryOperator<String> placeholders;
    private final Map<MethodClassKey, Ref> refs = new ConcurrentHashMap<>();

    ScopedMethods(UnaryOperator<String> placeholders) {
        this.placeholders = placeholders;
        setClassFilter(type -> AnnotationUtils.isCandidateClass(type, ArgonBranch.class));
    }

    @Override
    public boolean matches(Method method, Class<?> targetClass) {
        return find(method, targetClass).isPresent();
    }

    /**
     * Returns what a method works on; empty where no annotation says it.
     *
     * @throws InvalidRefException if the annotation's value is not a ref
     * @throws InvalidRequestException if the method does its work after it has returned
     */
    Optional<Ref> find(Method method, Class<?> targetClass) {
        MethodClassKey key = new MethodClassKey(method, targetClass);
        Ref known = refs.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Ref> ref = annotation(method, targetClass).map(found -> parsed(found, method, targetClass));
        ref.ifPresent(value -> refs.put(key, value));
        return ref;
    }

    private static Optional<ArgonBranch> annotation(Method method, Class<?> targetClass) {
        if (method.getDeclaringClass() == Object.class) {
            return Optional.empty();
        }
        Method specific = AopUtils.getMostSpecificMethod(method, targetClass);
        ArgonBranch own = AnnotatedElementUtils.findMergedAnnotation(specific, ArgonBranch.class);
        ArgonBranch declared = own != null || specific.equals(method)
                ? own
                : AnnotatedElementUtils.findMergedAnnotation(method, ArgonBranch.class);
        return Optional.ofNullable(declared != null ? declared : ofClass(targetClass));
    }

    private static @Nullable ArgonBranch ofClass(Class<?> targetClass) {
        return AnnotatedElementUtils.findMergedAnnotation(ClassUtils.getUserClass(targetClass), ArgonBranch.class);
    }

    private Ref parsed(ArgonBranch annotation, Method method, Class<?> targetClass) {
        refuseReactive(method, targetClass);
        try {
            return Ref.parse(placeholders.apply(annotation.value()));
        } catch (InvalidRefException e) {
            throw new InvalidRefException(
                    "`@ArgonBranch(\"" + annotation.value() + "\")` of " + named(method, targetClass) + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** A publisher works when it is subscribed to; a scope around the method would hold for nothing. */
    private static void refuseReactive(Method method, Class<?> targetClass) {
        if (isPublisher(method.getReturnType())) {
            throw new InvalidRequestException(
                    named(method, targetClass) + " returns a publisher, which works after the method"
                            + " has returned and its `@ArgonBranch` scope is left; annotate the blocking method that it calls");
        }
    }

    private static boolean isPublisher(@Nullable Class<?> type) {
        return type != null
                && (type.getName().equals(PUBLISHER)
                        || isPublisher(type.getSuperclass())
                        || Stream.of(type.getInterfaces()).anyMatch(ScopedMethods::isPublisher));
    }

    private static String named(Method method, Class<?> targetClass) {
        return "`" + ClassUtils.getUserClass(targetClass).getSimpleName() + "." + method.getName() + "`";
    }
}
