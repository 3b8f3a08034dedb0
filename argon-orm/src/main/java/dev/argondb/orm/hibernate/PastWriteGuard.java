package dev.argondb.orm.hibernate;

import dev.argondb.ReadOnlyException;
import dev.argondb.Ref;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.event.spi.AbstractPreDatabaseOperationEvent;
import org.hibernate.event.spi.DeleteContext;
import org.hibernate.event.spi.DeleteEvent;
import org.hibernate.event.spi.DeleteEventListener;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.MergeContext;
import org.hibernate.event.spi.MergeEvent;
import org.hibernate.event.spi.MergeEventListener;
import org.hibernate.event.spi.PersistContext;
import org.hibernate.event.spi.PersistEvent;
import org.hibernate.event.spi.PersistEventListener;
import org.hibernate.event.spi.PreCollectionRecreateEvent;
import org.hibernate.event.spi.PreCollectionRecreateEventListener;
import org.hibernate.event.spi.PreCollectionRemoveEvent;
import org.hibernate.event.spi.PreCollectionRemoveEventListener;
import org.hibernate.event.spi.PreCollectionUpdateEvent;
import org.hibernate.event.spi.PreCollectionUpdateEventListener;
import org.hibernate.event.spi.PreDeleteEvent;
import org.hibernate.event.spi.PreDeleteEventListener;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.hibernate.event.spi.PreUpsertEvent;
import org.hibernate.event.spi.PreUpsertEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Refuses to write on a past moment at the first persist, merge or remove, and at a flush.
 *
 * <p>Thread-safe.
 */
final class PastWriteGuard
        implements PersistEventListener,
                MergeEventListener,
                DeleteEventListener,
                PreInsertEventListener,
                PreUpdateEventListener,
                PreUpsertEventListener,
                PreDeleteEventListener,
                PreCollectionRecreateEventListener,
                PreCollectionUpdateEventListener,
                PreCollectionRemoveEventListener {

    private static final long serialVersionUID = 1L;

    void register(EventListenerRegistry registry) {
        registry.prependListeners(EventType.PERSIST, this);
        registry.prependListeners(EventType.MERGE, this);
        registry.prependListeners(EventType.DELETE, this);
        registry.prependListeners(EventType.PRE_INSERT, this);
        registry.prependListeners(EventType.PRE_UPDATE, this);
        registry.prependListeners(EventType.PRE_UPSERT, this);
        registry.prependListeners(EventType.PRE_DELETE, this);
        registry.prependListeners(EventType.PRE_COLLECTION_RECREATE, this);
        registry.prependListeners(EventType.PRE_COLLECTION_UPDATE, this);
        registry.prependListeners(EventType.PRE_COLLECTION_REMOVE, this);
    }

    @Override
    public void onPersist(PersistEvent event) {
        refuseOnPast("persist", event.getSession(), event.getEntityName(), event.getObject());
    }

    @Override
    public void onPersist(PersistEvent event, PersistContext createdAlready) {
        onPersist(event);
    }

    @Override
    public void onMerge(MergeEvent event) {
        refuseOnPast("merge", event.getSession(), event.getEntityName(), event.getOriginal());
    }

    @Override
    public void onMerge(MergeEvent event, MergeContext copiedAlready) {
        onMerge(event);
    }

    @Override
    public void onDelete(DeleteEvent event) {
        refuseOnPast("remove", event.getSession(), event.getEntityName(), event.getObject());
    }

    @Override
    public void onDelete(DeleteEvent event, DeleteContext transientEntities) {
        onDelete(event);
    }

    @Override
    public boolean onPreInsert(PreInsertEvent event) {
        return allowed("insert", event);
    }

    @Override
    public boolean onPreUpdate(PreUpdateEvent event) {
        return allowed("update", event);
    }

    @Override
    public boolean onPreUpsert(PreUpsertEvent event) {
        return allowed("upsert", event);
    }

    @Override
    public boolean onPreDelete(PreDeleteEvent event) {
        return allowed("delete", event);
    }

    @Override
    public void onPreRecreateCollection(PreCollectionRecreateEvent event) {
        checkCollection(event);
    }

    @Override
    public void onPreUpdateCollection(PreCollectionUpdateEvent event) {
        checkCollection(event);
    }

    @Override
    public void onPreRemoveCollection(PreCollectionRemoveEvent event) {
        checkCollection(event);
    }

    /** Returns whether Hibernate is to veto the operation, silently: never. */
    private static boolean allowed(String operation, AbstractPreDatabaseOperationEvent event) {
        refuseOnPast(operation, event.getSession(), event.getPersister().getEntityName(), event.getEntity());
        return false;
    }

    /** In a stateless session the owner itself was refused before its collections. */
    private static void checkCollection(AbstractCollectionEvent event) {
        EventSource session = SessionWork.session(event);
        if (session != null) {
            refuseOnPast("change of a collection", session, event.getAffectedOwnerEntityName(), event.getCollection());
        }
    }

    private static void refuseOnPast(
            String operation,
            SharedSessionContractImplementor session,
            @Nullable String entityName,
            @Nullable Object entity) {
        ArgonTransactionCoordinator coordinator = ArgonTransactionCoordinator.find(session);
        Ref past = coordinator == null ? null : coordinator.pastMoment();
        if (past != null) {
            throw refusal(operation, past, entityName != null ? entityName : simpleName(entity));
        }
    }

    private static ReadOnlyException refusal(String operation, Ref past, String entityName) {
        return new ReadOnlyException(operation + " of `"
                + entityName.substring(Math.max(entityName.lastIndexOf('.'), entityName.lastIndexOf('$')) + 1)
                + "` refused: this session is on `" + past + "`, a past moment, which is read-only; branch off with"
                + " `argon.createBranch(\"NAME\", \"" + past + "\")` and write on the branch");
    }

    private static String simpleName(@Nullable Object entity) {
        return entity == null ? "null" : entity.getClass().getSimpleName();
    }
}
