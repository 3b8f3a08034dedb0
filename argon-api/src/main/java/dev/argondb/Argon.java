package dev.argondb;

import java.util.List;
import java.util.Optional;

/**
 * A database under version control: its branches, tags and commits.
 *
 * <p>Thread-safe. One directory is open in one process at a time; every {@link #open} of the same location in one
 * process shares it, and it closes with the last handle or connection. A {@code mem:} database lives on, by name, until
 * {@link #discard} or the end of the process.
 *
 * <p>Every method throws {@link ClosedException} after {@link #close()}.
 */
public interface Argon extends AutoCloseable {

    /** The branch that every database starts with. */
    String MAIN = "main";

    /**
     * Opens a database, creating it where there is none.
     *
     * @param location {@code mem:NAME}, or {@code file:PATH} for a directory; {@code ;sync=relaxed} after the path lets a
     *     commit return before its fsync
     * @throws InvalidRequestException if the location is malformed
     * @throws UnavailableException if another process has the directory open, or it cannot be used
     * @throws CorruptDataException if the log is damaged anywhere but in a torn tail
     */
    static Argon open(String location) {
        return ArgonProvider.load().open(location);
    }

    /** Forgets the {@code mem:} database of this name with all its data; connections to it fail from then on. */
    static void discard(String location) {
        ArgonProvider.load().discard(location);
    }

    /** Returns the location this database was opened with, in canonical form. */
    String location();

    /** Returns the live branches, by name. */
    List<Branch> branches();

    /**
     * Returns the live branch of this name.
     *
     * @throws UnknownRefException if there is none
     */
    Branch branch(String name);

    /** Returns the live branch of this name, if there is one. */
    Optional<Branch> findBranch(String name);

    /**
     * Creates a branch at the state that a ref names: a branch head, an LSN, a time or a tag.
     *
     * @throws InvalidRequestException if the name is taken
     * @throws UnknownRefException if the ref names nothing
     */
    default Branch createBranch(String name, String from) {
        return createBranch(name, Ref.parse(from), BranchOptions.DEFAULT);
    }

    /**
     * Creates a branch at the state that a ref names, with options.
     *
     * @throws InvalidRequestException if the name is taken
     * @throws UnknownRefException if the ref names nothing
     */
    Branch createBranch(String name, Ref from, BranchOptions options);

    /** Renames a branch; units of work bound to it go on. */
    Branch renameBranch(String name, String newName);

    /** Deletes a branch and frees its name; nothing that another branch or tag needs is lost. */
    void deleteBranch(String name);

    /**
     * Moves a branch's head back to the newest commit at or below an LSN on its own chain. The commits above it fall off,
     * and {@code branch@lsn} inside them is an error from then on.
     */
    Branch resetBranch(String name, Lsn to);

    /** Names the commit that a ref stands for. */
    Tag createTag(String name, Ref at);

    /** Forgets a tag. */
    void deleteTag(String name);

    /** Returns the tags, by name. */
    List<Tag> tags();

    /**
     * Returns commits of the chain that a ref ends, newest first, into its parent branches.
     *
     * @param limit at most so many
     */
    List<Commit> commits(Ref ref, int limit);

    /** Returns the entries of the commit that a ref stands for, in LSN order. */
    List<WalEntry> entries(Ref ref);

    /**
     * Returns the commit that a ref stands for; empty for a branch without commits.
     *
     * @throws UnknownRefException if the ref names nothing, or a moment that was discarded
     */
    Optional<Lsn> resolve(Ref ref);

    /** Returns the highest LSN of the log, 0 for an empty one. */
    long lastLsn();

    /** Gives this handle back; the last one closes the database. Idempotent. */
    @Override
    void close();
}
