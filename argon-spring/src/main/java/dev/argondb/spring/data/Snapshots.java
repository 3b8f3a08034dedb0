package dev.argondb.spring.data;

import dev.argondb.Ref;
import dev.argondb.orm.hibernate.BranchSessionFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.ManagedMappingType;

/**
 * Reads entities as a ref has them, in sessions of their own, and lets go of them whole: what an entity holds itself is loaded.
 *
 * <p>Thread-safe.
 */
record Snapshots<T>(BranchSessionFactory sessions, Class<T> type) {

    /** So many lazy collections and references are loaded at once. */
    private static final int BATCH = 100;

    Optional<T> find(Ref ref, Object id) {
        return sessions.at(ref).fromTransaction(session -> {
            T entity = session.find(type, id);
            load(session, entity);
            return Optional.ofNullable(entity);
        });
    }

    /** Returns those of the entities that are there, by id. */
    Map<Object, T> findAll(Ref ref, List<?> ids) {
        return sessions.at(ref).fromTransaction(session -> {
            session.setFetchBatchSize(BATCH);
            Map<Object, T> found = new LinkedHashMap<>();
            List<T> entities = session.findMultiple(type, ids);
            for (int i = 0; i < ids.size(); i++) {
                if (entities.get(i) != null) {
                    found.put(ids.get(i), entities.get(i));
                }
            }
            found.values().forEach(entity -> load(session, entity));
            return found;
        });
    }

    private static void load(Session session, @org.jspecify.annotations.Nullable Object entity) {
        if (entity != null) {
            SessionFactoryImplementor factory = session.getSessionFactory().unwrap(SessionFactoryImplementor.class);
            load(
                    factory.getMappingMetamodel().getEntityDescriptor(Hibernate.getClass(entity)),
                    Hibernate.unproxy(entity));
        }
    }

    private static void load(ManagedMappingType type, Object owner) {
        for (int i = 0; i < type.getNumberOfAttributeMappings(); i++) {
            AttributeMapping attribute = type.getAttributeMapping(i);
            Object value = attribute.getValue(owner);
            if (value != null) {
                Hibernate.initialize(value);
                if (attribute instanceof EmbeddableValuedModelPart embedded) {
                    load(embedded.getEmbeddableTypeDescriptor(), value);
                }
            }
        }
    }
}
