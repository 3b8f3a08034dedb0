package dev.argondb.orm.hibernate;

import dev.argondb.Argon;
import dev.argondb.ArgonException;
import dev.argondb.InvalidRequestException;
import dev.argondb.Ref;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.SharedSessionContract;
import org.hibernate.StaleStateException;
import org.hibernate.TransactionException;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.exception.SnapshotIsolationException;
import org.hibernate.jpa.spi.JpaCompliance;
import org.hibernate.resource.jdbc.spi.JdbcSessionOwner;
import org.hibernate.resource.transaction.spi.IsolationDelegate;
import org.hibernate.resource.transaction.spi.SynchronizationRegistry;
import org.hibernate.resource.transaction.spi.TransactionCoordinator;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorBuilder;
import org.hibernate.resource.transaction.spi.TransactionObserver;
import org.hibernate.resource.transaction.spi.TransactionStatus;
import org.jspecify.annotations.Nullable;

/**
 * A resource-local coordinator that knows what its session is bound to: it refuses to begin on a branch that was reset, gives
 * commits their author and message, and reports a commit's conflict as an optimistic-lock failure. Passes all else on.
 *
 * <p>Confined to its session.
 */
final class ArgonTransactionCoordinator implements TransactionCoordinator {

    /** Another transaction changed what this one read or wrote. */
    private static final String SERIALIZATION_FAILURE = "40001";

    /** What a session is bound to by its tenant identifier. */
    private record Bond(Argon argon, Tenant tenant) {}

    private final ArgonTransactionCoordinatorBuilder builder;
    private final TransactionCoordinator inner;
    private final JdbcSessionOwner owner;
    private final TransactionDriver driver = new Driver();
    private String author = "";
    private String message = "";
    private @Nullable Bond bond;
    private boolean isBondKnown;
    private boolean isPrepared;

    ArgonTransactionCoordinator(
            ArgonTransactionCoordinatorBuilder builder, TransactionCoordinator inner, JdbcSessionOwner owner) {
        this.builder = builder;
        this.inner = inner;
        this.owner = owner;
        inner.addObserver(new CommitNote());
    }

    /** Returns the coordinator of a session, or null under JTA. */
    static @Nullable ArgonTransactionCoordinator find(SharedSessionContractImplementor session) {
        return session.getTransactionCoordinator() instanceof ArgonTransactionCoordinator ours ? ours : null;
    }

    /** Says who makes the commits of a session, and why. */
    static void describe(SharedSessionContract session, String author, String message) {
        if (author.isEmpty() && message.isEmpty()) {
            return;
        }
        ArgonTransactionCoordinator ours = find((SharedSessionContractImplementor) session);
        if (ours == null) {
            throw new InvalidRequestException(
                    "author and message of a commit need Argon's transaction coordinator, and this session factory has another;"
                            + " build it where `ServiceLoader` finds `" + ArgonServiceContributor.class.getName()
                            + "`");
        }
        ours.author = author;
        ours.message = message;
    }

    /** Returns the past moment that the session is on, or null. */
    @Nullable
    Ref pastMoment() {
        Bond bond = bond();
        if (bond != null) {
            return bond.tenant().isPast() ? bond.tenant().ref() : null;
        }
        return owner instanceof SharedSessionContractImplementor session ? SessionWork.pastMoment(session) : null;
    }

    /** Returns what the session's tenant identifier says, or null where it is none of ours; found out once. */
    private @Nullable Bond bond() {
        if (!isBondKnown) {
            ArgonConnectionProvider tenants = builder.tenants();
            if (tenants != null
                    && owner instanceof SharedSessionContractImplementor session
                    && session.getTenantIdentifierValue() instanceof String text) {
                bond = new Bond(tenants.argon(), Tenant.parse(text));
            }
            isBondKnown = true;
        }
        return bond;
    }

    private void prepareToBegin() {
        Bond known = bond();
        if (known == null) {
            return;
        }
        known.tenant().requireCurrent(known.argon());
        if (known.tenant().isPast() && !isPrepared && owner instanceof Session session) {
            SessionWork.readOnlyAndUncached(session);
            isPrepared = true;
        }
    }

