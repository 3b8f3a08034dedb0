package dev.argondb.spring.scope;

import dev.argondb.BranchScope;
import dev.argondb.Ref;
import java.util.Optional;
import org.springframework.core.task.TaskDecorator;

/**
 * Runs each task in the scope of the thread that handed it in, outside of all scopes where that was in none. Boot gives it to the
 * executors that its builders make; give it to others with {@code setTaskDecorator}.
 *
 * <p>Thread-safe. After the task the thread is in the scope it was in before, whatever the task left open.
 */
public final class ScopeTaskDecorator implements TaskDecorator {

    @Override
    public Runnable decorate(Runnable task) {
        Optional<Ref> ref = BranchScope.find();
        return () -> {
            BranchScope scope = ref.map(BranchScope::enter).orElseGet(BranchScope::outside);
            try {
                task.run();
            } finally {
                scope.unwind();
            }
        };
    }
}
