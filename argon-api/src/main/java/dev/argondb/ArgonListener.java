package dev.argondb;

import org.jspecify.annotations.Nullable;

/**
 * Hears what a database works at: for meters and traces; see {@link Argon#listen}.
 *
 * <p>Thread-safe; called in the thread that works, so quick. What it throws when work begins is what the work fails with. What it throws
 * at the end is logged (logger {@code dev.argondb}) and goes no further: the work is done, and its caller is told so.
 */
@FunctionalInterface
public interface ArgonListener {

    /** What is worked at. */
    enum Work {
        /** A transaction that changed something commits: until it is durable and visible, or refused. */
        COMMIT,
        /** A state of the past, or a head after opening, is built by replay. */
        MATERIALIZE,
        /** A branch is moved back. */
        RESET,
        /** A merge or a revert is planned. */
        PLAN,
        /** Pages of branch heads, and a checkpoint, are written. */
        SNAPSHOT,
        /** History that nothing keeps is given back. */
        RETAIN
    }

    /** Work that has begun. */
    @FunctionalInterface
    interface Running {

        /** Ends with nothing to say. */
        Running UNHEARD = (count, failure) -> {};

        /**
         * The work is over.
         *
         * @param count how many entries of the log were committed or replayed, or how many conflicts a plan has; 0 for other work
         * @param failure what it failed with, null if it did not
         */
        void ended(int count, @Nullable Throwable failure);
    }

    /** Work begins; what is returned is told of its end, in the same thread. */
    Running started(Work work);
}
