package dev.argondb;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions and connections that a thread opens are bound to, where nothing else says so: the ref of the innermost scope
 * around them. What is open already keeps its ref.
 *
 * <pre>{@code
 * BranchScope.run("feature", () -> service.repriceEverything());
 * try (BranchScope scope = BranchScope.enter("main@1234")) {
 *     report.print();
 * }
 * }</pre>
 *
 * <p>A scope goes around a transaction: {@linkplain BranchScopeListener whoever binds transactions to threads} refuses another
 * ref inside an open one.
 *
 * <p>Thread-bound, not inherited by new threads; confined to the thread that entered it.
 */
public final class BranchScope implements AutoCloseable {

    private static final ThreadLocal<@Nullable BranchScope> CURRENT = new ThreadLocal<>();

    private final @Nullable BranchScope outer;
    private final Ref ref;
    private final Deque<Runnable> leaving;
    private boolean isClosed;

    private BranchScope(@Nullable BranchScope outer, Ref ref, Deque<Runnable> leaving) {
        this.outer = outer;
        this.ref = ref;
        this.leaving = leaving;
    }

    /**
     * Enters a scope, to be closed in the same thread.
     *
     * @throws InvalidRefException if the text is not a ref
     * @throws InvalidRequestException if a transaction on another ref is open
     */
    public static BranchScope enter(String ref) {
        return enter(Ref.parse(ref));
    }

    /**
     * Enters a scope, to be closed in the same thread.
     *
     * @throws InvalidRequestException if a transaction on another ref is open
     */
    public static BranchScope enter(Ref ref) {
        BranchScope scope = new BranchScope(CURRENT.get(), ref, Listeners.entering(ref));
        CURRENT.set(scope);
        return scope;
    }

    /** Runs work within a scope. */
    public static void run(String ref, Runnable work) {
        BranchScope scope = enter(ref);
        try {
            work.run();
        } finally {
            scope.close();
        }
    }

    /** Runs work within a scope and returns its result. */
    public static <R> R call(String ref, Supplier<R> work) {
        BranchScope scope = enter(ref);
        try {
            return work.get();
        } finally {
            scope.close();
        }
    }

    /** Runs work that throws checked exceptions within a scope, and returns its result. */
    public static <R> R callChecked(String ref, Callable<R> work) throws Exception {
        BranchScope scope = enter(ref);
        try {
            return work.call();
        } finally {
            scope.close();
        }
    }

    /** Returns the ref of this thread's innermost scope, or the head of {@code main}. */
    public static Ref current() {
        return find().orElse(Ref.Head.MAIN);
    }

    /** Returns the ref of this thread's innermost scope; empty outside of all. */
    public static Optional<Ref> find() {
        return Optional.ofNullable(CURRENT.get()).map(BranchScope::ref);
    }

    /** Returns what this scope binds to. */
    public Ref ref() {
        return ref;
    }

    /**
     * Leaves the scope. Idempotent.
     *
     * @throws InvalidRequestException if it is not this thread's innermost scope
     */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        BranchScope innermost = CURRENT.get();
        if (innermost != this) {
            throw new InvalidRequestException("scope of `" + ref + "` is not the innermost of this thread, which is "
                    + (innermost == null ? "in none" : "in that of `" + innermost.ref + "`")
                    + "; close scopes in the thread that entered them, the last one first");
        }
        isClosed = true;
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
        leaving.forEach(Runnable::run);
    }

    @Override
    public String toString() {
        return "scope of `" + ref + "`";
    }

    /** Holds the listeners, found once. */
    private static final class Listeners {

        private static final List<BranchScopeListener> ALL =
                ServiceLoader.load(BranchScopeListener.class, BranchScope.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();

        private Listeners() {}

        /** Tells all listeners, and returns what to run after the scope, the last one first. */
        static Deque<Runnable> entering(Ref ref) {
            Deque<Runnable> leaving = new ArrayDeque<>(ALL.size());
            try {
                ALL.forEach(listener -> leaving.addFirst(listener.entering(ref)));
            } catch (RuntimeException | Error e) {
                leaving.forEach(Runnable::run);
                throw e;
            }
            return leaving;
        }
    }
}
