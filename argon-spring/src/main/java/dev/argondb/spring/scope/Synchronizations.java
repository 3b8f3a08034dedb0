package dev.argondb.spring.scope;

import java.util.ArrayList;
import java.util.List;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The thread's synchronizations that hold resources of Argon, told from all others by what is unbound when they are suspended.
 * A synchronization that is suspended does not stay registered: a transaction begun meanwhile would suspend it again.
 */
final class Synchronizations {

    private Synchronizations() {}

    /** Suspends those that hold one of these resources, and returns them. */
    static List<TransactionSynchronization> suspend(List<BoundResource> resources) {
        if (resources.isEmpty() || !TransactionSynchronizationManager.isSynchronizationActive()) {
            return List.of();
        }
        List<TransactionSynchronization> others =
                new ArrayList<>(TransactionSynchronizationManager.getSynchronizations());
        List<TransactionSynchronization> suspended = new ArrayList<>();
        others.removeIf(candidate -> holds(candidate, resources) && suspended.add(candidate));
        TransactionSynchronizationManager.clearSynchronization();
        TransactionSynchronizationManager.initSynchronization();
        others.forEach(TransactionSynchronizationManager::registerSynchronization);
        return suspended;
    }

    /** Suspends a synchronization; resumes it if it holds none of these resources. */
    private static boolean holds(TransactionSynchronization candidate, List<BoundResource> resources) {
        long bound = bound(resources);
        candidate.suspend();
        boolean holds = bound(resources) < bound;
        if (!holds) {
            candidate.resume();
        }
        return holds;
    }

    private static long bound(List<BoundResource> resources) {
        return resources.stream().filter(BoundResource::isBound).count();
    }

    static void resume(List<TransactionSynchronization> suspended) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            suspended.forEach(TransactionSynchronization::resume);
            suspended.forEach(TransactionSynchronizationManager::registerSynchronization);
        }
    }

    /** Releases these resources now, not when the transaction or method around ends. How that will end is not known yet. */
    static void complete(List<BoundResource> resources) {
        for (TransactionSynchronization own : suspend(resources)) {
            own.resume();
            own.beforeCompletion();
            own.afterCompletion(TransactionSynchronization.STATUS_UNKNOWN);
        }
    }
}
