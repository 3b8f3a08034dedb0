package dev.argondb.engine;

/**
 * Allocates the steps of sequences. A step counts from 0; the layer above turns it into a value.
 *
 * <p>Steps are allocated over the whole database, so that rows born on two branches never share an id, unless the branch was
 * made with private sequences. They survive restarts: none is given out twice, some may be skipped after a crash.
 *
 * <p>Thread-safe.
 */
public interface Sequences {

    /** Gives out the next step. */
    long next(long branchId, int sequenceId);

    /** Returns the step that would be given out next. */
    long peek(long branchId, int sequenceId);

    /** Sets the step to give out next; for all branches, unless this one has private sequences. */
    void restart(long branchId, int sequenceId, long nextStep);
}
