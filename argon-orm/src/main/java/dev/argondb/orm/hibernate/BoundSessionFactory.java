package dev.argondb.orm.hibernate;

import dev.argondb.BranchScope;
import jakarta.persistence.EntityManager;
import jakarta.persistence.SynchronizationType;
import java.sql.Connection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.StatelessSessionBuilder;
import org.hibernate.engine.creation.spi.SessionBuilderImplementor;
import org.hibernate.engine.spi.SessionFactoryDelegatingImpl;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.jspecify.annotations.Nullable;

/**
 * A session factory seen from one ref: whatever opens a session opens it there. All else is the underlying factory's.
 *
 * <p>Thread-safe.
 */
final class BoundSessionFactory extends SessionFactoryDelegatingImpl {

    private static final long serialVersionUID = 1L;

    private final transient BranchSessions sessions;

    BoundSessionFactory(SessionFactoryImplementor factory, BranchSessions sessions) {
        super(factory);
        this.sessions = sessions;
    }

    @Override
    public SessionImplementor openSession() {
        return (SessionImplementor) sessions.openSession();
    }

    @Override
    public SessionImplementor openTemporarySession() {
        return openSession();
    }

    @Override
    public SessionBuilderImplementor withOptions() {
        return delegate().withOptions().tenantIdentifier((Object) sessions.tenant());
    }

    @Override
    public StatelessSession openStatelessSession() {
        return sessions.openStatelessSession();
    }

    @Override
    public StatelessSession openStatelessSession(Connection connection) {
        return withStatelessOptions().connection(connection).openStatelessSession();
    }

    @Override
    public StatelessSessionBuilder withStatelessOptions() {
        return delegate().withStatelessOptions().tenantIdentifier((Object) sessions.tenant());
    }

    @Override
    public Session getCurrentSession() {
        return BranchScope.call(sessions.ref().toString(), delegate()::getCurrentSession);
    }

    @Override
    public Object resolveTenantIdentifier() {
        return sessions.tenant();
    }

    @Override
    public Session createEntityManager() {
        return openSession();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Session createEntityManager(@Nullable Map properties) {
        return withProperties(openSession(), properties);
    }

    @Override
    public Session createEntityManager(SynchronizationType synchronization) {
        return createEntityManager(synchronization, null);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Session createEntityManager(SynchronizationType synchronization, @Nullable Map properties) {
        return withProperties(
                withOptions()
                        .autoJoinTransactions(synchronization == SynchronizationType.SYNCHRONIZED)
                        .openSession(),
                properties);
    }

    @Override
    public void runInTransaction(Consumer<EntityManager> work) {
        inTransaction(work::accept);
    }

    @Override
    public <R> R callInTransaction(Function<EntityManager, R> work) {
        return fromTransaction(work::apply);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.isInstance(this) ? type.cast(this) : delegate().unwrap(type);
    }

    /** Does nothing: the underlying factory is shared. */
    @Override
    public void close() {
        // The underlying factory is closed by whoever built it.
    }

    private static Session withProperties(Session session, @Nullable Map<?, ?> properties) {
        if (properties != null) {
            properties.forEach((name, value) -> session.setProperty((String) name, value));
        }
        return session;
    }
}
