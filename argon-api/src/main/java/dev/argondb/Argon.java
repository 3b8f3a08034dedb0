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
     * <p>Settings may follow the path of a directory, each as {@code ;key=value}; values may hold {@code %XX} escapes. A setting
     * that is not given is what the system property {@code argon.KEY} says, else as below.
     *
     * <ul>
     *   <li>{@code sync}: {@code strict} (a commit returns when it is on disk), or {@code relaxed} (it returns before its fsync);
     *       {@code strict}.
     *   <li>{@code cache.size}: about how many bytes of the heap decoded pages may take, with {@code k}, {@code m} or {@code g}
     *       for powers of 1024; a quarter of the heap.
     *   <li>{@code retention}: how much history is kept: {@code all}, a duration such as {@code 30d}, {@code 12h} or
     *       {@code PT90M}, or {@code lsn:NUMBER} for the first LSN to keep; {@code all}.
     *   <li>{@code snapshot.entries}: a snapshot is taken after so many entries of the log; 65536.
     *   <li>{@code snapshot.bytes}: a snapshot is taken after so many bytes of log; {@code 16m}, or a 64th of the heap if that is
     *       less.
     *   <li>{@code cold}: the URI of where old parts of the log move to, such as {@code file:/archive}; nowhere.
     * </ul>
     *
     * @param location {@code mem:NAME}, or {@code file:PATH} for a directory, with settings
     * @throws InvalidRequestException if the location is malformed, or the database is open in this process with other settings
     * @throws UnavailableException if another process has the directory open, or it cannot be used
     * @throws CorruptDataException if the files are damaged anywhere but in the torn tail of the log
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

    /**
     * Returns what differs between two states, by collection and key. Costs what differs, not what is there.
     *
     * <p>Documents of a table that is only in one of the states are inserted or deleted ones. Definitions of tables are not
     * compared; they are the documents of the collection {@code argon_schema}, which {@link #diff(Ref, Ref, String)} compares.
     *
     * @throws UnknownRefException if a ref names nothing, or history that was reclaimed
     */
    List<DocumentDiff> diff(Ref from, Ref to);

    /** As {@link #diff(Ref, Ref)}, of refs as text. */
    default List<DocumentDiff> diff(String from, String to) {
        return diff(Ref.parse(from), Ref.parse(to));
    }

    /**
     * Returns what differs between two states in one collection, by key.
     *
     * @throws UnknownRefException if a ref names nothing, or history that was reclaimed
     * @throws InvalidRequestException if there is no such collection in either state
     */
    List<DocumentDiff> diff(Ref from, Ref to, String collection);

    /**
     * Returns the changes of one document on the chain of a ref, newest first; costs one read of the log for each.
     *
     * <p>Of a document that is not there at the ref, its deletion is searched for, commit by commit. One that was deleted and
     * inserted anew begins with that insert; what was before is the history at a ref before it.
     *
     * @param collection the table, such as {@code orders}, or {@code sales.orders} outside the default schema
     * @param documentId the primary key: one value, or a {@link List} of them for a compound key
     * @param limit at most so many
     * @throws UnknownRefException if the ref names nothing, or history that was reclaimed
     * @throws InvalidRequestException if there is no such collection at the ref, or the id does not fit its key
     */
    DocumentHistory history(Ref ref, String collection, Object documentId, int limit);

    /** Returns all changes of one document on the chain of a ref, newest first; see {@link #history(Ref, String, Object, int)}. */
    default DocumentHistory history(Ref ref, String collection, Object documentId) {
        return history(ref, collection, documentId, Integer.MAX_VALUE);
    }

    /** As {@link #history(Ref, String, Object)}, of a ref as text. */
    default DocumentHistory history(String ref, String collection, Object documentId) {
        return history(Ref.parse(ref), collection, documentId);
    }

    /**
     * Plans the merge of a ref into a branch, by values alone; see {@link #planMerge(Ref, String, MergePolicy)}.
     *
     * @throws UnknownRefException if the ref or the branch names nothing
     * @throws UnsupportedException as said there
     */
    default MergePlan planMerge(String source, String target) {
        return planMerge(Ref.parse(source), target, MergePolicy.NONE);
    }

    /**
     * Plans the merge of a ref into a branch.
     *
     * @param source what is merged: usually a branch
     * @param target the branch that is merged into
     * @param policy the roles of columns
     * @throws UnknownRefException if the ref or the branch names nothing, or their common ancestor was reclaimed
     * @throws UnsupportedException if one of them has private sequences, or both sides changed the schema, or one altered a table
     *     whose rows the other one changed
     */
    MergePlan planMerge(Ref source, String target, MergePolicy policy);

    /**
     * Plans to undo one commit of a branch, by values alone; see {@link #planRevert(String, Lsn, Lsn, MergePolicy)}.
     *
     * @throws UnknownRefException if there is no such commit on the branch's chain, or it was reclaimed
     */
    default MergePlan planRevert(String branch, Lsn commit) {
        return planRevert(branch, commit, commit, MergePolicy.NONE);
    }

    /**
     * Plans to undo commits of a branch, on top of what came after them: newer changes of the same fields are conflicts, never
     * overwritten.
     *
     * @param first the oldest commit to undo
     * @param last the newest commit to undo
     * @param policy the roles of columns
     * @throws UnknownRefException if one of them is no commit on the branch's chain, or was reclaimed
     * @throws InvalidRequestException if {@code last} is older than {@code first}
     * @throws UnsupportedException if the schema was changed meanwhile in a way that cannot be undone by itself
     */
    MergePlan planRevert(String branch, Lsn first, Lsn last, MergePolicy policy);

    /**
     * Applies a plan in one commit. The commit of a merge has the source as its second parent, so that merging again takes only
     * what is new.
     *
     * @param author who merges; empty for nobody known
     * @param message why; empty for what the plan says
     * @return the commit; empty where there is nothing to merge
     * @throws ConflictException if the target has moved since the plan was made, with both LSNs; plan again
     * @throws InvalidRequestException if the plan has conflicts that are not resolved, or is of another database
     */
    Optional<Commit> merge(MergePlan plan, String author, String message);

    /** Returns the highest LSN of the log, 0 for an empty one. */
    long lastLsn();

    /**
     * Writes the state of every branch head down as pages, as far as it is not, so that opening the database reads no log before
     * this moment. Commits go on meanwhile. Snapshots are taken by themselves as well; see {@link #open}.
     *
     * @throws UnavailableException if the storage fails; nothing is lost by it
     * @throws UnsupportedException if the database is in memory
     */
    void snapshot();

    /**
     * Gives back the space of history that the setting {@code retention} does not keep and no branch, tag or pin needs. Runs
     * beside everything else, and by itself as well. A read of what was reclaimed throws an {@link UnknownRefException}.
     *
     * @throws UnavailableException if the storage fails; nothing that is kept is lost by it
     * @throws UnsupportedException if the database is in memory
     */
    void retain();

    /**
     * Compresses the parts of the log that are no longer written to, and moves them to the cold tier if there is one. Reads and
     * commits go on meanwhile; it runs by itself as well.
     *
     * @throws UnavailableException if the directory or the cold tier fails; nothing is lost by it
     * @throws UnsupportedException if the database is in memory
     */
    void pack();

    /**
     * Reads everything once, the cold tier included, and returns all that is wrong: damaged bytes, order and chaining of the log,
     * order and structure of trees, indexes beside the rows they are of. Reads and commits go on meanwhile.
     *
     * @throws UnsupportedException if the database is in memory
     */
    List<Finding> verify();

    /**
     * Returns what the files hold, and how far back history goes.
     *
     * @throws UnsupportedException if the database is in memory
     */
    StorageStatus storage();

    /**
     * Keeps the state that a ref stands for, such as {@code main@1234}, from being reclaimed until the pin is closed, or the
     * database.
     *
     * @throws UnknownRefException if the ref names nothing, or history that was reclaimed already
     * @throws UnsupportedException if the database is in memory
     */
    default Pin pin(String ref) {
        return pin(Ref.parse(ref));
    }

    /**
     * Keeps the state that a ref stands for from being reclaimed until the pin is closed, or the database.
     *
     * @throws UnknownRefException if the ref names nothing, or history that was reclaimed already
     * @throws UnsupportedException if the database is in memory
     */
    Pin pin(Ref ref);

    /** Gives this handle back; the last one closes the database. Idempotent. */
    @Override
    void close();
}
