package dev.argondb.spring.data;

import dev.argondb.BranchScope;
import dev.argondb.Ref;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A repository each of whose calls is within a scope.
 *
 * <p>Thread-safe.
 */
final class ScopedRepository implements InvocationHandler {

    private final Class<?> type;
    private final Object repository;
    private final Ref ref;

    private ScopedRepository(Class<?> type, Object repository, Ref ref) {
        this.type = type;
        this.repository = repository;
        this.ref = ref;
    }

    /** Returns the repository of a call on what a ref names. */
    static Object of(RepositoryCall call, Ref ref) {
        Class<?> type = call.metadata().getRepositoryInterface();
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new ScopedRepository(type, call.repository(), ref));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        BranchScope scope = BranchScope.enter(ref);
        try {
            return method.invoke(repository, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        } finally {
            scope.close();
        }
    }

    private Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> type.getSimpleName() + " on " + ref;
        };
    }
}
