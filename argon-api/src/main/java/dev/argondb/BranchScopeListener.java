package dev.argondb;

import java.util.ServiceLoader;

/**
 * Hears of every scope that a thread enters, before it does: for whoever binds transactions and sessions to threads. Found by
 * {@link ServiceLoader}, once, with the class loader of {@link BranchScope}.
 *
 * <p>Thread-safe.
 */
public interface BranchScopeListener {

    /**
     * A thread is about to enter a scope.
     *
     * @return what to run when it has left it
     * @throws InvalidRequestException to refuse it
     */
    Runnable entering(Ref ref);

    /**
     * A thread is about to step outside of all its scopes.
     *
     * @return what to run when it is back
     */
    default Runnable steppingOutside() {
        return () -> {};
    }
}
