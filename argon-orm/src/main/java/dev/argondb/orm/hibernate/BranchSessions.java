package dev.argondb.orm.hibernate;

import dev.argondb.Argon;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/**
 * Opens sessions on one ref, with the author and message of their commits.
 *
 * <p>On a past moment sessions are read-only: what they load is not dirty-checked, persist, merge, remove and statements that
 * write are refused, and they leave the second-level cache alone.
 *
 * <p>Immutable, thread-safe. A ref that names nothing is found out when a session is opened
 * ({@link dev.argondb.UnknownRefException}).
 */
public final class BranchSessions {

    private final Argon argon;
    private final SessionFactory factory;
    private final Ref ref;
    private final String author;
    private final String message;

    BranchSessions(Argon argon, SessionFactory factory, Ref ref, String author, String message) {
        this.argon = argon;
        this.factory = factory;
        this.ref = ref;
        this.author = author;
        this.message = message;
    }

    /** Returns what the sessions are on. */
    public Ref ref() {
        return ref;
    }

    /** The same branch as it was at an LSN: its newest commit at or below it. */
    public BranchSessions at(Lsn lsn) {
        return on(new Ref.AtLsn(branch(), lsn));
    }

    /** The same branch as it was at a time. */
    public BranchSessions asOf(Instant time) {
        return on(new Ref.AtTime(branch(), time));
    }

    /** Says who makes the commits. */
    public BranchSessions as(String newAuthor) {
        return new BranchSessions(argon, factory, ref, newAuthor, message);
    }

    /** Says why the commits are made. */
    public BranchSessions saying(String newMessage) {
        return new BranchSessions(argon, factory, ref, author, newMessage);
    }

    /** Runs work in a session and transaction of its own; commits, or rolls back on an exception. */
    public void inTransaction(Consumer<? super Session> work) {
        try (Session session = openSession()) {
            session.inTransaction(transaction -> work.accept(session));
        }
    }

    /** As {@link #inTransaction}, with a result. */
    public <R> R fromTransaction(Function<? super Session, R> work) {
        try (Session session = openSession()) {
            return session.fromTransaction(transaction -> work.apply(session));
        }
    }

    /** Runs work in a stateless session and transaction of its own. */
    public void inStatelessTransaction(Consumer<? super StatelessSession> work) {
        try (StatelessSession session = openStatelessSession()) {
            session.inTransaction(transaction -> work.accept(session));
        }
    }

    /** As {@link #inStatelessTransaction}, with a result. */
    public <R> R fromStatelessTransaction(Function<? super StatelessSession, R> work) {
        try (StatelessSession session = openStatelessSession()) {
            return session.fromTransaction(transaction -> work.apply(session));
        }
    }

    /** Opens a session; the caller closes it. */
    public Session openSession() {
        Tenant tenant = Tenant.of(argon, ref);
        Session session = factory.withOptions()
                .tenantIdentifier((Object) tenant.toString())
                .openSession();
        if (tenant.isPast()) {
            SessionWork.readOnlyAndUncached(session);
        }
        ArgonTransactionCoordinator.describe(session, author, message);
        return session;
    }

    /** Opens a stateless session; the caller closes it. */
    public StatelessSession openStatelessSession() {
        Tenant tenant = Tenant.of(argon, ref);
        StatelessSession session = factory.withStatelessOptions()
                .tenantIdentifier((Object) tenant.toString())
                .initialCacheMode(tenant.isPast() ? CacheMode.IGNORE : CacheMode.NORMAL)
                .openStatelessSession();
        ArgonTransactionCoordinator.describe(session, author, message);
        return session;
    }

    /**
     * Returns a session factory all of whose sessions and entity managers are of these: what code that expects a plain
     * {@link SessionFactory} gets to work on a branch, in any thread. Closing it does nothing.
     */
    public SessionFactory sessionFactory() {
        return new BoundSessionFactory(factory.unwrap(SessionFactoryImplementor.class), this);
    }

    /** Returns the tenant identifier that the ref stands for now. */
    String tenant() {
        return Tenant.of(argon, ref).toString();
    }

    private BranchSessions on(Ref moment) {
        return new BranchSessions(argon, factory, moment, author, message);
    }

    private String branch() {
        if (ref instanceof Ref.Head head) {
            return head.branch();
        }
        throw new InvalidRequestException("`" + ref + "` already names a past moment; start from a branch");
    }
}
