package dev.argondb;

/**
 * How a branch is made.
 *
 * <p>Immutable.
 *
 * @param privateSequences whether it draws ids from sequences of its own, which go on from the fork point: the same ids
 *     in every run; such a branch cannot be merged
 */
public record BranchOptions(boolean privateSequences) {

    /** An ordinary branch: sequences are shared by all branches, so no two rows ever share an id. */
    public static final BranchOptions DEFAULT = new BranchOptions(false);

    /** A branch for a test: private sequences. */
    public static final BranchOptions PRIVATE_SEQUENCES = new BranchOptions(true);
}
