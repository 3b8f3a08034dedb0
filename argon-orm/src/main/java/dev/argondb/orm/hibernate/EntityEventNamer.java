package dev.argondb.orm.hibernate;

import dev.argondb.EntityEvent;
import dev.argondb.Operation;
import dev.argondb.engine.work.UnitOfWork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hibernate.StatelessSession;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostCollectionRecreateEvent;
import org.hibernate.event.spi.PostCollectionRecreateEventListener;
import org.hibernate.event.spi.PostCollectionRemoveEvent;
import org.hibernate.event.spi.PostCollectionRemoveEventListener;
import org.hibernate.event.spi.PostCollectionUpdateEvent;
import org.hibernate.event.spi.PostCollectionUpdateEventListener;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.event.spi.PostUpsertEvent;
import org.hibernate.event.spi.PostUpsertEventListener;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * Tells a session's unit of work what happened in JPA's terms: each entity inserted, updated or deleted, with the attributes
 * set or changed, and each change of a collection as an update of its owner. The commit lists it; the WAL entries of the
 * entity's rows carry its name.
 *
 * <p>Thread-safe.
 */
final class EntityEventNamer
        implements PostInsertEventListener,
                PostUpdateEventListener,
                PostUpsertEventListener,
                PostDeleteEventListener,
                PostCollectionRecreateEventListener,
                PostCollectionUpdateEventListener,
                PostCollectionRemoveEventListener {

    private static final long serialVersionUID = 1L;

    private final transient EntityRows rows = new EntityRows();

    void register(EventListenerRegistry registry) {
        registry.appendListeners(EventType.POST_INSERT, this);
        registry.appendListeners(EventType.POST_UPDATE, this);
        registry.appendListeners(EventType.POST_UPSERT, this);
        registry.appendListeners(EventType.POST_DELETE, this);
        registry.appendListeners(EventType.POST_COLLECTION_RECREATE, this);
        registry.appendListeners(EventType.POST_COLLECTION_UPDATE, this);
        registry.appendListeners(EventType.POST_COLLECTION_REMOVE, this);
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        EntityPersister persister = event.getPersister();
        name(Operation.INSERT, event.getSession(), persister, event.getId(), set(event));
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        EntityPersister persister = event.getPersister();
        int[] dirty = event.getDirtyProperties();
        name(
                Operation.UPDATE,
                event.getSession(),
                persister,
                event.getId(),
                dirty == null ? all(persister) : changed(persister, dirty));
    }

    @Override
    public void onPostUpsert(PostUpsertEvent event) {
        name(Operation.UPDATE, event.getSession(), event.getPersister(), event.getId(), all(event.getPersister()));
    }

    @Override
    public void onPostDelete(PostDeleteEvent event) {
        name(Operation.DELETE, event.getSession(), event.getPersister(), event.getId(), List.of());
    }

    @Override
    public void onPostRecreateCollection(PostCollectionRecreateEvent event) {
        if (holdsRows(event.getCollection(), event.getCollectionPersister())) {
            nameOwner(event);
        }
    }

    @Override
    public void onPostUpdateCollection(PostCollectionUpdateEvent event) {
        nameOwner(event);
    }

    @Override
    public void onPostRemoveCollection(PostCollectionRemoveEvent event) {
        nameOwner(event);
    }

    private void name(
            Operation operation,
            SharedSessionContractImplementor session,
            EntityPersister persister,
            Object id,
            List<String> attributes) {
        UnitOfWork work = SessionWork.find(session);
        if (work != null) {
            rows.name(work, operation, session, persister, id, attributes);
        }
    }

    /** A change of rows that belong to an owner, told by the owner; those of the other side of an association are told by it. */
    private static void nameOwner(AbstractCollectionEvent event) {
        EventSource session = SessionWork.session(event);
        CollectionPersister persister = event.getCollectionPersister();
        Object id = event.getAffectedOwnerIdOrNull();
        if (session == null
                || id == null
                || persister == null
                || persister.isInverse()
                || isOwnerGone(event, session)) {
            return;
        }
        UnitOfWork work = SessionWork.find(session);
        if (work != null) {
            EntityPersister owner = persister.getOwnerEntityPersister();
            String attribute =
                    persister.getRole().substring(owner.getEntityName().length() + 1);
            String text = EntityRows.idText(session, owner, id);
            work.event(
                    new EntityEvent(Operation.UPDATE, EntityRows.jpaName(owner), text, List.of(attribute)), "", null);
        }
    }

    private static boolean isOwnerGone(AbstractCollectionEvent event, EventSource session) {
        Object owner = event.getAffectedOwnerOrNull();
        EntityEntry entry =
                owner == null ? null : session.getPersistenceContextInternal().getEntry(owner);
        return entry != null && entry.getStatus().isDeletedOrGone();
    }

    private static boolean holdsRows(
            @Nullable PersistentCollection<?> collection, @Nullable CollectionPersister persister) {
        return collection != null
                && persister != null
                && collection.entries(persister).hasNext();
    }

    private static List<String> all(EntityPersister persister) {
        return Arrays.asList(persister.getPropertyNames());
    }

    private static List<String> changed(EntityPersister persister, int[] properties) {
        String[] names = persister.getPropertyNames();
        List<String> changed = new ArrayList<>(properties.length);
        for (int property : properties) {
            changed.add(names[property]);
        }
        return changed;
    }

    /** The attributes that are not null. Collections are told by events of their own, except in a stateless session. */
    private static List<String> set(PostInsertEvent event) {
        EntityPersister persister = event.getPersister();
        boolean collectionsToo = event.getSession() instanceof StatelessSession;
        String[] names = persister.getPropertyNames();
        Type[] types = persister.getPropertyTypes();
        List<String> set = new ArrayList<>(names.length);
        for (int i = 0; i < names.length; i++) {
            if (event.getState()[i] != null && (collectionsToo || !types[i].isCollectionType())) {
                set.add(names[i]);
            }
        }
        return set;
    }
}
