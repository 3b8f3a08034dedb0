package dev.argondb.spring.data;

import dev.argondb.Lsn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a repository gains on Argon: the same repository on another branch or at a past moment, the history of its entities, and the
 * way back.
 *
 * <pre>{@code
 * interface Products extends JpaRepository<Product, Long>, ArgonRepository<Product, Long> {}
 *
 * Products sale = products.onBranch("sale");
 * List<Product> before = products.asOf(yesterday).findAll();
 * products.history(id).forEach(change -> ...);
 * }</pre>
 *
 * <p>Needs no base class and no factory bean of its own, so it goes with those of others. Where the persistence unit of the entity is
 * not Argon's, every method throws an {@link dev.argondb.UnsupportedException}.
 *
 * <p>All methods work on the ref that the {@link dev.argondb.BranchScope} or the open transaction is on, and see what is committed.
 * Entities they return are detached: their own attributes and collections and the entities these name are there, what those name in turn
 * is not. A past moment is read with the mapping of today, so its tables must have the columns of it.
 *
 * <p>Thread-safe.
 *
 * @param <T> the entity
 * @param <ID> its identifier
 */
public interface ArgonRepository<T, ID> {

    /**
     * Returns this repository on what a ref names: every call of it runs within a {@link dev.argondb.BranchScope}.
     *
     * <p>The variable it is assigned to says its type; override the method with the repository as its result to go on with the call at
     * once. Aspects around the repository bean do not see the calls.
     *
     * @param ref a branch, or a past moment such as {@code main@1234} or {@code tag:v1}
     * @throws dev.argondb.InvalidRefException if the text is not a ref
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller knows its repository
    <R extends ArgonRepository<T, ID>> R onBranch(String ref);

    /** Returns this repository as its branch was at an LSN; see {@link #onBranch}. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller knows its repository
    <R extends ArgonRepository<T, ID>> R at(Lsn lsn);

    /** Returns this repository as its branch was at a time; see {@link #onBranch}. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller knows its repository
    <R extends ArgonRepository<T, ID>> R asOf(Instant time);

    /**
     * Returns an entity as it was at an LSN.
     *
     * @throws dev.argondb.UnknownRefException if there was nothing yet, or that history was discarded or reclaimed
     */
    Optional<T> findAt(ID id, Lsn lsn);

    /**
     * Returns an entity as it was at a time.
     *
     * @throws dev.argondb.UnknownRefException if there was nothing yet, or that history was discarded or reclaimed
     */
    Optional<T> findAsOf(ID id, Instant time);

    /**
     * Returns what commits did to an entity since it was inserted, newest first; also to one that is deleted by now. An entity that was
     * deleted and inserted again begins with that: what was before is its history {@linkplain #at at} an LSN before it.
     *
     * <p>Of an entity without collections of its own it costs one read of the log for each change; else one for each commit since it
     * was inserted.
     */
    EntityHistory<T, ID> history(ID id);

    /** Returns what the commits from one LSN to another, both included, did to entities of this type, newest first. */
    List<EntityChange<T, ID>> changesIn(Lsn first, Lsn last);

    /** Returns what the commits from one time to another, both included, did to entities of this type, newest first. */
    List<EntityChange<T, ID>> changesIn(Instant first, Instant last);

    /**
     * Returns the entities of this type that differ between two states, whatever happened in between.
     *
     * @throws dev.argondb.UnknownRefException if a ref names nothing
     */
    List<EntityDifference<T, ID>> diff(String fromRef, String toRef);

    /**
     * Gives an entity the state that it had at an LSN, as a change of the branch that is worked on; see {@link #revert(Object, String)}.
     */
    @Transactional
    Optional<T> revert(ID id, Lsn lsn);

    /**
     * Gives an entity the state that it has on a ref, as a change of the branch that is worked on: in a commit of its own, or in the
     * transaction that is open.
     *
     * <p>Its attributes, its references and the rows of its own collections become what they were; its version moves on, and auditing
     * notes who did it. Entities that it names keep their state, and so do attributes that are not {@code updatable}. A deleted entity
     * is inserted again under its identifier, one that was not there is removed. Nothing is removed or inserted beside it but what
     * its mapping cascades.
     *
     * @return the entity, managed while the transaction is open; empty where it was not there
     * @throws org.springframework.dao.DataIntegrityViolationException if a key of today is violated by it, such as a reference to what
     *     is gone
     * @throws org.springframework.dao.OptimisticLockingFailureException if it was changed meanwhile; call it again
     * @throws dev.argondb.UnknownRefException if the ref names nothing
     */
    @Transactional
    Optional<T> revert(ID id, String ref);
}
