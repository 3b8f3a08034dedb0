package dev.argondb.spring.scope;

import dev.argondb.BranchScope;
import dev.argondb.Ref;
import dev.argondb.orm.hibernate.BranchSessionFactory;
import dev.argondb.orm.jdbc.ArgonConnection;
import dev.argondb.orm.jdbc.ArgonDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * A connection or an entity manager of Argon that Spring bound to the present thread.
 *
 * <p>Confined to that thread.
 */
sealed interface BoundResource {

    /** What it is bound under: a data source or an entity manager factory. */
    Object key();

    ResourceHolderSupport holder();

    /** What it is on. */
    Ref ref();

    /** Returns whether it is on what a ref names. */
    boolean isOn(Ref other);

    /** Returns whether it is in a transaction, and not merely bound until one of another resource or a method ends. */
    boolean isTransactional();

    /** Takes it off the thread and closes it: nobody is left to do it. */
    void abandon();

    /** Returns whether it is bound now. */
    default boolean isBound() {
        return TransactionSynchronizationManager.getResource(key()) == holder();
    }

    /** Returns those of the present thread. */
    static List<BoundResource> ofThread() {
        List<BoundResource> found = new ArrayList<>();
        TransactionSynchronizationManager.getResourceMap()
                .forEach((key, holder) -> of(key, holder).ifPresent(found::add));
        return found;
    }

    private static Optional<BoundResource> of(Object key, Object holder) {
        if (holder instanceof ConnectionHolder connections) {
            return OfConnection.find(key, connections);
        }
        return Optionals.SESSIONS ? OfSession.find(key, holder) : Optional.empty();
    }

    /**
     * A connection. That of a JPA transaction, which is bound as well, is not synchronized by itself: its entity manager speaks for
     * it, and asking for the connection would open one.
     *
     * @param on null for none, as long as the holder has no connection
     */
    record OfConnection(
            Object key, ConnectionHolder holder, @Nullable Ref on, boolean isTransactional) implements BoundResource {

        static Optional<BoundResource> find(Object key, ConnectionHolder holder) {
            if (!holder.isSynchronizedWithTransaction()) {
                return Optional.empty();
            }
            try {
                return holder.getConnectionHandle() == null
                        ? ofEmpty(key, holder)
                        : of(key, holder, holder.getConnection());
            } catch (SQLException e) {
                throw new DataAccessResourceFailureException(
                        "the connection that is bound to this thread does not say what it is on", e);
            }
        }

        /** Its connection was given back while it was suspended; the next one it takes is on what the scope says then. */
        private static Optional<BoundResource> ofEmpty(Object key, ConnectionHolder holder) throws SQLException {
            return key instanceof DataSource connections && connections.isWrapperFor(ArgonDataSource.class)
                    ? Optional.of(new OfConnection(key, holder, null, false))
                    : Optional.empty();
        }

        private static Optional<BoundResource> of(Object key, ConnectionHolder holder, Connection connection)
                throws SQLException {
            if (connection.isClosed() || !connection.isWrapperFor(ArgonConnection.class)) {
                return Optional.empty();
            }
            Ref ref = connection.unwrap(ArgonConnection.class).ref();
            return Optional.of(new OfConnection(key, holder, ref, !connection.getAutoCommit()));
        }

        @Override
        public Ref ref() {
            return on != null ? on : BranchScope.current();
        }

        @Override
        public boolean isOn(Ref other) {
            return other.equals(on);
        }

        @Override
        public void abandon() {
            TransactionSynchronizationManager.unbindResource(key);
            if (holder.getConnectionHandle() != null) {
                DataSourceUtils.releaseConnection(holder.getConnection(), null);
            }
        }
    }

    /** An entity manager, or session. */
    record OfSession(Object key, EntityManagerHolder holder, SharedSessionContractImplementor session, Ref ref)
            implements BoundResource {

        /** Spring's proxies give their target as the delegate. */
        static Optional<BoundResource> find(Object key, Object holder) {
            return holder instanceof EntityManagerHolder entities
                            && entities.getEntityManager().isOpen()
                            && entities.getEntityManager().getDelegate()
                                    instanceof SharedSessionContractImplementor session
                    ? BranchSessionFactory.refOf(session).map(ref -> new OfSession(key, entities, session, ref))
                    : Optional.empty();
        }

        @Override
        public boolean isOn(Ref other) {
            return BranchSessionFactory.isOn(session, other);
        }

        @Override
        public boolean isTransactional() {
            return session.isTransactionInProgress();
        }

        @Override
        public void abandon() {
            TransactionSynchronizationManager.unbindResource(key);
            EntityManagerFactoryUtils.closeEntityManager(holder.getEntityManager());
        }
    }

    /** What is on the class path. */
    final class Optionals {

        static final boolean SESSIONS =
                isPresent("org.springframework.orm.jpa.EntityManagerHolder") && isPresent("org.hibernate.Session");

        private Optionals() {}

        private static boolean isPresent(String type) {
            return ClassUtils.isPresent(type, BoundResource.class.getClassLoader());
        }
    }
}
