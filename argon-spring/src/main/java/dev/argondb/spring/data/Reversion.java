package dev.argondb.spring.data;

import dev.argondb.ReadOnlyException;
import dev.argondb.Ref;
import dev.argondb.UnsupportedException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Hibernate;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.CollectionType;
import org.hibernate.type.OneToOneType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * Gives an entity of the running transaction the state that it has elsewhere.
 *
 * <p>A deleted entity is first written under its identifier by a stateless session on the same connection, which generates none and
 * cascades nothing. Then, as with any other, the attributes are copied one by one as {@code merge} would, but without its cascades and
 * its comparison of versions: what the entity names is looked up in this session by its identifier.
 */
final class Reversion<T> {

    private final SessionImplementor session;
    private final Class<T> type;
    private final Object id;
    private final EntityValues values;

    private Reversion(SessionImplementor session, Class<T> type, Object id) {
        this.session = session;
        this.type = type;
        this.id = id;
        this.values = new EntityValues(session.getFactory());
    }

    /** Reverts one entity, and writes it. */
    static <T> Optional<T> revert(PersistenceUnit unit, Snapshots<T> snapshots, Object id, Ref to) {
        Ref ref = unit.ref();
        if (ref.isPast()) {
            throw new ReadOnlyException("revert of `" + snapshots.type().getSimpleName() + "` refused: `" + ref
                    + "` is a past moment, which is read-only; revert on a branch");
        }
        SessionImplementor session = unit.entityManager().unwrap(SessionImplementor.class);
        T reverted = new Reversion<>(session, snapshots.type(), id)
                .to(snapshots.find(to, id).orElse(null));
        session.flush();
        return Optional.ofNullable(reverted);
    }

    private @Nullable T to(@Nullable T past) {
        T present = session.find(type, id);
        if (past == null) {
            if (present != null) {
                session.remove(present);
            }
            return null;
        }
        if (present == null) {
            present = insertAgain(past);
        }
        copy(past, present);
        return present;
    }

    private T insertAgain(T past) {
        session.flush(); // a removal of this transaction goes before it
        session.doWork(connection -> {
            try (StatelessSession stateless = onSame(connection)) {
                stateless.upsert(past);
            }
        });
        return session.find(type, id);
    }

    /** A shared session of Hibernate 7.4 refuses to share where there are tenants. */
    private StatelessSession onSame(Connection connection) {
        return session.getFactory()
                .withStatelessOptions()
                .tenantIdentifier(session.getTenantIdentifierValue())
                .connection(connection)
                .openStatelessSession();
    }

    private void copy(T past, T present) {
        EntityPersister persister = session.getEntityPersister(null, Hibernate.unproxy(present));
        if (Hibernate.getClass(past) != Hibernate.getClass(present)) {
            throw new UnsupportedException("`" + persister.getEntityName() + "` `" + id + "` was a `"
                    + Hibernate.getClass(past).getSimpleName() + "` then; an entity cannot change its class");
        }
        Object target = Hibernate.unproxy(present);
        Map<Object, Object> copies = new HashMap<>(Map.of(past, target));
        Type[] types = persister.getPropertyTypes();
        for (int i = 0; i < types.length; i++) {
            if (isOwn(persister, i, types[i])) {
                Object was = bare(persister.getValue(past, i));
                Object is = persister.getValue(target, i);
                if (!isSameCollection(was, is)) {
                    persister.setValue(target, i, types[i].replace(was, is, session, target, copies));
                }
            }
        }
    }

    /** A collection of Hibernate's would bring its own notion of what is in the database. */
    private static @Nullable Object bare(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new LinkedHashMap<>(map);
        }
        if (value instanceof Set<?> set) {
            return new LinkedHashSet<>(set);
        }
        return value instanceof Collection<?> elements ? new ArrayList<>(elements) : value;
    }

    /** To fill a collection anew would raise the version, whatever is in it. */
    private boolean isSameCollection(@Nullable Object was, @Nullable Object is) {
        return (was instanceof Collection || was instanceof Map)
                && is != null
                && values.shown(was).equals(values.shown(is));
    }

    private boolean isOwn(EntityPersister persister, int property, Type type) {
        if (type instanceof CollectionType collection) {
            return !session.getFactory()
                    .getMappingMetamodel()
                    .getCollectionDescriptor(collection.getRole())
                    .isInverse();
        }
        return property != persister.getVersionPropertyIndex()
                && persister.getPropertyUpdateability()[property]
                && !(type instanceof OneToOneType);
    }
}
