package dev.argondb.spring.data;

import dev.argondb.UnsupportedException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.jpa.repository.JpaContext;

/**
 * Finds the log of the entity of a repository.
 *
 * <p>Thread-safe.
 */
final class EntityLogs {

    private final ObjectProvider<JpaContext> contexts;
    private final ConcurrentMap<Class<?>, EntityLog<?, ?>> known = new ConcurrentHashMap<>();

    EntityLogs(ObjectProvider<JpaContext> contexts) {
        this.contexts = contexts;
    }

    /**
     * Returns the log of the entity of the running call.
     *
     * @throws UnsupportedException if its persistence unit is not Argon's, or not the only one of the entity
     */
    @SuppressWarnings("unchecked") // the repository's declaration says what they are
    <T, ID> EntityLog<T, ID> of(RepositoryCall call) {
        return (EntityLog<T, ID>) known.computeIfAbsent(call.type(), this::find);
    }

    private EntityLog<?, ?> find(Class<?> type) {
        JpaContext context = contexts.getIfAvailable();
        if (context == null) {
            throw new UnsupportedException("`" + type.getSimpleName()
                    + "` is no entity of JPA; Argon's fragments are for" + " repositories of Spring Data JPA");
        }
        try {
            return new EntityLog<>(PersistenceUnit.of(context.getEntityManagerByManagedType(type), type), type);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedException(
                    "several persistence units manage `" + type.getSimpleName()
                            + "`, and which one its repository is of is not known; map it in one of them",
                    e);
        }
    }
}
