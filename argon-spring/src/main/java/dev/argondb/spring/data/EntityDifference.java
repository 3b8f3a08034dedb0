package dev.argondb.spring.data;

import dev.argondb.Operation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one entity differs between two states.
 *
 * <p>Immutable; the entities are detached, and shared with nobody.
 *
 * @param id the identifier of the entity
 * @param operation what makes the one state the other
 * @param before the entity in the first state; empty for an insert
 * @param after the entity in the second state; empty for a deletion
 * @param attributes what differs, by the name of the attribute, in the order of the mapping; of an insert or a deletion what is not null.
 *     The version is left out
 */
public record EntityDifference<T, ID>(
        ID id, Operation operation, Optional<T> before, Optional<T> after, Map<String, Values> attributes) {

    public EntityDifference {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /**
     * An attribute in both states. A reference to an entity is the identifier of that, a collection a list, set or map of such; no
     * value is null.
     *
     * @param before the value in the first state
     * @param after the value in the second state
     */
    public record Values(@Nullable Object before, @Nullable Object after) {}
}
