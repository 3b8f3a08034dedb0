package dev.argondb.orm.jpa;

import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PessimisticLockException;
import java.sql.SQLException;
import java.util.Set;
import org.hibernate.StaleStateException;
import org.hibernate.exception.LockAcquisitionException;

/**
 * The outcome of a transaction that may lose against another one. Databases may lawfully differ in which of two rivals fails
 * and when (one makes the second writer wait, another lets the first committer win), never in that both succeed.
 */
enum Rivalry {
    WON,
    LOST;

    private static final Set<String> STATES = Set.of("40001", "HYT00", "90131");

    /** Runs the work; a failure that is not about a rival transaction is passed on. */
    static Rivalry of(Runnable work) {
        try {
            work.run();
            return WON;
        } catch (RuntimeException e) {
            if (isConcurrencyFailure(e)) {
                return LOST;
            }
            throw e;
        }
    }

    static boolean isConcurrencyFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isNamedSo(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamedSo(Throwable cause) {
        return cause instanceof OptimisticLockException
                || cause instanceof PessimisticLockException
                || cause instanceof LockTimeoutException
                || cause instanceof StaleStateException
                || cause instanceof LockAcquisitionException
                || (cause instanceof SQLException sql && STATES.contains(sql.getSQLState()));
    }
}
