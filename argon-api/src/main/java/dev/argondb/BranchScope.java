package dev.argondb;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;
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
 * <p>Thread-bound, not inherited by new threads; confined to the thread that entered it. Whoever carries scopes to other threads
 * enters one there, or goes {@link #outside()}, and {@linkplain #unwind unwinds} it.
 */
public final class BranchScope implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger("dev.argondb");
    private static final ThreadLocal<@Nullable BranchScope> CURRENT = new ThreadLocal<>();

    private final @Nullable BranchScope outer;
    private final @Nullable Ref ref;
    private final Deque<Runnable> leaving;
    private boolean isClosed;

    private BranchScope(@Nullable BranchScope outer, @Nullable Ref ref, Deque<Runnable> leaving) {
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
        return entered(ref, Listeners.entering(ref));
    }

    /**
     * Enters a scope of a branch as it was at an LSN, which is read-only.
     *
     * @throws InvalidRequestException if a transaction on another ref is open
     */
    public static BranchScope at(String branch, Lsn lsn) {
        return enter(new Ref.AtLsn(branch, lsn));
    }

    /**
     * Enters a scope of a branch as it was at a time, which is read-only.
     *
     * @throws InvalidRequestException if a transaction on another ref is open
     */
    public static BranchScope asOf(String branch, Instant time) {
        return enter(new Ref.AtTime(branch, time));
    }

    /**
     * Steps outside of all scopes of this thread, until the returned one is closed. A transaction that is open keeps its ref: what
     * joins it works there.
     */
    public static BranchScope outside() {
        return entered(null, Listeners.steppingOutside());
    }

    private static BranchScope entered(@Nullable Ref ref, Deque<Runnable> leaving) {
        BranchScope scope = new BranchScope(CURRENT.get(), ref, leaving);
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
        return find().orElse(Ref.MAIN);
    }

    /** Returns the ref of this thread's innermost scope; empty outside of all. */
    public static Optional<Ref> find() {
        BranchScope innermost = CURRENT.get();
        return innermost == null ? Optional.empty() : innermost.ref();
    }

    /** Returns what this scope binds to; empty if it is {@link #outside()} of all. */
    public Optional<Ref> ref() {
        return Optional.ofNullable(ref);
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
            throw new InvalidRequestException(this + " is not the innermost of this thread, which is "
                    + (innermost == null ? "in none" : "in the " + innermost)
                    + "; close scopes in the thread that entered them, the last one first");
        }
        leave();
    }

    /**
     * Leaves the scope, and first all that were entered within it and forgotten, with a warning in the log. For whoever runs code of
     * others within a scope. Idempotent.
     *
     * @throws InvalidRequestException if this thread is not within it
     */
    public void unwind() {
        if (!isClosed) {
            List<Runnable> steps = new ArrayList<>();
            forgotten().forEach(scope -> steps.add(scope::leave));
            steps.add(this::leave);
            runAll(steps);
        }
    }

    /** Returns the scopes within this one, the innermost first. */
    private List<BranchScope> forgotten() {
        List<BranchScope> within = new ArrayList<>();
        for (BranchScope scope = CURRENT.get(); scope != this; scope = scope.outer) {
            if (scope == null) {
                throw new InvalidRequestException(
                        "this thread is not within the " + this + "; unwind a scope in the thread that entered it");
            }
            within.add(scope);
        }
        within.forEach(scope -> LOG.warning("the " + scope + " was entered within the " + this
                + " and not left; close scopes, best in a try-with-resources statement"));
        return within;
    }

    private void leave() {
        isClosed = true;
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
        runAll(leaving);
    }

    /** Runs all, also after one of them failed; throws the first failure, with the others attached. */
    private static void runAll(Iterable<Runnable> steps) {
        Throwable failure = null;
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                failure = failure == null ? e : suppressing(failure, e);
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    private static Throwable suppressing(Throwable first, Throwable other) {
        first.addSuppressed(other);
        return first;
    }

    @Override
    public String toString() {
        return ref == null ? "step outside of all scopes" : "scope of `" + ref + "`";
    }

    /** Holds the listeners, found once. */
    private static final class Listeners {

        private static final List<BranchScopeListener> ALL =
                ServiceLoader.load(BranchScopeListener.class, BranchScope.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();

        private Listeners() {}

        static Deque<Runnable> entering(Ref ref) {
            return tell(listener -> listener.entering(ref));
        }

        static Deque<Runnable> steppingOutside() {
            return tell(BranchScopeListener::steppingOutside);
        }

        /** Tells all listeners, and returns what to run after the scope, the last one first. */
        private static Deque<Runnable> tell(Function<BranchScopeListener, Runnable> event) {
            Deque<Runnable> leaving = new ArrayDeque<>(ALL.size());
            try {
                ALL.forEach(listener -> leaving.addFirst(event.apply(listener)));
            } catch (RuntimeException | Error e) {
                runAll(leaving);
                throw e;
            }
            return leaving;
        }
    }
}