    /**
     * A transaction that reads from the second-level cache runs no statement, so its snapshot would be taken by its first write,
     * and a commit between the two would be overwritten unseen.
     */
    private void takeSnapshot() {
        if (owner instanceof SharedSessionContractImplementor session
                && session.getFactory().getSessionFactoryOptions().isSecondLevelCacheEnabled()) {
            SessionWork.begin(session);
        }
    }

    private RuntimeException translated(TransactionException failure) {
        if (!(failure.getCause() instanceof SQLException cause)
                || ArgonException.behind(cause).isEmpty()) {
            return failure;
        }
        String text = String.valueOf(cause.getMessage());
        return SERIALIZATION_FAILURE.equals(cause.getSQLState())
                ? conflict(text, cause)
                : owner.getSqlExceptionHelper().convert(cause, "could not commit");
    }

    /** Spring looks at the cause alone: it knows that of a stale row for a conflict, and not that of snapshots. */
    private static OptimisticLockException conflict(String text, SQLException cause) {
        return new OptimisticLockException(
                text, new StaleStateException(text, new SnapshotIsolationException(text, cause, null)));
    }

    @Override
    public TransactionCoordinatorBuilder getTransactionCoordinatorBuilder() {
        return builder;
    }

    @Override
    public TransactionDriver getTransactionDriverControl() {
        return driver;
    }

    @Override
    public SynchronizationRegistry getLocalSynchronizations() {
        return inner.getLocalSynchronizations();
    }

    @Override
    public JpaCompliance getJpaCompliance() {
        return inner.getJpaCompliance();
    }

    @Override
    public void explicitJoin() {
        inner.explicitJoin();
    }

    @Override
    public boolean isJoined() {
        return inner.isJoined();
    }

    @Override
    public void pulse() {
        inner.pulse();
    }

    @Override
    public boolean isActive() {
        return inner.isActive();
    }

    @Override
    public IsolationDelegate createIsolationDelegate() {
        return inner.createIsolationDelegate();
    }

    @Override
    public void addObserver(TransactionObserver observer) {
        inner.addObserver(observer);
    }

    @Override
    public void removeObserver(TransactionObserver observer) {
        inner.removeObserver(observer);
    }

    @Override
    public void setTimeOut(int seconds) {
        inner.setTimeOut(seconds);
    }

    @Override
    public int getTimeOut() {
        return inner.getTimeOut();
    }

    @Override
    public boolean isTransactionActive() {
        return inner.isTransactionActive();
    }

    @Override
    public void invalidate() {
        inner.invalidate();
    }

    /** Begins and commits as the inner driver does, with checks before and translation after. */
    private final class Driver implements TransactionDriver {

        private TransactionDriver control() {
            return inner.getTransactionDriverControl();
        }

        @Override
        public void begin() {
            prepareToBegin();
            control().begin();
            takeSnapshot();
        }

        @Override
        public void commit() {
            try {
                control().commit();
            } catch (TransactionException e) {
                throw translated(e);
            }
        }

        @Override
        public void rollback() {
            control().rollback();
        }

        @Override
        public TransactionStatus getStatus() {
            return control().getStatus();
        }

        @Override
        public void markRollbackOnly() {
            control().markRollbackOnly();
        }

        @Override
        public boolean isActive() {
            return control().isActive();
        }

        @Override
        public boolean isActiveAndNoMarkedForRollback() {
            return control().isActiveAndNoMarkedForRollback();
        }
    }

    /** Gives the commit its author and message: after the flush, before the connection commits. */
    private final class CommitNote implements TransactionObserver {

        @Override
        public void afterBegin() {
            // Nothing is known before the flush.
        }

        @Override
        public void beforeCompletion() {
            // Hibernate copies all its settings for who asks for those of a session.
            if (owner instanceof SharedSessionContractImplementor session && SessionWork.hasChanges(session)) {
                Map<String, Object> properties =
                        session instanceof Session stateful ? stateful.getProperties() : Map.of();
                SessionWork.describe(
                        session,
                        String.valueOf(properties.getOrDefault(BranchSessionFactory.AUTHOR, author)),
                        String.valueOf(properties.getOrDefault(BranchSessionFactory.MESSAGE, message)));
            }
        }

        @Override
        public void afterCompletion(boolean successful, boolean delayed) {
            // The connection forgets the note with the unit of work.
        }
    }
}
