package dev.argondb.engine;

import dev.argondb.ArgonListener;
import dev.argondb.ArgonListener.Running;
import dev.argondb.ArgonListener.Work;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Who hears what a database works at. Costs one read where nobody does.
 *
 * <p>Thread-safe.
 */
public final class WorkListeners {

    private static final Logger LOG = Logger.getLogger("dev.argondb");

    private final List<ArgonListener> listeners = new CopyOnWriteArrayList<>();

    /** Lets a listener hear from now on. */
    public void add(ArgonListener listener) {
        listeners.add(listener);
    }

    /** Lets a listener hear no more. */
    public void remove(ArgonListener listener) {
        listeners.remove(listener);
    }

    /** Tells all listeners that work begins; what is returned tells those of its end, the last one first. */
    private Running started(Work work) {
        return listeners.isEmpty() ? Running.UNHEARD : toldOf(work);
    }

    private Running toldOf(Work work) {
        Running all = Running.UNHEARD;
        for (ArgonListener listener : listeners) {
            Running outer = all;
            Running inner = listener.started(work);
            all = (count, failure) -> {
                tell(work, inner, count, failure);
                outer.ended(count, failure);
            };
        }
        return all;
    }

    private static void tell(Work work, Running running, int count, @Nullable Throwable failure) {
        try {
            running.ended(count, failure);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, e, () -> "a listener failed at the end of " + work + ", which is not affected");
        }
    }

    /** Does work that counts nothing, heard by all listeners. */
    public <T> T hear(Work work, Supplier<T> action) {
        return hear(work, action, result -> 0);
    }

    /**
     * Does work, heard by all listeners.
     *
     * @param count what they are told of its result; see {@link Running#ended}
     */
    public <T> T hear(Work work, Supplier<T> action, ToIntFunction<T> count) {
        Running running = started(work);
        T result;
        try {
            result = action.get();
        } catch (RuntimeException | Error e) {
            running.ended(0, e);
            throw e;
        }
        running.ended(count.applyAsInt(result), null);
        return result;
    }

    /** As {@link #hear(Work, Supplier)}, without a result. */
    public void hear(Work work, Runnable action) {
        hear(work, () -> {
            action.run();
            return true;
        });
    }
}
