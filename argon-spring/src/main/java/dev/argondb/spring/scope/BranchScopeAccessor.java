package dev.argondb.spring.scope;

import dev.argondb.BranchScope;
import dev.argondb.Ref;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Carries the ref of a {@link BranchScope} to other threads, for Micrometer's context propagation: whatever takes a snapshot of the
 * context (executors, Reactor) and sets it elsewhere enters a scope there.
 *
 * <p>Thread-safe.
 */
public final class BranchScopeAccessor implements ThreadLocalAccessor<Ref> {

    /** The key in snapshots and in Reactor's context; its value is a {@link Ref}. */
    public static final String KEY = "dev.argondb.ref";

    /** The scopes that were entered here and wait to be left; each set is followed by a restore. */
    private static final ThreadLocal<@Nullable Deque<BranchScope>> ENTERED = new ThreadLocal<>();

    @Override
    public Object key() {
        return KEY;
    }

    @Override
    @SuppressWarnings("NullAway") // the contract: null for nothing to carry
    public @Nullable Ref getValue() {
        return BranchScope.find().orElse(null);
    }

    @Override
    public void setValue(Ref ref) {
        push(BranchScope.enter(ref));
    }

    @Override
    public void setValue() {
        push(BranchScope.outside());
    }

    @Override
    public void restore(Ref previous) {
        restore();
    }

    @Override
    public void restore() {
        Deque<BranchScope> entered = ENTERED.get();
        if (entered != null) {
            BranchScope last = entered.pop();
            if (entered.isEmpty()) {
                ENTERED.remove();
            }
            last.unwind();
        }
    }

    private static void push(BranchScope scope) {
        Deque<BranchScope> entered = ENTERED.get();
        if (entered == null) {
            entered = new ArrayDeque<>();
            ENTERED.set(entered);
        }
        entered.push(scope);
    }
}
