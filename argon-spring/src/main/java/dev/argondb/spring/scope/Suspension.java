package dev.argondb.spring.scope;

import dev.argondb.InvalidRequestException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What was taken off the thread for a scope, and comes back after it.
 *
 * <p>Without a transaction of its own, a resource is still bound until the transaction of another resource ends, or a method that
 * would join a transaction. The scope is a smaller frame: those bound around it on another ref are suspended, and those bound within
 * are released when it is left. A view that was put aside by a scope which was forgotten until the view's request was over comes
 * back when nobody is left to close it: the scope around does.
 *
 * <p>Confined to its thread.
 */
final class Suspension {

    private final List<TransactionSynchronization> synchronizations;
    private final List<BoundResource> views;
    private final Set<Object> kept;

    private Suspension(List<TransactionSynchronization> synchronizations, List<BoundResource> views, Set<Object> kept) {
        this.synchronizations = synchronizations;
        this.views = views;
        this.kept = kept;
    }

    /** Takes resources that are not in a transaction off the thread, and returns what to run after the scope. */
    static Runnable begin(List<BoundResource> others) {
        List<TransactionSynchronization> suspended = Synchronizations.suspend(others);
        List<BoundResource> views =
                others.stream().filter(BoundResource::isBound).toList();
        views.forEach(view -> TransactionSynchronizationManager.unbindResource(view.key()));
        return new Suspension(suspended, views, holders())::end;
    }

    private static Set<Object> holders() {
        Set<Object> holders = Collections.newSetFromMap(new IdentityHashMap<>());
        BoundResource.ofThread().forEach(resource -> holders.add(resource.holder()));
        return holders;
    }

    private void end() {
        try {
            Synchronizations.complete(withoutTransaction());
            withoutTransaction().forEach(BoundResource::abandon);
        } finally {
            Optional<BoundResource> left = own().stream().findFirst();
            Synchronizations.resume(synchronizations);
            views.forEach(Suspension::bindBack);
            left.ifPresent(Suspension::refuse);
        }
    }

    /** Returns what was bound within and still is. */
    private List<BoundResource> own() {
        return BoundResource.ofThread().stream()
                .filter(resource -> !kept.contains(resource.holder()))
                .toList();
    }

    private List<BoundResource> withoutTransaction() {
        return own().stream().filter(resource -> !resource.isTransactional()).toList();
    }

    private static void bindBack(BoundResource view) {
        if (!TransactionSynchronizationManager.hasResource(view.key())) {
            TransactionSynchronizationManager.bindResource(view.key(), view.holder());
        }
    }

    private static void refuse(BoundResource left) {
        throw new InvalidRequestException("the scope is left, but a transaction on `" + left.ref()
                + "` that was begun within it is still open in this thread; end it in the scope it was begun in");
    }
}
