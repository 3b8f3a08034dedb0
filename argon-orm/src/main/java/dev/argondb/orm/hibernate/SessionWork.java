package dev.argondb.orm.hibernate;

import dev.argondb.Ref;
import dev.argondb.engine.work.UnitOfWork;
import dev.argondb.orm.jdbc.ArgonConnection;
import jakarta.persistence.CacheRetrieveMode;
import jakarta.persistence.CacheStoreMode;
import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.event.spi.EventSource;
import org.hibernate.resource.jdbc.spi.LogicalConnectionImplementor;
import org.jspecify.annotations.Nullable;

/** The way from a session to the unit of work of its connection; leads nowhere where the connection is not Argon's. */
final class SessionWork {

    private SessionWork() {}

    /** Returns the unit of work of the session's running transaction, or null: not Argon's, not connected, or in autocommit. */
    static @Nullable UnitOfWork find(SharedSessionContractImplementor session) {
        try {
            ArgonConnection connection = connection(session);
            return connection == null || connection.getAutoCommit() ? null : connection.joinUnitOfWork();
        } catch (SQLException e) {
            throw session.getJdbcServices().getSqlExceptionHelper().convert(e, "could not reach the unit of work");
        }
    }

    /** Returns whether the session's running transaction has changed anything, as far as it was flushed. */
    static boolean hasChanges(SharedSessionContractImplementor session) {
        try {
            ArgonConnection connection = connection(session);
            return connection != null
                    && connection.unitOfWork().filter(UnitOfWork::hasChanges).isPresent();
        } catch (SQLException e) {
            throw session.getJdbcServices().getSqlExceptionHelper().convert(e, "could not reach the unit of work");
        }
    }

    /** Makes a session fit for a past moment: nothing is dirty-checked, and the second-level cache is left alone. */
    static void readOnlyAndUncached(Session session) {
        session.setDefaultReadOnly(true);
        session.setCacheMode(CacheMode.IGNORE);
        // JPA's find goes by these, whatever the cache mode
        session.setProperty("jakarta.persistence.cache.retrieveMode", CacheRetrieveMode.BYPASS);
        session.setProperty("jakarta.persistence.cache.storeMode", CacheStoreMode.BYPASS);
    }

    /** Takes the snapshot of a transaction that begins, so that what it finds in a cache is no newer than that. */
    static void begin(SharedSessionContractImplementor session) {
        find(session);
    }

    /** Returns the past moment that the session's connection is on, or null. */
    static @Nullable Ref pastMoment(SharedSessionContractImplementor session) {
        try {
            ArgonConnection connection = connection(session);
            return connection != null && connection.ref().isPast() ? connection.ref() : null;
        } catch (SQLException e) {
            throw session.getJdbcServices().getSqlExceptionHelper().convert(e, "could not reach the connection");
        }
    }

    /** Says who makes the transaction's commit and why; empty text leaves what the connection has. */
    static void describe(SharedSessionContractImplementor session, String author, String message) {
        if (author.isEmpty() && message.isEmpty()) {
            return;
        }
        try {
            ArgonConnection connection = connection(session);
            if (connection != null) {
                connection.describeCommit(author, message);
            }
        } catch (SQLException e) {
            throw session.getJdbcServices().getSqlExceptionHelper().convert(e, "could not describe the commit");
        }
    }

    /** Returns the session of a collection's event, or null: a stateless session makes events without one. */
    static @Nullable EventSource session(AbstractCollectionEvent event) {
        try {
            return event.getSession();
        } catch (NullPointerException e) {
            return null; // Hibernate 7.4 has no other way to ask
        }
    }

    private static @Nullable ArgonConnection connection(SharedSessionContractImplementor session) throws SQLException {
        LogicalConnectionImplementor logical = session.getJdbcCoordinator().getLogicalConnection();
        if (!logical.isOpen() || !logical.isPhysicallyConnected()) {
            return null;
        }
        Connection physical = logical.getPhysicalConnection();
        if (physical instanceof ArgonConnection argon) {
            return argon;
        }
        return physical.isWrapperFor(ArgonConnection.class) ? physical.unwrap(ArgonConnection.class) : null;
    }
}
