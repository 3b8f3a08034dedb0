package dev.argondb.spring.autoconfigure;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Beans looked up when first needed, and once: a commit asks for them each time. Holds no lock while it looks, unlike Spring's
 * {@code SingletonSupplier}: a bean that commits while it is made would wait for one that is being looked up.
 *
 * <p>Thread-safe; threads that ask at the same time may each look.
 */
final class OneLookup<T> implements Supplier<T> {

    private final Supplier<T> lookup;
    private volatile @Nullable T found;

    OneLookup(Supplier<T> lookup) {
        this.lookup = lookup;
    }

    @Override
    public T get() {
        T result = found;
        if (result == null) {
            result = lookup.get();
            found = result;
        }
        return result;
    }
}
