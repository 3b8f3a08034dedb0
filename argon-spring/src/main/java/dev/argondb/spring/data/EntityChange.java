package dev.argondb.spring.data;

import dev.argondb.Commit;
import dev.argondb.Lsn;
import dev.argondb.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one commit did to one entity.
 *
 * <p>Immutable, thread-safe. The entity itself is read when it is asked for.
 */
public final class EntityChange<T, ID> {

    private final ID id;
    private final Operation operation;
    private final Commit commit;
    private final List<String> attributes;
    private final Function<Lsn, Optional<T>> states;

    EntityChange(
            ID id, Operation operation, Commit commit, List<String> attributes, Function<Lsn, Optional<T>> states) {
        this.id = id;
        this.operation = operation;
        this.commit = commit;
        this.attributes = List.copyOf(attributes);
        this.states = states;
    }

    /** Returns the identifier of the entity. */
    public ID id() {
        return id;
    }

    /** Returns what happened to it; a change of its collections is an update. */
    public Operation operation() {
        return operation;
    }

    /** Returns the commit. */
    public Commit commit() {
        return commit;
    }

    /** Returns the LSN of the commit. */
    public Lsn lsn() {
        return commit.lsn();
    }

    /** Returns when it was committed. */
    public Instant time() {
        return commit.time();
    }

    /** Returns who made it; empty where nobody said. */
    public String author() {
        return commit.author();
    }

    /** Returns why; empty where nobody said. */
    public String message() {
        return commit.message();
    }

    /**
     * Returns the attributes that changed: of an insert those that are not null, of a deletion none. Those of an embedded object
     * are named with a dot, as in {@code address.city}. The version is left out: it moves with each change.
     */
    public List<String> attributes() {
        return attributes;
    }

    /** Returns the entity as this commit left it; empty for a deletion. */
    public Optional<T> entity() {
        return states.apply(commit.lsn());
    }

    /** Returns the entity as it was before; empty for an insert. */
    public Optional<T> before() {
        return commit.parent().flatMap(states);
    }

    @Override
    public String toString() {
        return operation + " " + id + " " + attributes + " at " + commit.lsn();
    }
}
