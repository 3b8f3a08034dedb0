package dev.argondb.orm.hibernate;

import dev.argondb.Argon;
import dev.argondb.Ref;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What sessions opened by this thread are bound to, where nothing else says so: {@code main}, or the ref of the innermost
 * {@link #run} around them. A session keeps the ref it was opened with.
 *
 * <pre>{@code BranchScope.run("feature", () -> service.repriceEverything());}</pre>
 *
 * <p>Thread-bound, not inherited by new threads.
 */
public final class BranchScope {

    private static final Ref DEFAULT = new Ref.Head(Argon.MAIN);
    private static final ThreadLocal<@Nullable Ref> CURRENT = new ThreadLocal<>();

    private BranchScope() {}

    /** Runs work within a scope. */
    public static void run(String ref, Runnable work) {
        call(ref, () -> {
            work.run();
            return true;
        });
    }

    /**
     * Runs work within a scope and returns its result.
     *
     * @throws dev.argondb.InvalidRefException if the text is not a ref
     */
    public static <R> R call(String ref, Supplier<R> work) {
        Ref outer = CURRENT.get();
        CURRENT.set(Ref.parse(ref));
        try {
            return work.get();
        } finally {
            restore(outer);
        }
    }

    /** Returns the ref of the innermost scope, or {@code main}. */
    public static Ref current() {
        Ref ref = CURRENT.get();
        return ref == null ? DEFAULT : ref;
    }

    private static void restore(@Nullable Ref outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
