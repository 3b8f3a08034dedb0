package dev.argondb.spring.scope;

import dev.argondb.BranchScope;
import dev.argondb.BranchScopeListener;
import dev.argondb.InvalidRequestException;
import dev.argondb.Ref;
import java.util.List;

/**
 * Keeps scopes and Spring's thread-bound resources together: refuses another ref inside an open transaction, and takes what is bound
 * without a transaction off the thread while it is in a scope of another ref.
 *
 * <p>Thread-safe.
 */
public final class TransactionScopeListener implements BranchScopeListener {

    @Override
    public Runnable entering(Ref ref) {
        List<BoundResource> others = BoundResource.ofThread().stream()
                .filter(resource -> !resource.isOn(ref))
                .toList();
        refuseTransactions(others, ref);
        return Suspension.begin(others);
    }

    /** What an open transaction is on cannot change; its resources stay. */
    @Override
    public Runnable steppingOutside() {
        return Suspension.begin(BranchScope.find().isEmpty() ? List.of() : withoutTransaction());
    }

    private static List<BoundResource> withoutTransaction() {
        return BoundResource.ofThread().stream()
                .filter(resource -> !resource.isTransactional())
                .toList();
    }

    private static void refuseTransactions(List<BoundResource> others, Ref wanted) {
        others.stream().filter(BoundResource::isTransactional).findFirst().ifPresent(resource -> {
            throw refusal(resource.ref(), wanted);
        });
    }

    private static InvalidRequestException refusal(Ref open, Ref wanted) {
        return new InvalidRequestException(
                "a transaction on `" + open + "` is open in this thread, so no scope of `" + wanted
                        + "` can be entered; enter the scope around the transaction, or give the method with `@ArgonBranch(\""
                        + wanted + "\")` a `@Transactional(propagation = REQUIRES_NEW)`");
    }
}
