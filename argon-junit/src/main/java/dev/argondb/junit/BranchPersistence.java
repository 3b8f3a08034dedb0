package dev.argondb.junit;

import dev.argondb.Argon;
import dev.argondb.InvalidRequestException;
import dev.argondb.orm.hibernate.BranchSessionFactory;
import dev.argondb.orm.hibernate.BranchSessions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SessionImplementor;
import org.jspecify.annotations.Nullable;

/**
 * The Hibernate side of a test's branch: a session factory bound to it, and one session for the test. The only class that
 * touches Hibernate; loaded when a test asks for one of {@link #TYPES}.
 *
 * <p>Confined, but for the session factory.
 */
final class BranchPersistence implements AutoCloseable {

    /** Names of the types it provides. */
    static final Set<String> TYPES = Set.of(
            "org.hibernate.SessionFactory",
            "jakarta.persistence.EntityManagerFactory",
            "org.hibernate.Session",
            "jakarta.persistence.EntityManager",
            "dev.argondb.orm.hibernate.BranchSessionFactory",
            "dev.argondb.orm.hibernate.BranchSessions");

    private final BranchSessionFactory factory;
    private final BranchSessions sessions;
    private final SessionFactory bound;
    private @Nullable Session current;

    BranchPersistence(Object factory, String branch) {
        this.factory = (BranchSessionFactory) factory;
        this.sessions = this.factory.branch(branch);
        this.bound = sessions.sessionFactory();
    }

    /** Returns the database of a {@code BranchSessionFactory}. */
    static Argon argon(Object factory) {
        return ((BranchSessionFactory) factory).argon();
    }

    /** Closes a {@code BranchSessionFactory}. */
    static void close(Object factory) {
        ((BranchSessionFactory) factory).close();
    }

    Object provide(Class<?> type) {
        if (type == SessionFactory.class || type == EntityManagerFactory.class) {
            return bound;
        }
        if (type == Session.class || type == EntityManager.class) {
            return Proxy.newProxyInstance(
                    SessionImplementor.class.getClassLoader(),
                    new Class<?>[] {SessionImplementor.class},
                    (proxy, method, arguments) -> call(method, arguments));
        }
        return type == BranchSessions.class ? sessions : factory;
    }

    /** Calls the test's present session, another one after {@link #close}. */
    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(session(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private Session session() {
        Session session = current;
        if (session == null) {
            session = sessions.openSession();
            current = session;
        }
        return session;
    }

    /**
     * Checks that the session is between transactions.
     *
     * @throws InvalidRequestException if it is not
     */
    void requireIdle() {
        if (current != null && isInTransaction(current)) {
            throw new InvalidRequestException("the test's session is inside a transaction; commit or roll back first");
        }
    }

    /** Closes the session, rolling back what it has not committed; its next use opens another one. Idempotent. */
    @Override
    public void close() {
        Session session = current;
        current = null;
        if (session != null && session.isOpen()) {
            if (isInTransaction(session)) {
                session.getTransaction().rollback();
            }
            session.close();
        }
    }

    private static boolean isInTransaction(Session session) {
        return session.isOpen()
                && session.isJoinedToTransaction()
                && session.getTransaction().isActive();
    }
}
